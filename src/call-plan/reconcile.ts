import { moduleOf } from './actions/plan-actions.js';
import { isOutside } from './current-action.js';
import { onDialEvent } from './dial-out.js';
import { onCallerGone } from './ending.js';
import type { PlanEvent } from './event.js';
import { onTransferReconciled, outlivesOutsideParty } from './handset-transfer/on-event.js';
import { forward, run } from './interpreter.js';
import { onOverlaysReconciled } from './overlays.js';
import { ownChannelEndedBy } from './company-party.js';
import { onParkedEvent } from './parking/on-event.js';
import type { EndedBy } from './call-state.js';
import type { PlanCall } from './state.js';
import { counterAfterCrash } from '../kernel/flow.js';

type ReconciledEvent = PlanEvent & { type: 'reconciled' };

/** Reconciles the call with its remaining channels and playbacks in Asterisk. */
export function onReconciled(call: PlanCall, event: ReconciledEvent): void {
  const { state } = call;
  call.logRecovery(event.after);
  if (state.phase === 'dialling') {
    onDialling(call, event);
    return;
  }
  const caller = event.channels[state.channelId];
  const isLost = caller === undefined || (caller === 'elsewhere' && !isOutside(state));
  if (state.phase !== 'settling' && isLost && !outlivesOutsideParty(call, event)) {
    onCallerGone(call, endedByOfLostCall(call, event), { seen: 'afterwards' });
  } else if (state.phase !== 'hanging_up') {
    onOverlaysReconciled(call, event);
    const awaitsOperator = onTransferReconciled(call, event);
    if (!awaitsOperator && !onParkedEvent(call, event)) forward(call, event);
  }
}

/** Advances a call whose own channel is still being dialled. */
export function onDialling(call: PlanCall, event: PlanEvent): void {
  const result = onDialEvent(call, event);
  if (result === 'answered') run(call);
  else if (result === 'over') onCallerGone(call, 'unanswered', {});
}

/** Moves all counters of the call above any value used before a crash. */
export function onResumed({ state, at }: PlanCall): void {
  state.effects = counterAfterCrash(state.effects, state.startedAt, at);
  // Also outside a hand-over: the shop may have received requests of a hand-over that was never stored.
  state.handOverStep = Math.max(state.handOverStep ?? 0, state.effects);
  const { action } = state;
  if (action !== null) state.action = moduleOf(action).onResumed?.(action, state.effects) ?? action;
}

function endedByOfLostCall({ state }: PlanCall, { after, channels }: ReconciledEvent): EndedBy {
  if (channels[state.channelId] === 'elsewhere') return 'fallback';
  return after === 'asterisk_restart' ? 'asterisk' : ownChannelEndedBy(state);
}
