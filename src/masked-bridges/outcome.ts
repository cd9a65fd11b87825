import type { CallOutcome, CallOutcomeName } from '../telephony/call-outcome.js';
import type { BridgeFailure, BridgeStatus } from './port.js';
import type { BridgeFlowState } from './state.js';

/** The outcome of a bridge as a call: A waits, B is the agent. Undefined while the bridge is running. */
export function bridgeOutcome(state: BridgeFlowState): CallOutcome | undefined {
  const { standing, legs } = state;
  const { bridgedAt, endedAt, failed } = standing;
  if (endedAt === null) return undefined;
  const hasAAnswered = bridgedAt !== null || failed?.leg === 'b' || state.leftBy === 'a';
  return {
    name: bridgedAt !== null ? 'answered' : outcomeName(state),
    reason: failed?.detail ?? (failed?.reason === 'rejected' ? 'rejected' : null),
    queue: null,
    waitedMs: hasAAnswered ? (bridgedAt ?? endedAt) - legs.a.since : null,
    agent: bridgedAt === null ? null : { party: legs.b.role },
    talkMs: bridgedAt === null ? 0 : endedAt - bridgedAt,
    endedAt,
    endedBy: endedByOf(state),
  };
}

function outcomeName({ standing: { failed }, leftBy }: BridgeFlowState): CallOutcomeName {
  if (failed === null || failed.detail === 'asterisk_restart' || failed.detail === 'unknown_outcome') return 'failed';
  if (failed.detail === 'refused') return 'refused';
  if (failed.reason === 'canceled') return leftBy === 'a' ? 'lost' : 'rejected';
  return OF_FAILURE[failed.reason];
}

const OF_FAILURE: Record<Exclude<BridgeFailure, 'canceled'>, CallOutcomeName> = {
  busy: 'busy',
  rejected: 'busy',
  no_answer: 'unanswered',
  unreachable: 'unreachable',
};

function endedByOf({ standing: { endedBy, failed }, leftBy }: BridgeFlowState): string {
  if (endedBy !== null) return endedBy === 'canceled' ? 'operator' : (endedBy satisfies BridgeStatus['endedBy']);
  if (failed?.reason === 'canceled') return leftBy ?? 'operator';
  return failed?.detail === 'asterisk_restart' ? 'asterisk' : 'unanswered';
}
