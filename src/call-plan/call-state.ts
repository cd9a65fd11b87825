import type { CallResult, QueuePlace } from '../telephony/domain-events.js';
import type { CallRecording } from '../telephony/recording.js';
import type { DialTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { About, ListPointer } from './program.js';
import type { Action } from '../company/plan-schema.js';

/**
 * One call on its way through a plan. `phase`:
 * - `dialling`: we call somebody, who has not answered yet;
 * - `running`: an action waits for something;
 * - `hanging_up`: we asked Asterisk to hang up and wait until it has;
 * - `settling`: the caller is gone and the last action has something left to do;
 * - `over`.
 */
export interface CallState {
  flowId: string;
  channelId: string;
  /** E.164. */
  line: string;
  phase: 'dialling' | 'running' | 'hanging_up' | 'settling' | 'over';
  direction: 'incoming' | 'outgoing';
  /** Phase `dialling`: how far it has come. */
  dialling: Dialling | null;
  /** The handset for which we call somebody; null for other calls. */
  handset: string | null;
  /** Whom the company has to do with: who called, or whom we call. As Asterisk gave it; empty when withheld. */
  caller: { number: string; name: string };
  codec: string;
  startedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  endedBy: EndedBy | null;
  /** Of the last queue action that had one. */
  label: string | null;
  /** Where the caller waits for somebody to answer. */
  queue: QueuePlace | null;
  /** Who talks with the caller, or did last. */
  agent: DialTarget | null;
  /** When somebody first answered whom the caller was connected with. */
  talkedAt: Instant | null;
  /** Left out by calls that began before there was one. */
  tally?: Tally;
  /** What the call has come to if it ends now; null when nobody has been rung. */
  result: CallResult | null;
  /** Somebody of the company has ended the call: it stays so, whatever happens until its end. */
  rejected: boolean;
  /** The handset that has transferred the caller to a queue, until the caller is in it. */
  transferredBy?: { handset: string; queue: number } | undefined;
  /** Actions that start once the caller is back from a queue of Asterisk. */
  pendingRedirect: PendingRedirect | null;
  /** Actions that run in place of the plan's. */
  overridePlan: Action[];
  /** Recordings that the call has asked for. */
  recordings?: CallRecording[];
  /** What was played so that the caller knows of being recorded. */
  announced?: { prompt: number; heard: boolean }[];
  /** Number of the last domain event. */
  eventSeq: number;
  /** Innermost last. */
  callStack: Frame[];
  /** Digits that nobody has asked for yet. */
  typedAhead: string;
  /** When the last digit beyond an input's maximum came: the rest of that burst is not meant for the next question. */
  overflowAt: Instant | null;
  collected: Record<string, string>;
  /** Number of the last request of all hand-overs of the call. Missing before the first, and in calls that an earlier version stored. */
  handOverStep?: number;
  /** The dispatch's order that the call is about, once it is known. */
  about?: About;
  jumps: number;
  /** Number of the last effect. */
  effects: number;
  /** When Asterisk is next told that we are still there; null while the caller talks to somebody or is in a queue. */
  leashAt: Instant | null;
  /** Phase `hanging_up` ends at the latest then. */
  hangUpBy: Instant | null;
  /** The caller's channel is gone, and the call ends as soon as it is known whether a handset had answered in the queue. */
  pendingEnd?: PendingEnd | undefined;
}

interface Dialling {
  to: DialTarget;
  deadline: Instant;
  rang: boolean;
  /** Somebody else who is called at the same time: who answers first is the call. */
  rival?: { legId: string; to: DialTarget } | undefined;
}

interface PendingRedirect {
  actions: Action[];
  /** Asterisk has to have given the caller back by then. */
  by: Instant;
}

/**
 * `caller`: the outside party, also where we called it. `handset`: the person of the company who talked. `operator`: somebody of the company, from
 * outside the plan. `unanswered`: who was called did not answer. `party`: who was connected with the caller.
 */
export type EndedBy =
  'operator' | 'unanswered' | 'caller' | 'plan' | 'shop' | 'handset' | 'party' | 'asterisk' | 'fallback' | 'limit';

interface PendingEnd {
  by: EndedBy;
  /** For the timeline. */
  data: Record<string, unknown>;
  deadline: Instant;
}

interface Frame {
  list: ListPointer;
  index: number;
}

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
