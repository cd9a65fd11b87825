import { causeFor, type LegCause } from '../../telephony/leg-failure.js';
import type { DialTarget } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';
import { recordBridge } from './recording.js';
import type { Outcome, StepModule } from './step.js';
import { dialLeg, hangUpLeg, legChange, type LegChange } from '../../telephony/leg.js';
import { leaseForTalk, renewLeases } from '../../telephony/lease.js';
import { pendingTimers } from '../../telephony/timers.js';

/** Legs that ring for the caller, then the talk with the first leg that answers. */
export interface ConnectionState {
  legs: Leg[];
  deadline: Instant | null;
  bridgeId: string | null;
  startedAt: Instant;
  /** Whether to record the talk. */
  record?: boolean;
  /** Set while the talk is recorded. */
  recordingId?: string | undefined;
  /** Limit of the talk; default: the lease for a talk. */
  longestTalkMs?: number | undefined;
  /** When the talk is ended by its limit. */
  talkUntil?: Instant | undefined;
}

interface ConnectionOptions {
  timeoutMs: number;
  /** Caller ID of the legs; null for the line's own. */
  callerId: string | null;
  record?: boolean;
  longestTalkMs?: number;
}

interface Leg {
  id: string;
  to: DialTarget;
  stands: 'dialling' | 'ringing' | 'talking' | 'over';
  cause: LegCause | null;
  /** Asterisk has accepted the leg, so its absence at a reconcile means that it has ended. */
  known: boolean;
}

/** Telfa's values of `bridge_result`: the result of a transfer. */
export type BridgeResult = 'SUCCESS' | 'USER_BUSY' | 'NO_ANSWER' | 'USER_NOT_REGISTERED';
export interface ConnectionResult {
  result: BridgeResult;
  /** Cause of each leg's end; null for a leg that rang out. Left out when there were no legs. */
  causes?: (LegCause | null)[];
}

type ConnectionOutcome = Outcome<ConnectionState, ConnectionResult>;

export const connection = {
  start,
  reduce,
  /** Hangs up the legs and renews the caller's lease: the call continues without them. */
  stop(call, ringing) {
    end(call, ringing);
    call.endWait();
    call.endTalk();
    const { channelId } = call.state;
    if (ringing.bridgeId === null) stopRinging(call);
    renewLeases(call, [channelId]);
  },
  /** Hangs up the legs: the caller is gone. */
  end,
  timers: ({ deadline, talkUntil }) => pendingTimers({ ring: deadline, talk: talkUntil }),
  watched: ({ legs }) => ({
    channels: legs.filter(({ stands }) => stands !== 'over').map(({ id }) => id),
    playbacks: [],
  }),
} satisfies StepModule<ConnectionState, ConnectionResult> & Record<'start' | 'end', unknown>;

/** Rings all targets at once. */
function start(
  call: Call,
  targets: DialTarget[],
  { timeoutMs, callerId, record = false, longestTalkMs }: ConnectionOptions,
): ConnectionOutcome {
  call.setProvisionalResult(targets.length === 0 ? 'USER_NOT_REGISTERED' : 'ABANDONED');
  if (targets.length === 0) return { done: { result: 'USER_NOT_REGISTERED' } };
  call.startWait(null);
  const { channelId } = call.state;
  // A transferred party hears music already.
  if (call.state.hearsMusic !== true) call.request({ type: 'start_ringing', channelId });
  const legs = targets.map((to): Leg => {
    const id = call.newId('l');
    const line = call.program.line.number;
    const by = 'number' in to ? diallingHandset(call.state) : undefined;
    dialLeg(call, { legId: id, to, line, callerId, ringMs: timeoutMs, originatorId: channelId, by });
    call.appendLog('dial', { to });
    return { id, to, stands: 'dialling', cause: null, known: false };
  });
  const deadline = call.at + timeoutMs;
  return { waiting: { legs, deadline, bridgeId: null, startedAt: call.at, record, longestTalkMs } };
}

/** The handset that calls numbers in this call: the one that makes the call, or that transferred the caller. */
function diallingHandset({ dialsFor, direction, handset }: Call['state']): string | undefined {
  const own = direction === 'outgoing' && handset !== null && !handset.startsWith('+') ? handset : undefined;
  return dialsFor ?? own;
}

function reduce(call: Call, ringing: ConnectionState, event: PlanEvent): ConnectionOutcome {
  if (event.type === 'timer') {
    if (event.name === 'talk' && ringing.bridgeId !== null)
      return { done: onTalkLimit(call, ringing, ringing.bridgeId) };
    return event.name === 'ring' ? { done: onRingTimeout(call, ringing) } : { waiting: ringing };
  }
  if (event.type === 'effect_failed')
    return event.effect === 'bridge' ? { done: onBridgeFailed(call, ringing) } : { waiting: ringing };
  return onLegEvent(call, ringing, event);
}

function onLegEvent(call: Call, ringing: ConnectionState, event: PlanEvent): ConnectionOutcome {
  const isReconcile = event.type === 'reconciled';
  let outcome: ConnectionOutcome = { waiting: ringing };
  for (const { id } of ringing.legs) {
    if ('done' in outcome) break;
    // Read again: another leg answered in the same reconcile may have ended this one.
    const leg = outcome.waiting.legs.find((one) => one.id === id);
    const change = legChange(id, event);
    if (leg === undefined || leg.stands === 'over' || change === undefined) continue;
    if (isReconcile && !leg.known) continue;
    outcome = applyChange(call, outcome.waiting, leg, change);
  }
  return outcome;
}

