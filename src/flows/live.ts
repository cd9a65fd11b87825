import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/** What somebody who watches a call sees of it beyond its summary, queues of Asterisk aside. */
export interface LiveCall {
  /** The caller's name as the network told it; often empty. */
  name: string;
  /** Of the last queue action that had one. */
  label: string | null;
  /** Who rings for the caller now. */
  rings: { who: DialTarget; since: Instant }[];
  /** With whom the caller is connected now. */
  talk: { who: DialTarget; since: Instant } | null;
}
