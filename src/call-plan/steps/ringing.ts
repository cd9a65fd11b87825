import { causeFor, type LegCause } from '../../telephony/leg-failure.js';
import type { DialTarget, TelephonyEvent } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { startRecording } from './recording.js';
import type { RuntimeEvent } from '../../kernel/event.js';
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
  /** A talk may last so long; left out: as long as any. */
  longestTalkMs?: number;
  /** The talk ends then. */
  talkUntil?: Instant;
}

interface RingWish {
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

export function startRinging(
  call: Call,
  targets: DialTarget[],
  { timeoutMs, callerId, record = false, longestTalkMs }: RingWish,
): Ringing | RingEnd {
  call.setProvisionalResult(targets.length === 0 ? 'USER_NOT_REGISTERED' : 'ABANDONED');
  if (targets.length === 0) return { result: 'USER_NOT_REGISTERED' };
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
  return {
    legs,
    deadline: call.at + timeoutMs,
    bridgeId: null,
    startedAt: call.at,
    record,
    ...(longestTalkMs !== undefined && { longestTalkMs }),
  };
}

export function ringingOn(call: Call, ringing: Ringing, event: TelephonyEvent | RuntimeEvent): Ringing | RingEnd {
  if (event.type === 'timer') {
    if (event.name === 'talk' && ringing.bridgeId !== null) return talkTooLong(call, ringing, ringing.bridgeId);
    return event.name === 'ring' ? noAnswer(call, ringing) : ringing;
  }
  if (event.type === 'effect_failed') return event.effect === 'bridge' ? bridgeFailed(call, ringing) : ringing;
  return onLegEvent(call, ringing, event);
}

function onLegEvent(call: Call, ringing: Ringing, event: TelephonyEvent | RuntimeEvent): Ringing | RingEnd {
  const isReconcile = event.type === 'reconciled';
  let now: Ringing | RingEnd = ringing;
  for (const leg of ringing.legs) {
    const change = legChange(leg.id, event);
    if (!isRinging(now) || leg.stands === 'over' || change === undefined) continue;
    if (isReconcile && (!leg.known || change.type === 'ringing')) continue;
    now = applyChange(call, now, leg, change);
  }
  return now;
}

function applyChange(call: Call, ringing: Ringing, leg: Leg, change: LegChange): Ringing | RingEnd {
  switch (change.type) {
    case 'dialling':
      return withLeg(ringing, { ...leg, known: true });
    case 'ringing':
      return leg.stands === 'dialling' ? rings(call, ringing, leg) : ringing;
    case 'answered':
      return leg.stands === 'talking' ? ringing : answered(call, ringing, leg);
    case 'over':
      return legOver(call, ringing, leg, causeFor(leg.to, change.cause), change.reason);
    case 'left':
      return legOver(call, ringing, leg, 'normal');
  }
}

/** The caller is gone: so is everybody we rang. */
export function stopRinging(call: Call, ringing: Ringing): void {
  stopRecording(call, ringing);
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  if (ringing.bridgeId !== null) call.request({ type: 'unbridge', bridgeId: ringing.bridgeId });
}

/** The caller is taken away from them, and stays. */
export function leaveRinging(call: Call, ringing: Ringing): void {
  stopRinging(call, ringing);
  call.waitEnds();
  call.talkEnds();
  const { channelId } = call.state;
  if (ringing.bridgeId === null) call.request({ type: 'stop_ringing', channelId });
  renewLease(call, [channelId]);
}

/** The leg that talks with the caller. */
export function talkingLeg({ legs }: Ringing): string | undefined {
  return legs.find(({ stands }) => stands === 'talking')?.id;
}

export function ringingTimers({ deadline, talkUntil }: Ringing): Record<string, Instant> {
  return {
    ...(deadline !== null && { ring: deadline }),
    ...(talkUntil !== undefined && { talk: talkUntil }),
  };
}

export function legIds(ringing: Ringing): string[] {
  return ringing.legs.filter(({ stands }) => stands !== 'over').map(({ id }) => id);
}

export function isRinging(value: Ringing | RingEnd): value is Ringing {
  return 'legs' in value;
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

function legOver(call: Call, ringing: Ringing, leg: Leg, cause: LegCause, reason?: string): Ringing | RingEnd {
  call.appendLog('leg_over', { to: leg.to, cause, ...(reason !== undefined && { reason }) });
  if (isRefusal(cause)) call.isRefused(reason ?? cause);
  const next = withLeg(ringing, { ...leg, stands: 'over', cause });
  if (ringing.bridgeId !== null) return leg.stands === 'talking' ? talkOver(call, ringing, ringing.bridgeId) : next;
  return next.legs.every(({ stands }) => stands === 'over') ? nobody(call, next.legs) : next;
}

/** The one who answered hung up: the caller is ours again. */
function talkOver(call: Call, ringing: Ringing, bridgeId: string): RingEnd {
  const { channelId } = call.state;
  call.talkEnds();
  stopRecording(call, ringing);
  call.request({ type: 'unbridge', bridgeId });
  renewLease(call, [channelId]);
  return { result: 'SUCCESS' };
}

/** Both have had their time. */
function talkTooLong(call: Call, ringing: Ringing, bridgeId: string): RingEnd {
  const end = talkOver(call, ringing, bridgeId);
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  return end;
}

/** Before its bridge is taken away, so that Asterisk tells of its end. */
function stopRecording(call: Call, { recordingId }: Ringing): void {
  if (recordingId !== undefined) call.request({ type: 'record_stop', recordingId });
}

function bridgeFailed(call: Call, ringing: Ringing): RingEnd {
  call.talkEnds();
  stopRinging(call, ringing);
  call.state.leashAt = call.at;
  return { result: 'NO_ANSWER' };
}

function noAnswer(call: Call, ringing: Ringing): RingEnd {
  for (const leg of ringing.legs) hangUpLeg(call, leg);
  return nobody(call, ringing.legs);
}

function nobody(call: Call, legs: Leg[]): RingEnd {
  call.request({ type: 'stop_ringing', channelId: call.state.channelId });
  const result = resultOf(legs.map(({ cause }) => cause));
  if (!legs.every(({ cause }) => cause !== null && isRefusal(cause))) call.isRefused(null);
  call.waitEnds();
  call.appendLog('unanswered', { result });
  call.setProvisionalResult(result);
  return { result, causes: legs.map(({ cause }) => cause) };
}

/** The dial policy, or one of its limits, did not allow it. */
export function isRefusal(cause: string): boolean {
  return cause === 'refused' || cause === 'limited';
}

/** What it is called when nobody of them answered, by how their legs ended. */
export function resultOf(causes: (string | null)[]): RingResult {
  const all = (...these: string[]) => causes.every((cause) => cause !== null && these.includes(cause));
  if (all('unregistered', 'unreachable', 'no_such_number')) return 'USER_NOT_REGISTERED';
  return all('busy', 'rejected') ? 'USER_BUSY' : 'NO_ANSWER';
}

function withLeg(ringing: Ringing, leg: Leg): Ringing {
  return { ...ringing, legs: ringing.legs.map((other) => (other.id === leg.id ? leg : other)) };
}