function applyChange(call: Call, ringing: ConnectionState, leg: Leg, change: LegChange): ConnectionOutcome {
  switch (change.type) {
    case 'dialling':
      return { waiting: withLeg(ringing, { ...leg, known: true }) };
    case 'ringing':
      return { waiting: leg.stands === 'dialling' ? markRinging(call, ringing, leg) : ringing };
    case 'answered':
      return { waiting: leg.stands === 'talking' ? ringing : connectLeg(call, ringing, leg) };
    case 'over':
      return onLegOver(call, ringing, leg, causeFor(leg.to, change.cause), change.reason);
    case 'left':
      return onLegOver(call, ringing, leg, 'normal');
  }
}

function end(call: Call, ringing: ConnectionState): void {
  stopRecording(call, ringing);
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  if (ringing.bridgeId !== null) call.request({ type: 'unbridge', bridgeId: ringing.bridgeId });
}

/** The leg that talks with the caller. */
export function talkingLeg({ legs }: ConnectionState): string | undefined {
  return legs.find(({ stands }) => stands === 'talking')?.id;
}

function markRinging(call: Call, ringing: ConnectionState, leg: Leg): ConnectionState {
  call.emit('ringing', leg.to);
  return withLeg(ringing, { ...leg, stands: 'ringing', known: true });
}

function connectLeg(call: Call, ringing: ConnectionState, leg: Leg): ConnectionState {
  if (ringing.bridgeId !== null) {
    hangUpLeg(call, leg);
    return ringing;
  }
  const bridgeId = call.newId('b');
  const { channelId } = call.state;
  for (const other of ringing.legs) if (other !== leg) hangUpLeg(call, other);
  stopRinging(call);
  call.stopMusic();
  call.answer();
  leaseForTalk(call, [channelId]);
  call.request({ type: 'bridge', bridgeId, channelIds: [channelId, leg.id] });
  call.appendLog('talking', { with: leg.to, rang_ms: call.at - ringing.startedAt });
  call.markAnsweredBy(leg.to);
  const recordingId = ringing.record === true ? recordBridge(call, bridgeId, leg.to) : undefined;
  const legs = ringing.legs.map((other): Leg =>
    other === leg ? { ...leg, stands: 'talking', known: true } : { ...other, stands: 'over' },
  );
  const { longestTalkMs } = ringing;
  return {
    ...ringing,
    legs,
    bridgeId,
    deadline: null,
    recordingId,
    talkUntil: longestTalkMs === undefined ? undefined : call.at + longestTalkMs,
  };
}

function onLegOver(
  call: Call,
  ringing: ConnectionState,
  leg: Leg,
  cause: LegCause,
  reason?: string,
): ConnectionOutcome {
  call.appendLog('leg_over', { to: leg.to, cause, reason });
  if (isDialRefusal(cause)) call.setRefusal(reason ?? cause);
  const next = withLeg(ringing, { ...leg, stands: 'over', cause });
  if (ringing.bridgeId !== null)
    return leg.stands === 'talking' ? { done: finishTalk(call, ringing, ringing.bridgeId) } : { waiting: next };
  const areOver = next.legs.every(({ stands }) => stands === 'over');
  return areOver ? { done: finishUnanswered(call, next.legs) } : { waiting: next };
}

/** Ends the talk and renews the caller's lease. */
function finishTalk(call: Call, ringing: ConnectionState, bridgeId: string): ConnectionResult {
  const { channelId } = call.state;
  call.endTalk();
  stopRecording(call, ringing);
  call.request({ type: 'unbridge', bridgeId });
  renewLeases(call, [channelId]);
  return { result: 'SUCCESS' };
}

/** Ends a talk that has reached its limit. */
function onTalkLimit(call: Call, ringing: ConnectionState, bridgeId: string): ConnectionResult {
  const result = finishTalk(call, ringing, bridgeId);
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  return result;
}

function stopRinging(call: Call): void {
  if (call.state.hearsMusic !== true) call.request({ type: 'stop_ringing', channelId: call.state.channelId });
}

/** Must come before the bridge is destroyed: otherwise Asterisk does not report the end of the recording. */
export function stopRecording(call: Call, { recordingId }: ConnectionState): void {
  if (recordingId !== undefined) call.request({ type: 'record_stop', recordingId });
}

function onBridgeFailed(call: Call, ringing: ConnectionState): ConnectionResult {
  call.endTalk();
  end(call, ringing);
  call.state.leashAt = call.at;
  return { result: 'NO_ANSWER' };
}

function onRingTimeout(call: Call, ringing: ConnectionState): ConnectionResult {
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  return finishUnanswered(call, ringing.legs);
}

function finishUnanswered(call: Call, legs: Leg[]): ConnectionResult {
  stopRinging(call);
  const result = unansweredResult(legs.map(({ cause }) => cause));
  if (!legs.every(({ cause }) => cause !== null && isDialRefusal(cause))) call.setRefusal(null);
  call.endWait();
  call.appendLog('unanswered', { result });
  call.setProvisionalResult(result);
  return { result, causes: legs.map(({ cause }) => cause) };
}

/** True when the dial policy or one of its limits refused the leg. */
export function isDialRefusal(cause: string): boolean {
  return cause === 'refused' || cause === 'limited';
}

/** The result when no leg has answered, by the causes of their ends. */
export function unansweredResult(causes: (string | null)[]): BridgeResult {
  const all = (...these: string[]) => causes.every((cause) => cause !== null && these.includes(cause));
  if (all('unregistered', 'unreachable', 'no_such_number')) return 'USER_NOT_REGISTERED';
  return all('busy', 'rejected') ? 'USER_BUSY' : 'NO_ANSWER';
}

function withLeg(ringing: ConnectionState, leg: Leg): ConnectionState {
  return { ...ringing, legs: ringing.legs.map((other) => (other.id === leg.id ? leg : other)) };
}
