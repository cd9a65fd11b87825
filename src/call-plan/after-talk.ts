import { currentAction, queueVisitOf } from './current-action.js';
import type { PlanCall, PlanState } from './state.js';

/*
 * A transfer out of a queue's talk leaves the plan. The actions that the plan has after that talk (`answered` of `enqueue`) run when the
 * last talk of the outside party has ended.
 */

/** Keeps the place of those actions. Must come before the call leaves the queue's action. */
export function keepAfterTalk(call: PlanCall): void {
  const { state } = call;
  const action = currentAction(call);
  if (action === undefined || !('enqueue' in action) || action.enqueue.answered === undefined) return;
  if (queueVisitOf(state)?.answered !== true) return;
  const { callStack, overridePlan } = state;
  state.afterTalk = { callStack, overridePlan };
}

/** Returns to the queue's action. @returns false when the plan has no actions after its talk */
export function returnAfterTalk(state: PlanState): boolean {
  const { afterTalk } = state;
  if (afterTalk === undefined || state.rejected) return false;
  Object.assign(state, { ...afterTalk, afterTalk: undefined, typedAhead: '', overflowAt: null });
  return true;
}
