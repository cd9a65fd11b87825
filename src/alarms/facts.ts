import type { TrunkProblem } from '../directory/trunk-problem.js';
import type { Instant } from '../lib/clock.js';

/** What the rules judge. Undefined: not known now, so alarms about it stay as they are. */
export interface Facts {
  trunks: readonly TrunkFact[] | undefined;
  queues: readonly QueueFact[] | undefined;
  /** How many of the company's handsets can be rung. Read by metrics only. */
  handsets: HandsetFact | undefined;
  /** Those that were called since the start. */
  shops: readonly ShopFact[];
  deliveries: readonly { receiver: string; waiting: number; oldestAt: Instant }[] | undefined;
  disk: { freeBytes: number; totalBytes: number } | undefined;
  backups: BackupFact | undefined;
  dials: { open: number; maxOpen: number; today: number; maxToday: number } | undefined;
  /** The limits of a day of handsets and people. */
  ownDials: readonly OwnDialFact[] | undefined;
  /** Failed logins within {@link Windows}, by address. */
  failedLogins: readonly { address: string; attempts: number }[] | undefined;
  /** Addresses banned for guessing within {@link Windows}, by where they guessed. */
  bans: readonly { source: string; addresses: number }[] | undefined;
  certificates: readonly CertificateFact[];
  /** The checks of `/readyz` whose result is known. */
  checks: readonly { check: string; problem: string | undefined; remedy: string }[];
  /** Refused calls within {@link Windows}, by reason. */
  refused: readonly { reason: string; calls: number }[] | undefined;
}

export interface TrunkFact {
  trunk: string;
  problem: TrunkProblem | undefined;
}

export interface QueueFact {
  queue: string;
  waiting: number;
  /** When the one who waits longest joined; null when nobody waits. */
  longestSince: Instant | null;
  /** Handsets that are logged in to the queue and registered. */
  registered: number;
}

/** Numbers of handsets, by what Asterisk knows of their phones. */
export interface HandsetFact {
  /** With a phone that Asterisk reaches, or has not asked yet. */
  registered: number;
  /** With phones that do not answer Asterisk. */
  unreachable: number;
  notRegistered: number;
}

/** The requests of hand-overs to one address. */
export interface ShopFact {
  shop: string;
  /** The first failure since the last success; null when the last one succeeded. */
  failingSince: Instant | null;
  failures: number;
  problem: string;
}

interface OwnDialFact {
  of: 'handset' | 'operator';
  /** Unique. */
  whose: string;
  today: number;
  maxToday: number;
}

/** Certificates whose state is known. `problem`: in English. */
export interface CertificateFact {
  service: 'https' | 'sip';
  expiresAt: Instant | undefined;
  problem: string | undefined;
}

interface BackupFact {
  /** Whether backups are made daily. */
  isScheduled: boolean;
  succeededAt: Instant | null;
  problem: string | null;
  /** A gateway that has just been set up has no backup yet. */
  runsSince: Instant;
}
