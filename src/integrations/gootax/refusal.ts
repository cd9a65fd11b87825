import type { BridgeRefusal } from '../../masked-bridges/port.js';
import { invalid, Problem, type FieldProblem } from '../../http/problem.js';
import type { NotificationRefusal } from '../../notifications/port.js';

/** How a refusal is told to the dispatch. @param also said besides */
export function refusalProblem(
  { why, field, detail }: BridgeRefusal | NotificationRefusal,
  ...also: FieldProblem[]
): Problem {
  const errors = [{ field: field ?? 'body', detail }, ...also];
  switch (why) {
    case 'bad_request':
      return invalid(errors);
    case 'conflict':
      return new Problem(409, 'Conflict', detail, { errors });
    case 'refused':
      return new Problem(403, 'Forbidden', detail, { errors });
    case 'unavailable':
      return new Problem(503, 'Unavailable', detail, { errors, headers: { 'retry-after': '2' } });
  }
}
