import type { DialTarget } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { connection, type RingEnd, type Ringing } from '../steps/ringing.js';
import type { Outcome } from '../steps/step.js';
import { otherParty } from '../own-side.js';
import { announcementDue, mayRecord } from '../steps/recording.js';
import { enterOr, type ActionModule, type ActionOutcome } from './action.js';
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
    const options = { timeoutMs: timeout, callerId: shownNumber(call, action), record: mayRecord(call, record) };
    return afterRinging(call, action, connection.start(call, [targetOf(action)], options));
  },
  on: (call, action, state, event) => afterRinging(call, action, connection.reduce(call, state.ringing, event)),
  timers: ({ ringing }) => connection.timers(ringing),
  asking: () => null,
  gone(call, _action, { ringing }) {
    connection.end(call, ringing);
    return undefined;
  },
  stop: (call, _action, { ringing }) => connection.stop(call, ringing),
  watched: ({ ringing }) => connection.watched(ringing),
};

function afterRinging(
  { state }: Call,
  action: ActionOf<'ring'>,
  ringing: Outcome<Ringing, RingEnd>,
): ActionOutcome<RingState> {
  if ('waiting' in ringing) return { waiting: { type: 'ring', ringing: ringing.waiting } };
  if (ringing.done.result === 'SUCCESS') return { done: { type: 'hang_up', by: otherParty(state), cause: 'normal' } };
  return { done: enterOr(action.ring.unanswered, 'ring/unanswered') };
}

function targetOf({ ring: { handset, number } }: ActionOf<'ring'>): DialTarget {
  return handset === undefined ? { number: number ?? '' } : { handset };
}

/** Our own handsets see who is calling; the outside world sees a number of ours. */
function shownNumber(call: Call, { ring: { handset, caller_id } }: ActionOf<'ring'>): string | null {
  return handset === undefined ? (caller_id ?? call.program.line.callerId) : call.state.caller.number || null;
}
