import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/**
 * How a call ended, in one word:
 * - `answered`: somebody talked with the outside party;
 * - `served`: the plan handled the call by itself, nobody was rung;
 * - `lost`: the outside party hung up while somebody was rung or while waiting in a queue;
 * - `unanswered`, `busy`, `unreachable`: nobody of those who were rung answered, and why;
 * - `rejected`: somebody of the company ended the call before anybody talked;
 * - `refused`: the dial policy or one of its limits did not allow the number; `reason` tells which;
 * - `failed`: Asterisk or the gateway ended the call before anybody talked.
 */
export const callOutcomes = [
  'answered',
  'served',
  'lost',
  'unanswered',
  'busy',
  'unreachable',
  'rejected',
  'refused',
  'failed',
] as const;
export type CallOutcomeName = (typeof callOutcomes)[number];

/** Somebody who was rung. Of an order only the role is kept. */
export type CallAgent = { handset: string } | { number: string } | { party: 'client' | 'driver' };

export function agentOf(target: DialTarget): CallAgent {
  return 'party' in target ? { party: target.party } : target;
}

/** The result of a call that has ended, as it is stored for lists, searches and reports. */
export interface CallOutcome {
  name: CallOutcomeName;
  /** Why a number was not allowed, or what the name alone does not tell. */
  reason: string | null;
  /** The queue that the call was in last. */
  queue: number | null;
  /** For how long the outside party waited for somebody to answer; null when nobody was rung. */
  waitedMs: number | null;
  /** Who talked first with the outside party; of a call that somebody of the company made: who made it, also when nobody answered. */
  agent: CallAgent | null;
  /** All talks together; 0 when nobody answered. */
  talkMs: number;
  endedAt: Instant;
  endedBy: string | null;
}

/** The outcome of a call that nobody was rung for. */
export function servedOutcome(endedAt: Instant, endedBy: string | null): CallOutcome {
  return {
    name: 'served',
    reason: null,
    queue: null,
    waitedMs: null,
    agent: null,
    talkMs: 0,
    endedAt,
    endedBy,
  };
}
