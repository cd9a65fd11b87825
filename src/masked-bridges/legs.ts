import { failureOf as reasonOf, type LegCause } from '../telephony/leg-failure.js';
import type { DialTarget } from '../telephony/telephony.js';
import type { BridgeStep } from './bridge-step.js';
import type { BridgeFailure, BridgeFailureDetail } from './port.js';
import type { BridgeFlowState, Leg, LegName } from './state.js';

/** Asterisk's own limit on a dialled leg is this much longer than ours, so that ours decides. */
const GUARD_S = 10;
/** For how long Asterisk lets a leg live that hears nothing from us. */
const LEASH_S = 60;
const LEASH_EVERY_MS = 20_000;

/**
 * Dials a leg that stands by itself: nothing of the other one is in its making. The number is here and nowhere else; what is
 * shown to it is the line's.
 */
export function dial(step: BridgeStep, name: LegName): void {
  const { program, state } = step;
  const leg = step.leg(name);
  const { ringMs } = program[name];
  const dialEffect = step.request({
    type: 'dial',
    legId: leg.id,
    to: { number: state.phones[name] },
    line: program.line,
    callerId: null,
    originatorId: null,
    timeoutS: Math.ceil(ringMs / 1000) + GUARD_S,
  });
  Object.assign(leg, { stands: 'dialling', dialEffect, since: step.at });
  state.deadline = step.at + ringMs;
  step.appendLog('dial', { to: whoIs(state, leg) });
}

export function isUp(step: BridgeStep, name: LegName): void {
  Object.assign(step.leg(name), { stands: 'up', known: true, since: step.at });
  step.state.deadline = null;
  step.appendLog('dial_answered', { to: whoIs(step.state, step.leg(name)) });
  renewLeash(step);
}

/** Those who have answered are told to Asterisk to be wanted still. */
export function renewLeash(step: BridgeStep): void {
  for (const { id, stands } of Object.values(step.state.legs))
    if (stands === 'up') step.request({ type: 'leash', channelId: id, seconds: LEASH_S });
  step.state.leashAt = step.at + LEASH_EVERY_MS;
}

/** Asterisk ends the talk by itself if we do not. */
export function leashForTalk(step: BridgeStep): void {
  const seconds = Math.ceil(step.program.maxDurationMs / 1000) + GUARD_S;
  for (const { id } of Object.values(step.state.legs)) step.request({ type: 'leash', channelId: id, seconds });
  step.state.leashAt = null;
}

/** Nothing happens to one that was never dialled, or is over. */
export function hangUp(step: BridgeStep, name: LegName): void {
  const leg = step.leg(name);
  if (leg.stands !== 'idle' && leg.stands !== 'over')
    step.request({ type: 'hang_up', channelId: leg.id, cause: 'normal' });
  leg.stands = 'over';
}

/** Who is at the other end of a leg, without the number. */
export function whoIs({ standing }: BridgeFlowState, { role }: Leg): DialTarget {
  return { party: role, order: standing.orderId };
}

const DETAILS: Partial<Record<LegCause, BridgeFailureDetail>> = {
  refused: 'refused',
  limited: 'refused',
  unknown: 'unknown_outcome',
  provider_refused: 'provider_refused',
  no_such_number: 'no_such_number',
};

/** Why a leg that was not answered has failed. */
export function failureOf(cause: LegCause): {
  reason: Exclude<BridgeFailure, 'canceled'>;
  detail: BridgeFailureDetail | null;
} {
  const failure = reasonOf(cause);
  return { reason: failure === 'unknown' ? 'unreachable' : failure, detail: DETAILS[cause] ?? null };
}
