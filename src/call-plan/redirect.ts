import type { Action } from '../company/plan-schema.js';
import { queueVisitOf, stopAction } from './current-action.js';
import { hangUp } from './ending.js';
import { abandonTransfer } from './handset-transfer/resources.js';
import { redirect } from './interpreter.js';
import type { PlanCall } from './state.js';

/** How long Asterisk may take to return a caller from a queue. */
export const WITHDRAW_TIMEOUT_MS = 10_000;

/** Runs `actions` in place of the plan: at once, or as soon as Asterisk has returned the caller from a queue. */
export function redirectTo(call: PlanCall, actions: Action[]): void {
  const { state, at } = call;
  const visit = queueVisitOf(state);
  if (visit === undefined) {
    stopAction(call);
    redirect(call, actions);
    return;
  }
  const { visitId, queue } = visit;
  if (state.pendingRedirect === null) call.request({ type: 'withdraw', channelId: state.channelId, visitId, queue });
  state.pendingRedirect = { actions, by: at + WITHDRAW_TIMEOUT_MS };
}

/** Gives the redirect up: Asterisk has not returned the caller. A rejected caller is hung up. */
export function onWithdrawTimeout(call: PlanCall): void {
  const { state } = call;
  state.pendingRedirect = null;
  state.afterTalk = undefined;
  if (state.handsetTransfer !== undefined) abandonTransfer(call);
  if (!state.rejected) return;
  stopAction(call);
  hangUp(call, 'operator', 'normal');
}
