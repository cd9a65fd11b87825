import { causeFor, type LegCause } from '../../telephony/leg-failure.js';
import type { DialTarget } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';
import { startRecording } from './recording.js';
import type { Outcome, StepModule } from './step.js';
import { dialLeg, hangUpLeg, legChange, type LegChange } from '../../telephony/leg.js';
import { leaseForTalk, renewLease } from '../../telephony/lease.js';

/** Handsets or a number being rung for the caller, then the talk with the first who answers. */
export interface Ringing {
  legs: Leg[];
  deadline: Instant | null;
  bridgeId: string | null;
  startedAt: Instant;
  /** The talk is to be recorded. */
  record?: boolean;
  /** The talk is recorded. */
  recordingId?: string;
  /** Limit of the talk; left out: the general one. */
  longestTalkMs?: number;
  /** The talk ends then. */
  talkUntil?: Instant;
}

interface RingOptions {
  timeoutMs: number;
  /** Shown to whom is rung; null for the line's own. */
  callerId: string | null;
  record?: boolean;
  longestTalkMs?: number;
}

interface Leg {
  id: string;
  to: DialTarget;
  stands: 'dialling' | 'ringing' | 'talking' | 'over';
  cause: LegCause | null;
  /** Asterisk has it: reconcile may judge by its absence. */
  known: boolean;
}

/** Telfa's words for how a transfer ended (CONTRACTS: `bridge_result`). */
export type RingResult = 'SUCCESS' | 'USER_BUSY' | 'NO_ANSWER' | 'USER_NOT_REGISTERED';
export interface RingEnd {
  result: RingResult;
  /** How each leg ended; null for one that just rang on. Left out where nobody was rung. */
  causes?: (LegCause | null)[];
}

type RingOutcome = Outcome<Ringing, RingEnd>;

export const connection = {
  start,
  reduce,
  /** The call goes on without the legs: they are hung up, and the caller gets a lease again. */
  stop(call, ringing) {
    end(call, ringing);
    call.waitEnds();
    call.talkEnds();
    const { channelId } = call.state;
    if (ringing.bridgeId === null) call.request({ type: 'stop_ringing', channelId });
    renewLease(call, [channelId]);
  },
  /** The caller is gone: hangs up the legs. */
  end,
  timers: ({ deadline, talkUntil }) => ({
    ...(deadline !== null && { ring: deadline }),
    ...(talkUntil !== undefined && { talk: talkUntil }),
  }),
  watched: ({ legs }) => ({
    channels: legs.filter(({ stands }) => stands !== 'over').map(({ id }) => id),
    playbacks: [],
  }),
} satisfies StepModule<Ringing, RingEnd> & Record<'start' | 'end', unknown>;

/** Rings all targets at once. */
function start(
  call: Call,
  targets: DialTarget[],
  { timeoutMs, callerId, record = false, longestTalkMs }: RingOptions,
): RingOutcome {
  call.setProvisionalResult(targets.length === 0 ? 'USER_NOT_REGISTERED' : 'ABANDONED');
  if (targets.length === 0) return { done: { result: 'USER_NOT_REGISTERED' } };
  call.waitBegins(null);
  const { channelId } = call.state;
  call.request({ type: 'start_ringing', channelId });
  const legs = targets.map((to): Leg => {
    const id = call.newId('l');
    const line = call.program.line.number;
    dialLeg(call, { legId: id, to, line, callerId, ringMs: timeoutMs, originatorId: channelId });
    call.appendLog('dial', { to });
    return { id, to, stands: 'dialling', cause: null, known: false };
  });
  const limit = longestTalkMs !== undefined && { longestTalkMs };
  return { waiting: { legs, deadline: call.at + timeoutMs, bridgeId: null, startedAt: call.at, record, ...limit } };
}

function reduce(call: Call, ringing: Ringing, event: PlanEvent): RingOutcome {
  if (event.type === 'timer') {
    if (event.name === 'talk' && ringing.bridgeId !== null)
      return { done: talkTooLong(call, ringing, ringing.bridgeId) };
    return event.name === 'ring' ? { done: noAnswer(call, ringing) } : { waiting: ringing };
  }
  if (event.type === 'effect_failed')
    return event.effect === 'bridge' ? { done: bridgeFailed(call, ringing) } : { waiting: ringing };
  return onLegEvent(call, ringing, event);
}

function onLegEvent(call: Call, ringing: Ringing, event: PlanEvent): RingOutcome {
  const isReconcile = event.type === 'reconciled';
  let outcome: RingOutcome = { waiting: ringing };
  for (const { id } of ringing.legs) {
    if ('done' in outcome) break;
    // As it stands now: another leg that was answered in the same reconcile has ended it.
    const leg = outcome.waiting.legs.find((one) => one.id === id);
    const change = legChange(id, event);
    if (leg === undefined || leg.stands === 'over' || change === undefined) continue;
    if (isReconcile && !leg.known) continue;
    outcome = applyChange(call, outcome.waiting, leg, change);
  }
  return outcome;
}

