import type { DialTarget } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import {
  isRinging,
  legIds,
  ringingOn,
  ringingTimers,
  leaveRinging,
  startRinging,
  stopRinging,
  type RingEnd,
  type Ringing,
} from '../steps/ringing.js';
import { otherParty } from '../own-side.js';
import { announcementDue, mayRecord } from '../steps/recording.js';
import { enterOr, type ActionModule, type Transition } from './action.js';
import { startAnnounce, type AnnounceState } from './announce.js';

export interface RingState {
  type: 'ring';
  ringing: Ringing;
}

/** Rings a handset or a number; a talk that is over ends the call, else the plan goes on. */
export const ring: ActionModule<ActionOf<'ring'>, RingState, RingState | AnnounceState> = {
  start(call, action) {
    const { timeout, record } = action.ring;
    const due = announcementDue(call, record);
    if (due !== undefined) return startAnnounce(call, due);
    const wish = { timeoutMs: timeout, callerId: shownNumber(call, action), record: mayRecord(call, record) };
    return outcome(call, action, startRinging(call, [targetOf(action)], wish));
  },
  on: (call, action, state, event) => outcome(call, action, ringingOn(call, state.ringing, event)),
  timers: ({ ringing }) => ringingTimers(ringing),
  asking: () => null,
  gone(call, _action, { ringing }) {
    stopRinging(call, ringing);
    return undefined;
  },
  stop: (call, _action, { ringing }) => leaveRinging(call, ringing),
  watched: ({ ringing }) => ({ channels: legIds(ringing), playbacks: [] }),
};

function outcome({ state }: Call, action: ActionOf<'ring'>, ringing: Ringing | RingEnd): RingState | Transition {
  if (isRinging(ringing)) return { type: 'ring', ringing };
  if (ringing.result === 'SUCCESS') return { type: 'hang_up', by: otherParty(state), cause: 'normal' };
  return enterOr(action.ring.unanswered, 'ring/unanswered');
}

function targetOf({ ring: { handset, number } }: ActionOf<'ring'>): DialTarget {
  return handset === undefined ? { number: number ?? '' } : { handset };
}

/** Our own handsets see who is calling; the outside world sees a number of ours. */
function shownNumber(call: Call, { ring: { handset, caller_id } }: ActionOf<'ring'>): string | null {
  return handset === undefined ? (caller_id ?? call.program.line.callerId) : call.state.caller.number || null;
}
