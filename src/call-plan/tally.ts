import type { DialTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { CallState, Tally } from './call-state.js';

/** The call's tally; for a call of an earlier version it is derived from the rest of the state. */
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
