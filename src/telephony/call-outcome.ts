import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/**
 * The outcome of a call:
 * - `answered`: an agent talked with the outside party;
 * - `served`: the plan handled the call alone, without ringing a target;
 * - `lost`: the outside party hung up while a target rang or while waiting in a queue;
 * - `unanswered`, `busy`, `unreachable`: no rung target answered, and why;
 * - `rejected`: the company ended the call before a talk;
 * - `refused`: the dial policy or one of its limits refused the number; `reason` has the details;
 * - `failed`: Asterisk or the gateway ended the call before a talk.
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

/** A target that was rung. Of a party of an order only the role is kept. */
export type CallAgent = { handset: string } | { number: string } | { party: 'client' | 'driver' };

export function callAgentOf(target: DialTarget): CallAgent {
  return 'party' in target ? { party: target.party } : target;
}

/** The outcome of an ended call, as stored for lists, searches and reports. */
export interface CallOutcome {
  name: CallOutcomeName;
  /** Why the number was refused, or details of the outcome. */
  reason: string | null;
  /** The last queue of the call. */
  queue: number | null;
  /** How long the outside party waited for an answer; null when no target was rung. */
  waitedMs: number | null;
  /**
   * The first agent that talked with the outside party. For a call that a handset made: that handset, even without an
   * answer.
   */
  agent: CallAgent | null;
  /** Sum of all talks; 0 when there was none. */
  talkMs: number;
  endedAt: Instant;
  endedBy: string | null;
}

/** The outcome of a call without a rung target. */
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
