import { renewLeases } from '../../telephony/lease.js';
import { connectionOf } from '../call-snapshot.js';
import type { HandsetTransfer } from '../handset-transfer/state.js';
import { OVERRIDE_PLAN } from '../program.js';
import type { PlanCall } from '../state.js';

/** When the program of an earlier version has no setting. */
const RING_BACK_MS = 90_000;
/** How long the operator may take to hear the number of the place. */
const TELLING_MS = 15_000;

/** How long an outside party stays parked before it rings back. */
export function ringBackMs({ program }: Pick<PlanCall, 'program'>): number {
  return program.parking?.ringBackMs ?? RING_BACK_MS;
}

/** Parks the outside party, who hears music already. The operator's call ends, after the number of the place when a code was pressed. */
export function parkOutsideParty(call: PlanCall, { operator, isCommanded }: HandsetTransfer): void {
  const { state, at } = call;
  const record = connectionOf(state.action)?.record ?? false;
  if (isCommanded === true) call.request({ type: 'hang_up', channelId: operator.id, cause: 'normal' });
  call.endTalk();
  call.startMusic();
  call.startWait(null);
  renewLeases(call, [state.channelId]);
  Object.assign(state, { handsetTransfer: undefined, codeInput: undefined, typedAhead: '', overflowAt: null });
  state.overridePlan = [{ park: { by: operator.handset } }];
  state.callStack = [{ list: OVERRIDE_PLAN, index: 0 }];
  state.action = {
    type: 'park',
    effectId: call.request({ type: 'find_place' }),
    place: null,
    by: operator.handset,
    since: at,
    until: at + ringBackMs(call),
    record,
    telling: isCommanded === true ? undefined : { operator, playbackId: null, until: at + TELLING_MS },
  };
}
