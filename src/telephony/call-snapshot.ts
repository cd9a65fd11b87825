import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/**
 * An attended transfer. `ringing`: the target rings for the operator; `consulting`: they talk, and the outside party hears music;
 * `swapped`: the operator talks with the outside party, and the target hears music; `conference`: all three hear each other.
 */
interface TransferSnapshot {
  /** The operator's handset. */
  by: string;
  to: DialTarget;
  state: 'ringing' | 'consulting' | 'swapped' | 'conference';
}

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
  /** The outside party is parked: in which place, by which handset, and since when. */
  parked?: { place: number; by: string; since: Instant } | undefined;
  /** A handset asks a target before it transfers the call. Missing in snapshots that an earlier version stored. */
  transfer?: TransferSnapshot | undefined;
}
