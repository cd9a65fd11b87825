import { moduleOf } from './actions/plan-actions.js';
import { isOutside } from './current-action.js';
import { onDialEvent } from './dial-out.js';
import { onCallerGone } from './ending.js';
import type { PlanEvent } from './event.js';
import { forward, run } from './interpreter.js';
import { onOverlaysReconciled } from './overlays.js';
import { ownChannelParty } from './own-side.js';
import type { EndedBy } from './call-state.js';
import type { PlanCall } from './state.js';
import { counterAfterCrash } from '../kernel/flow.js';

type ReconciledEvent = PlanEvent & { type: 'reconciled' };

/** Compares the call with what Asterisk still has of it after the gateway was away. */
export function onReconciled(call: PlanCall, event: ReconciledEvent): void {
  const { state } = call;
  call.noteRecovery(event.after);
  if (state.phase === 'dialling') {
    onDialling(call, event);
    return;
  }
  const caller = event.channels[state.channelId];
  const isLost = caller === undefined || (caller === 'elsewhere' && !isOutside(state));
  if (state.phase !== 'settling' && isLost) {
    onCallerGone(call, lostBy(call, event), { seen: 'afterwards' });
  } else if (state.phase !== 'hanging_up') {
    onOverlaysReconciled(call, event);
    forward(call, event);
  }
}

/** Advances a call whose own channel is still being dialled. */
export function onDialling(call: PlanCall, event: PlanEvent): void {
  const became = onDialEvent(call, event);
  if (became === 'answered') run(call);
  else if (became === 'over') onCallerGone(call, 'unanswered', {});
}

/** Moves every number that the call gives out beyond those that it may have given out before a crash. */
export function onResumed({ state, at }: PlanCall): void {
  state.effects = counterAfterCrash(state.effects, state.startedAt, at);
  // Also outside a hand-over: the shop may have seen one that was lost, or that ended before the number was stored.
  state.handOverStep = Math.max(state.handOverStep ?? 0, state.effects);
  const { action } = state;
  if (action !== null) state.action = moduleOf(action).resumed?.(action, state.effects) ?? action;
}

function lostBy({ state }: PlanCall, { after, channels }: ReconciledEvent): EndedBy {
  if (channels[state.channelId] === 'elsewhere') return 'fallback';
  return after === 'asterisk_restart' ? 'asterisk' : ownChannelParty(state);
}
