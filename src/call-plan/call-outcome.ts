import type { CallResult } from '../telephony/domain-events.js';
import { callAgentOf, type CallOutcome, type CallOutcomeName } from '../telephony/call-outcome.js';
import { companyParty } from './company-party.js';
import { tallyOf } from './tally.js';
import type { Tally } from './call-state.js';
import type { EndedBy, CallState } from './call-state.js';

/** The outcome of a call through a plan; undefined while the call is running. */
export function planCallOutcome(state: CallState): CallOutcome | undefined {
  const { endedAt, endedBy } = state;
  if (endedAt === null) return undefined;
  const tally = tallyOf(state);
  const name = nameOf(state, tally);
  const { queue, waitedMs, talkMs } = tally;
  const agent = tally.agent ?? companyParty(state);
  const reason = name === 'refused' ? tally.refusal : null;
  return { name, reason, queue, waitedMs, agent: agent && callAgentOf(agent), talkMs, endedAt, endedBy };
}

function nameOf({ talkedAt, endedBy, result }: CallState, { refusal }: Tally): CallOutcomeName {
  if (talkedAt !== null) return 'answered';
  if (endedBy !== null && FAULTS.has(endedBy)) return 'failed';
  if (result === null) return 'served';
  return refusal !== null && result !== 'REJECTED' ? 'refused' : OF_RESULT[result];
}

const FAULTS: ReadonlySet<EndedBy> = new Set(['asterisk', 'fallback', 'limit']);

const OF_RESULT: Record<CallResult, CallOutcomeName> = {
  SUCCESS: 'answered',
  NO_ANSWER: 'unanswered',
  USER_BUSY: 'busy',
  USER_NOT_REGISTERED: 'unreachable',
  ABANDONED: 'lost',
  REJECTED: 'rejected',
};
