import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/** What somebody who watches a call sees of it beyond its summary, queues of Asterisk aside. */
export interface CallSnapshot {
  /** The caller's name as the network told it; often empty. */
  name: string;
  /** Of the last queue action that had one. */
  label: string | null;
  /** Who of the company makes the call; null for calls that come in, or that nobody makes by hand. */
  from: DialTarget | null;
  /** Who is rung now. */
  rings: { who: DialTarget; since: Instant }[];
  /** Who is connected with the outside party now. */
  talk: { who: DialTarget; since: Instant } | null;
}
