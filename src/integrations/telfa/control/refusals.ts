import type { ControlAnswer, ControlRefusal, ControlRefused } from '../../../telephony/control.js';
import { conflict, invalid, notFound, Problem } from '../../../http/problem.js';
import { AsteriskError } from '../../../asterisk/port.js';
import { OperatorRefused } from '../../../agents/operators.js';
import type { Context } from './ports.js';
import { DONE, type Reply } from './reply.js';

/** Which field a refusal speaks of, in this API's words. */
const FIELD: Partial<Record<ControlRefusal, string>> = {
  unknown_prompt: 'recording_id',
  unknown_part: 'recipe_id',
  bad_number: 'number',
  refused: 'number',
};

export function done(answer: ControlAnswer): Reply {
  if (!answer.ok) throw refusal(answer);
  return DONE;
}

export async function begun(
  answer: { ok: true; callId: string } | ControlRefused,
  { ports }: Pick<Context, 'ports'>,
): Promise<Reply> {
  if (!answer.ok) throw refusal(answer);
  const { callId } = answer;
  const numbers = await ports.numbers.of([callId]);
  return { item: 'call', fields: { id: numbers.get(callId) ?? callId, call_id: callId } };
}

function refusal({ why, detail }: ControlRefused): Problem {
  switch (why) {
    case 'unknown_call':
      return notFound(detail);
    case 'not_now':
      return conflict(detail);
    case 'unavailable':
      return new Problem(503, 'Unavailable', detail, { headers: { 'retry-after': '2' } });
    case 'unknown_target':
      return invalid([{ field: 'call', detail }]);
    case 'unknown_prompt':
    case 'unknown_part':
    case 'bad_number':
    case 'refused':
      return invalid([{ field: FIELD[why] ?? 'call', detail }]);
  }
}

/** What is wrong with logging in and out of queues, in this API's words. */
export async function atDesk(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'unavailable')
      throw new Problem(503, 'Unavailable', 'Asterisk is out of reach; try again', { headers: { 'retry-after': '2' } });
    if (error instanceof OperatorRefused) throw invalid([{ field: 'group_id', detail: error.message }]);
    throw error;
  }
}
