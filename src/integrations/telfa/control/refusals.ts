import type { ControlAnswer, ControlRefusal, ControlRefused } from '../../../telephony/control.js';
import { invalid } from '../../../http/problem.js';
import { refusalProblem, tabledProblem, type RefusalTable } from '../../../http/refusal.js';
import { AsteriskError } from '../../../asterisk/port.js';
import { OperatorRefused } from '../../../agents/operators.js';
import type { Context } from './ports.js';
import { DONE, type Reply } from './reply.js';

/** The response to each refusal, and the API's field that it names. */
const PROBLEMS: RefusalTable<ControlRefusal> = {
  unknown_call: ['not_found'],
  unknown_prompt: ['bad_request', 'recording_id'],
  unknown_part: ['bad_request', 'recipe_id'],
  unknown_target: ['bad_request', 'call'],
  bad_number: ['bad_request', 'number'],
  refused: ['bad_request', 'number'],
  not_now: ['conflict'],
  unavailable: ['unavailable'],
};

export function done(answer: ControlAnswer): Reply {
  if (!answer.ok) throw tabledProblem(PROBLEMS, answer);
  return DONE;
}

export async function begun(
  answer: { ok: true; callId: string } | ControlRefused,
  { ports }: Pick<Context, 'ports'>,
): Promise<Reply> {
  if (!answer.ok) throw tabledProblem(PROBLEMS, answer);
  const { callId } = answer;
  const numbers = await ports.numbers.of([callId]);
  return { item: 'call', fields: { id: numbers.get(callId) ?? callId, call_id: callId } };
}

/** Translates errors of agent login into those of this API. */
export async function withLoginProblems(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'unavailable')
      throw refusalProblem('unavailable', 'Asterisk is unreachable; try again');
    if (error instanceof OperatorRefused) throw invalid([{ field: 'group_id', detail: error.message }]);
    throw error;
  }
}
