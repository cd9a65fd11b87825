import type { DialTarget } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { connection, type ConnectionResult, type ConnectionState } from '../steps/connection.js';
import type { Outcome } from '../steps/step.js';
import { otherLegEndedBy } from '../company-party.js';
import { announcementDue, shouldRecord } from '../steps/recording.js';
import { enterOr, type ActionModule, type ActionOutcome } from './action.js';
import { announceRecording, type AnnounceState } from './announce.js';

export interface RingState {
  type: 'ring';
  ringing: ConnectionState;
}

/** Rings a handset or a number. The end of a talk ends the call; without a talk the plan continues. */
export const ring: ActionModule<ActionOf<'ring'>, RingState, RingState | AnnounceState> = {
  start(call, action) {
    const { timeout, record } = action.ring;
    const due = announcementDue(call, record);
    if (due !== undefined) return announceRecording(call, due);
    const options = { timeoutMs: timeout, callerId: shownNumber(call, action), record: shouldRecord(call, record) };
    return afterConnection(call, action, connection.start(call, [targetOf(action)], options));
  },
  on: (call, action, state, event) => afterConnection(call, action, connection.reduce(call, state.ringing, event)),
  timers: ({ ringing }) => connection.timers(ringing),
  openInput: () => null,
  onCallerGone(call, _action, { ringing }) {
    connection.end(call, ringing);
    return undefined;
  },
  stop: (call, _action, { ringing }) => connection.stop(call, ringing),
  watched: ({ ringing }) => connection.watched(ringing),
};

function afterConnection(
  { state }: Call,
  action: ActionOf<'ring'>,
  ringing: Outcome<ConnectionState, ConnectionResult>,
): ActionOutcome<RingState> {
  if ('waiting' in ringing) return { waiting: { type: 'ring', ringing: ringing.waiting } };
  if (ringing.done.result === 'SUCCESS') return { done: { type: 'talk_over', by: otherLegEndedBy(state) } };
  return { done: enterOr(action.ring.unanswered, 'ring/unanswered') };
}

function targetOf({ ring: { handset, number } }: ActionOf<'ring'>): DialTarget {
  return handset === undefined ? { number: number ?? '' } : { handset };
}

/** Handsets see the caller's number; outside numbers see one of the company's. */
function shownNumber(call: Call, { ring: { handset, caller_id } }: ActionOf<'ring'>): string | null {
  return handset === undefined ? (caller_id ?? call.program.line.callerId) : call.state.caller.number || null;
}
