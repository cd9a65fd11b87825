import type { DialTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { CallState } from './call-state.js';

/** What the outcome of a call is computed from; counted while the call goes on. */
export interface Tally {
  /** Since when somebody is rung or waited for; null while nobody is. */
  waitingSince: Instant | null;
  /** Finished waits together; null when nobody was rung yet. */
  waitedMs: number | null;
  /** Since when somebody talks with the outside party; null while nobody does. */
  talkingSince: Instant | null;
  /** Finished talks together. */
  talkMs: number;
  /** The queue that the call was in last. */
  queue: number | null;
  /** Who talked first with the outside party: not that party itself, where it is called. */
  agent: DialTarget | null;
  /** Why the dial policy did not allow the last number. */
  refusal: string | null;
}

/** A call that began before tallies were kept is counted from what its state still tells. */
export function tallyOf({ tally, talkedAt, agent, queue }: CallState): Tally {
  return (
    tally ?? {
      waitingSince: talkedAt === null ? (queue?.joinedAt ?? null) : null,
      waitedMs: null,
      talkingSince: talkedAt,
      talkMs: 0,
      queue: queue?.id ?? null,
      agent: talkedAt === null ? null : agent,
      refusal: null,
    }
  );
}

export function startWait(tally: Tally, at: Instant): void {
  tally.waitingSince ??= at;
  tally.refusal = null;
}

export function endWait(tally: Tally, at: Instant): void {
  if (tally.waitingSince === null) return;
  tally.waitedMs = (tally.waitedMs ?? 0) + at - tally.waitingSince;
  tally.waitingSince = null;
}

export function startTalk(tally: Tally, at: Instant, agent: DialTarget | null): void {
  endWait(tally, at);
  tally.talkingSince ??= at;
  tally.agent ??= agent;
}

export function endTalk(tally: Tally, at: Instant): void {
  if (tally.talkingSince === null) return;
  tally.talkMs += at - tally.talkingSince;
  tally.talkingSince = null;
}
