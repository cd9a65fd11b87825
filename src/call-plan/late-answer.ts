import type { EndedBy } from './call-state.js';
import { queueVisitOf } from './current-action.js';
import { onCallerGone } from './ending.js';
import type { PlanCall, PlanState } from './state.js';

/** How long after the hang-up Asterisk may report earlier queue events. */
const LATE_ANSWER_MS = 2000;

/**
 * Ends the call, or waits while a handset rings in the queue: a hang-up reported by ARI can arrive before AMI has
reported the answer that preceded it. If AMI reports both, they arrive in order.
 *
 * @param data more for the timeline
 */
export function endAfterQueueEvents(call: PlanCall, by: EndedBy, data: Record<string, unknown>): void {
  const { state, at } = call;
  if (state.pendingEnd !== undefined) return;
  if (state.phase === 'running' && state.pendingRedirect === null && mayBeAnswered(state))
    state.pendingEnd = { by, data, deadline: at + LATE_ANSWER_MS };
  else onCallerGone(call, by, data);
}

/** Ends a call whose caller is gone, once the queue has reported an answer or that no handset rings any more. */
export function endIfDecided(call: PlanCall): void {
  const { pendingEnd } = call.state;
  if (pendingEnd === undefined || (mayBeAnswered(call.state) && call.at < pendingEnd.deadline)) return;
  onCallerGone(call, pendingEnd.by, pendingEnd.data);
}

function mayBeAnswered(state: PlanState): boolean {
  const visit = queueVisitOf(state);
  return visit?.answered !== true && (visit?.ringing ?? []).length > 0;
}
