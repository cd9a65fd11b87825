import { legFailureOf, type LegCause } from '../../telephony/leg-failure.js';
import type { PartyTarget } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { ConnectFailure } from '../program.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { playback, type PlaybackState } from '../steps/playback.js';
import { announcementDue, shouldRecord } from '../steps/recording.js';
import { connection, type ConnectionResult, type ConnectionState } from '../steps/connection.js';
import type { Outcome } from '../steps/step.js';
import { enterOr, type ActionModule, type ActionOutcome, type Transition } from './action.js';
import { announceRecording, type AnnounceState } from './announce.js';

export type ConnectState = { type: 'connect' } & ConnectActivity;

type ConnectActivity =
  /** The other party rings or talks. */
  | { ringing: ConnectionState; explaining?: never }
  /** The caller hears why the connection failed. */
  | { explaining: PlaybackState; ringing?: never };

/**
 * Connects the caller with the other party of an order, masked: both see the line's number only, and the call's
 * timeline
contains only the order. The end of the talk ends the call; without a talk the plan continues.
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
    if (due !== undefined) return announceRecording(call, due);
    const options = { timeoutMs, longestTalkMs, callerId: null, record: shouldRecord(call, record) };
    return afterConnection(call, action, connection.start(call, [to], options));
  },
  on(call, action, state, event) {
    if (state.ringing !== undefined)
      return afterConnection(call, action, connection.reduce(call, state.ringing, event));
    const outcome = playback.reduce(call, state.explaining, event);
    return 'waiting' in outcome
      ? { waiting: { type: 'connect', explaining: outcome.waiting } }
      : { done: unansweredTransition(action) };
  },
  timers: ({ ringing, explaining }) =>
    ringing === undefined ? playback.timers(explaining) : connection.timers(ringing),
  openInput: () => null,
  onCallerGone(call, _action, { ringing }) {
    if (ringing !== undefined) connection.end(call, ringing);
    return undefined;
  },
  stop(call, _action, { ringing, explaining }) {
    if (ringing === undefined) playback.stop(call, explaining);
    else connection.stop(call, ringing);
  },
  watched: ({ ringing, explaining }) =>
    ringing === undefined ? playback.watched(explaining) : connection.watched(ringing),
};

/** Never the caller's own role: for a driver, the party `driver` means the client. */
function targetOf({ state: { about } }: Call, { connect: { party } }: ActionOf<'connect'>): PartyTarget | undefined {
  if (about === undefined) return undefined;
  const { order, role } = about;
  const other = role === 'client' ? 'driver' : 'client';
  return { party: party === 'other' || party === role ? other : party, order };
}

function afterConnection(
  call: Call,
  action: ActionOf<'connect'>,
  ringing: Outcome<ConnectionState, ConnectionResult>,
): ActionOutcome<ConnectState> {
  if ('waiting' in ringing) return { waiting: { type: 'connect', ringing: ringing.waiting } };
  if (ringing.done.result === 'SUCCESS') return { done: { type: 'hang_up', by: 'party', cause: 'normal' } };
  return explain(call, action, connectFailureOf(ringing.done.causes?.[0] ?? null));
}

function explain(call: Call, action: ActionOf<'connect'>, failure: ConnectFailure): ActionOutcome<ConnectState> {
  const { connect } = action;
  // A plan with its own `unanswered` actions gets no default prompt.
  const usual = connect.unanswered === undefined ? call.program.failurePrompts?.[failure] : undefined;
  const prompt = connect[`${failure}_prompt`] ?? usual;
  if (prompt === undefined) return { done: unansweredTransition(action) };
  call.answer();
  return { waiting: { type: 'connect', explaining: playback.start(call, [prompt]) } };
}

function unansweredTransition({ connect }: ActionOf<'connect'>): Transition {
  return enterOr(connect.unanswered, 'connect/unanswered');
}

/** `null` (rang out) and unknown causes both count as no answer. */
function connectFailureOf(cause: LegCause | null): ConnectFailure {
  const failure = cause === null ? 'no_answer' : legFailureOf(cause);
  return failure === 'unknown' ? 'no_answer' : failure;
}
