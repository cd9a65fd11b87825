import type { FieldProblem, Problem } from '../../http/problem.js';
import { refusalProblem } from '../../http/refusal.js';
import type { BridgeRefusal } from '../../masked-bridges/port.js';
import type { NotificationRefusal } from '../../notifications/port.js';

/** The response to the dispatch when a feature refuses. @param also more invalid fields */
export function dispatchProblem(
  { why, field = 'body', detail }: BridgeRefusal | NotificationRefusal,
  ...also: FieldProblem[]
): Problem {
  return refusalProblem(why, detail, [{ field, detail }, ...also]);
}
