import { failureOf, type LegCause } from '../../telephony/leg-failure.js';
import type { PartyTarget } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { ConnectFailure } from '../program.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { isPlaying, playingOn, startPlaying, stopPlaying, type Playing } from '../steps/playing.js';
import { announcementDue, mayRecord } from '../steps/recording.js';
import {
  isRinging,
  legIds,
  leaveRinging,
  ringingOn,
  ringingTimers,
  startRinging,
  stopRinging,
  type RingEnd,
  type Ringing,
} from '../steps/ringing.js';
import { enterOr, type ActionModule, type Transition } from './action.js';
import { startAnnounce, type AnnounceState } from './announce.js';

export type ConnectState = { type: 'connect' } & Doing;

type Doing =
  /** The other one is rung, or talks. */
  | { ringing: Ringing; explaining?: never }
  /** The caller hears why they were not connected. */
  | { explaining: Playing; ringing?: never };

/**
 * Connects the caller with the other one of an order, masked: both see the line's number only, and nobody who reads the
 * call's timeline learns more than which order it was. A talk that is over ends the call, else the plan goes on.
 */
export const connect: ActionModule<ActionOf<'connect'>, ConnectState, ConnectState | AnnounceState> = {
  start(call, action) {
    const to = targetOf(call, action);
    if (to === undefined) {
      call.appendLog('not_connected', { reason: 'no order is known that the call is about' });
      return explain(call, action, 'unreachable');
    }
    const { timeout: timeoutMs, max_duration: longestTalkMs, record } = action.connect;
    const due = announcementDue(call, record);
    if (due !== undefined) return startAnnounce(call, due);
    const wish = { timeoutMs, longestTalkMs, callerId: null, record: mayRecord(call, record) };
    return outcome(call, action, startRinging(call, [to], wish));
  },
  on(call, action, state, event) {
    if (state.ringing !== undefined) return outcome(call, action, ringingOn(call, state.ringing, event));
    const explaining = playingOn(call, state.explaining, event);
    return isPlaying(explaining) ? { type: 'connect', explaining } : unanswered(action);
  },
  timers: ({ ringing, explaining }) => (ringing === undefined ? { play: explaining.giveUpAt } : ringingTimers(ringing)),
  asking: () => null,
  gone(call, _action, { ringing }) {
    if (ringing !== undefined) stopRinging(call, ringing);
    return undefined;
  },
  stop(call, _action, { ringing, explaining }) {
    if (ringing === undefined) stopPlaying(call, explaining);
    else leaveRinging(call, ringing);
  },
  watched: ({ ringing, explaining }) =>
    ringing === undefined
      ? { channels: [], playbacks: [explaining.playbackId] }
      : { channels: legIds(ringing), playbacks: [] },
};

/** Nobody is connected with themselves: a driver who asks for the driver gets the client. */
function targetOf({ state: { about } }: Call, { connect: { party } }: ActionOf<'connect'>): PartyTarget | undefined {
  if (about === undefined) return undefined;
  const { order, role } = about;
  const other = role === 'client' ? 'driver' : 'client';
  return { party: party === 'other' || party === role ? other : party, order };
}

function outcome(call: Call, action: ActionOf<'connect'>, ringing: Ringing | RingEnd): ConnectState | Transition {
  if (isRinging(ringing)) return { type: 'connect', ringing };
  if (ringing.result === 'SUCCESS') return { type: 'hang_up', by: 'party', cause: 'normal' };
  return explain(call, action, unansweredBy(ringing.causes?.[0] ?? null));
}

function explain(call: Call, action: ActionOf<'connect'>, failure: ConnectFailure): ConnectState | Transition {
  const { connect } = action;
  // Who says what then happens has said enough.
  const usual = connect.unanswered === undefined ? call.program.failurePrompts?.[failure] : undefined;
  const prompt = connect[`${failure}_prompt`] ?? usual;
  if (prompt === undefined) return unanswered(action);
  call.answer();
  return { type: 'connect', explaining: startPlaying(call, [prompt]) };
}

function unanswered({ connect }: ActionOf<'connect'>): Transition {
  return enterOr(connect.unanswered, 'connect/unanswered');
}

/** Null is who let it ring; what nobody can tell counts as that, too. */
function unansweredBy(cause: LegCause | null): ConnectFailure {
  const failure = cause === null ? 'no_answer' : failureOf(cause);
  return failure === 'unknown' ? 'no_answer' : failure;
}
