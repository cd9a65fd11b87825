import type { Instant } from '../lib/clock.js';
import type { AlarmRule } from './schema.js';

/** Values for the text of an alarm, such as `{ waiting: 3 }`. Neither phone numbers of people nor secrets. */
export type AlarmDetail = Readonly<Record<string, string | number>>;

/** Something that is wrong now. */
export interface Reading {
  /** What it is about, such as the name of a trunk; empty when the rule is about one thing only. */
  subject: string;
  detail: AlarmDetail;
}

/** What a rule sees now. */
export interface RuleReading {
  bad: readonly Reading[];
  /** Whether a subject that is not bad is known to be well. Otherwise its alarm stays as it is. */
  isGood: (subject: string) => boolean;
}

export type Readings = Readonly<Record<AlarmRule, RuleReading>>;

/**
 * An alarm from the first moment of its condition to its end. It waits (`firedAt` null) until the condition has lasted as long as the
 * settings of its rule say.
 */
export interface Alarm {
  id: number;
  rule: AlarmRule;
  subject: string;
  detail: AlarmDetail;
  begunAt: Instant;
  firedAt: Instant | null;
  /** Since when the condition has ceased; null while it holds. */
  goodSince: Instant | null;
  resolvedAt: Instant | null;
  /** When the receivers got it; null while it is silenced. */
  sentAt: Instant | null;
  acknowledged: { at: Instant; by: string } | null;
}

/** No messages about an alarm for a time. */
export interface Silence {
  id: number;
  rule: AlarmRule;
  /** Null: every subject of the rule. */
  subject: string | null;
  until: Instant;
  reason: string;
  by: string;
  at: Instant;
}

/** What receivers are told about an alarm. */
export type AlarmNews = 'fired' | 'resolved';