function applyChange(call: Call, ringing: Ringing, leg: Leg, change: LegChange): RingOutcome {
  switch (change.type) {
    case 'dialling':
      return { waiting: withLeg(ringing, { ...leg, known: true }) };
    case 'ringing':
      return { waiting: leg.stands === 'dialling' ? rings(call, ringing, leg) : ringing };
    case 'answered':
      return { waiting: leg.stands === 'talking' ? ringing : answered(call, ringing, leg) };
    case 'over':
      return legOver(call, ringing, leg, causeFor(leg.to, change.cause), change.reason);
    case 'left':
      return legOver(call, ringing, leg, 'normal');
  }
}

function end(call: Call, ringing: Ringing): void {
  stopRecording(call, ringing);
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  if (ringing.bridgeId !== null) call.request({ type: 'unbridge', bridgeId: ringing.bridgeId });
}

/** The leg that talks with the caller. */
export function talkingLeg({ legs }: Ringing): string | undefined {
  return legs.find(({ stands }) => stands === 'talking')?.id;
}

function rings(call: Call, ringing: Ringing, leg: Leg): Ringing {
  call.emit('ringing', leg.to);
  return withLeg(ringing, { ...leg, stands: 'ringing', known: true });
}

function answered(call: Call, ringing: Ringing, leg: Leg): Ringing {
  if (ringing.bridgeId !== null) {
    hangUpLeg(call, leg);
    return ringing;
  }
  const bridgeId = call.newId('b');
  const { channelId } = call.state;
  for (const other of ringing.legs) if (other !== leg) hangUpLeg(call, other);
  call.request({ type: 'stop_ringing', channelId });
  call.answer();
  leaseForTalk(call, [channelId]);
  call.request({ type: 'bridge', bridgeId, channelIds: [channelId, leg.id] });
  call.appendLog('talking', { with: leg.to, rang_ms: call.at - ringing.startedAt });
  call.markAnsweredBy(leg.to);
  const recordingId = ringing.record === true ? startRecording(call, bridgeId, leg.to) : undefined;
  const legs = ringing.legs.map((other): Leg =>
    other === leg ? { ...leg, stands: 'talking', known: true } : { ...other, stands: 'over' },
  );
  const { longestTalkMs } = ringing;
  return {
    ...ringing,
    legs,
    bridgeId,
    deadline: null,
    ...(recordingId !== undefined && { recordingId }),
    ...(longestTalkMs !== undefined && { talkUntil: call.at + longestTalkMs }),
  };
}

function legOver(call: Call, ringing: Ringing, leg: Leg, cause: LegCause, reason?: string): RingOutcome {
  call.appendLog('leg_over', { to: leg.to, cause, ...(reason !== undefined && { reason }) });
  if (isRefusal(cause)) call.isRefused(reason ?? cause);
  const next = withLeg(ringing, { ...leg, stands: 'over', cause });
  if (ringing.bridgeId !== null)
    return leg.stands === 'talking' ? { done: talkOver(call, ringing, ringing.bridgeId) } : { waiting: next };
  const areOver = next.legs.every(({ stands }) => stands === 'over');
  return areOver ? { done: unanswered(call, next.legs) } : { waiting: next };
}

/** The answered leg has ended: the caller gets a lease again. */
function talkOver(call: Call, ringing: Ringing, bridgeId: string): RingEnd {
  const { channelId } = call.state;
  call.talkEnds();
  stopRecording(call, ringing);
  call.request({ type: 'unbridge', bridgeId });
  renewLease(call, [channelId]);
  return { result: 'SUCCESS' };
}

/** The talk has reached its limit. */
function talkTooLong(call: Call, ringing: Ringing, bridgeId: string): RingEnd {
  const result = talkOver(call, ringing, bridgeId);
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  return result;
}

/** Must come before the bridge is destroyed, or Asterisk does not report the recording's end. */
function stopRecording(call: Call, { recordingId }: Ringing): void {
  if (recordingId !== undefined) call.request({ type: 'record_stop', recordingId });
}

function bridgeFailed(call: Call, ringing: Ringing): RingEnd {
  call.talkEnds();
  end(call, ringing);
  call.state.leashAt = call.at;
  return { result: 'NO_ANSWER' };
}

function noAnswer(call: Call, ringing: Ringing): RingEnd {
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  return unanswered(call, ringing.legs);
}

function unanswered(call: Call, legs: Leg[]): RingEnd {
  call.request({ type: 'stop_ringing', channelId: call.state.channelId });
  const result = resultOf(legs.map(({ cause }) => cause));
  if (!legs.every(({ cause }) => cause !== null && isRefusal(cause))) call.isRefused(null);
  call.waitEnds();
  call.appendLog('unanswered', { result });
  call.setProvisionalResult(result);
  return { result, causes: legs.map(({ cause }) => cause) };
}

/** True when the dial policy, or one of its limits, did not allow the leg. */
export function isRefusal(cause: string): boolean {
  return cause === 'refused' || cause === 'limited';
}

/** The result when no leg has answered, by the causes with which they ended. */
export function resultOf(causes: (string | null)[]): RingResult {
  const all = (...these: string[]) => causes.every((cause) => cause !== null && these.includes(cause));
  if (all('unregistered', 'unreachable', 'no_such_number')) return 'USER_NOT_REGISTERED';
  return all('busy', 'rejected') ? 'USER_BUSY' : 'NO_ANSWER';
}

function withLeg(ringing: Ringing, leg: Leg): Ringing {
  return { ...ringing, legs: ringing.legs.map((other) => (other.id === leg.id ? leg : other)) };
}
