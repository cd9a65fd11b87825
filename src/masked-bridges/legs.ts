import { failureOf as reasonOf, type LegCause } from '../telephony/leg-failure.js';
import { dialLeg, guardedSeconds, hangUpLeg } from '../telephony/leg.js';
import { leaseForTalk, renewLease } from '../telephony/lease.js';
import type { DialTarget } from '../telephony/telephony.js';
import type { BridgeStep } from './bridge-step.js';
import type { BridgeFailure, BridgeFailureDetail } from './port.js';
import type { BridgeFlowState, Leg, LegName } from './state.js';

/**
 * Dials a leg that stands by itself: nothing of the other one is in its making. The number is here and nowhere else; what is
 * shown to it is the line's.
 */
export function dial(step: BridgeStep, name: LegName): void {
  const { program, state } = step;
  const leg = step.leg(name);
  const { ringMs } = program[name];
  const dialEffect = dialLeg(step, {
    legId: leg.id,
    to: { number: state.phones[name] },
    line: program.line,
    callerId: null,
    originatorId: null,
    ringMs,
  });
  Object.assign(leg, { stands: 'dialling', dialEffect, since: step.at });
  state.deadline = step.at + ringMs;
  step.appendLog('dial', { to: whoIs(state, leg) });
}

export function markAnswered(step: BridgeStep, name: LegName): void {
  Object.assign(step.leg(name), { stands: 'up', known: true, since: step.at });
  step.state.deadline = null;
  step.appendLog('dial_answered', { to: whoIs(step.state, step.leg(name)) });
  renewLegLeases(step);
}

/** Renews the lease of every answered leg. */
export function renewLegLeases(step: BridgeStep): void {
  const answered = Object.values(step.state.legs).filter(({ stands }) => stands === 'up');
  renewLease(
    step,
    answered.map(({ id }) => id),
  );
}

/** Lets Asterisk end the talk by itself if we do not. */
export function leaseLegsForTalk(step: BridgeStep): void {
  const { a, b } = step.state.legs;
  leaseForTalk(step, [a.id, b.id], guardedSeconds(step.program.maxDurationMs));
}

/** Nothing happens to one that was never dialled, or is over. */
export function hangUp(step: BridgeStep, name: LegName): void {
  const leg = step.leg(name);
  hangUpLeg(step, leg);
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
