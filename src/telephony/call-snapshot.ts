import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/**
 * The current state of a call for the monitor, beyond its summary and without Asterisk's queues. Stored with the
 * summary.
 */
export interface CallSnapshot {
  /** The caller's name as received from the network; often empty. */
  name: string;
  /** Handset label of the last queue action that had one. */
  label: string | null;
  /** The handset or phone that makes the call; null for incoming and automatic calls. */
  from: DialTarget | null;
  /** The targets that ring now. */
  rings: { who: DialTarget; since: Instant }[];
  /** The agent that talks with the outside party now. */
  talk: { who: DialTarget; since: Instant } | null;
}
