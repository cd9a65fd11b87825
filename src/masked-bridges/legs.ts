import { legFailureOf as reasonOf, type LegCause } from '../telephony/leg-failure.js';
import { dialLeg, guardedSeconds, hangUpLeg } from '../telephony/leg.js';
import { leaseForTalk, renewLeases } from '../telephony/lease.js';
import type { DialTarget } from '../telephony/telephony.js';
import type { BridgeStep } from './bridge-step.js';
import type { BridgeFailure, BridgeFailureDetail } from './port.js';
import type { BridgeFlowState, Leg, LegName } from './state.js';

/**
 * Dials a leg independently of the other one. Only this effect contains the number; the caller ID is the line's.
 */
export function dialParty(step: BridgeStep, name: LegName): void {
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
  step.appendLog('dial', { to: partyOf(state, leg) });
}

export function markPartyAnswered(step: BridgeStep, name: LegName): void {
  Object.assign(step.leg(name), { stands: 'up', known: true, since: step.at });
  step.state.deadline = null;
  step.appendLog('dial_answered', { to: partyOf(step.state, step.leg(name)) });
  renewLegLeases(step);
}

/** Renews the lease of every answered leg. */
export function renewLegLeases(step: BridgeStep): void {
  const answered = Object.values(step.state.legs).filter(({ stands }) => stands === 'up');
  renewLeases(
    step,
    answered.map(({ id }) => id),
  );
}

/** Gives both legs a lease for the talk: Asterisk ends the talk if the gateway does not. */
export function leaseLegsForTalk(step: BridgeStep): void {
  const { a, b } = step.state.legs;
  leaseForTalk(step, [a.id, b.id], guardedSeconds(step.program.maxDurationMs));
}

/** Hangs up a leg; does nothing if it was never dialled or is over. */
export function hangUpParty(step: BridgeStep, name: LegName): void {
  const leg = step.leg(name);
  hangUpLeg(step, leg);
  leg.stands = 'over';
}

/** The party of a leg, without its number. */
export function partyOf({ standing }: BridgeFlowState, { role }: Leg): DialTarget {
  return { party: role, order: standing.orderId };
}

const DETAILS: Partial<Record<LegCause, BridgeFailureDetail>> = {
  refused: 'refused',
  limited: 'refused',
  unknown: 'unknown_outcome',
  provider_refused: 'provider_refused',
  no_such_number: 'no_such_number',
};

/** Why a leg has failed, from the cause of its end. */
export function bridgeFailureOf(cause: LegCause): {
  reason: Exclude<BridgeFailure, 'canceled'>;
  detail: BridgeFailureDetail | null;
} {
  const failure = reasonOf(cause);
  return { reason: failure === 'unknown' ? 'unreachable' : failure, detail: DETAILS[cause] ?? null };
}
