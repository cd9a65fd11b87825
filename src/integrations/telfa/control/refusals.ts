import type { ControlAnswer, ControlRefusal, Refused } from '../../../calls/control.js';
import { conflict, invalid, notFound, Problem } from '../../../http/problem.js';
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

export function begun(answer: { ok: true; callId: string } | Refused): Reply {
  if (!answer.ok) throw refusal(answer);
  return { item: 'call', fields: { id: answer.callId } };
}

function refusal({ why, detail }: Refused): Problem {
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
