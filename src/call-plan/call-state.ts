import type { FailoverState } from '../telephony/leg-failover.js';
import type { CallResult, QueuePlace } from '../telephony/domain-events.js';
import type { CallRecording } from '../telephony/recording.js';
import type { DialTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { HandsetTransfer } from './handset-transfer/state.js';
import type { About, ListPointer } from './program.js';
import type { Action } from '../company/plan-schema.js';

/**
 * One call on its way through a plan. `phase`:
 * - `dialling`: the gateway calls a party that has not answered yet;
 * - `running`: an action waits for something;
 * - `hanging_up`: Asterisk was requested to hang up and has not done so yet;
 * - `settling`: the caller is gone and the last action still has work to finish;
 * - `over`.
 */
export interface CallState extends FailoverState {
  flowId: string;
  channelId: string;
  /** E.164. */
  line: string;
  phase: 'dialling' | 'running' | 'hanging_up' | 'settling' | 'over';
  direction: 'incoming' | 'outgoing';
  /** Set in phase `dialling`. */
  dialling: Dialling | null;
  /** The handset that makes this outgoing call; null for other calls. */
  handset: string | null;
  /**
   * The outside party: the caller, or the party that the company calls. As received from Asterisk; empty when
   * withheld.
   */
  caller: { number: string; name: string };
  codec: string;
  startedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  endedBy: EndedBy | null;
  /** Handset label of the last queue action that had one. */
  label: string | null;
  /** The queue in which the caller waits. */
  queue: QueuePlace | null;
  /** The agent that talks with the caller, or talked last. */
  agent: DialTarget | null;
  /** When an agent first answered and was connected with the caller. */
  talkedAt: Instant | null;
  /** Missing in calls that an earlier version stored. */
  tally?: Tally;
  /** Result of the call if it ended now; null when no target was rung. */
  result: CallResult | null;
  /** An operator has ended the call: the result can no longer change. */
  rejected: boolean;
  /** The handset that transferred the caller to a queue; cleared when the caller enters it. */
  transferredBy?: { handset: string; queue: number } | undefined;
  /** The handset for which numbers are called since it transferred the caller; its limits hold. */
  dialsFor?: string | undefined;
  /** A handset transfers the outside party by a code. */
  handsetTransfer?: HandsetTransfer | undefined;
  /** The beginning of a code that the handset in the talk has pressed. */
  codeInput?: { digits: string; at: Instant } | undefined;
  /** The call's own channel hears music on hold. */
  hearsMusic?: true | undefined;
  /** Where the plan continues when the last talk has ended: see after-talk.ts. */
  afterTalk?: { callStack: Frame[]; overridePlan: Action[] } | undefined;
  /** Actions that start once the caller has returned from an Asterisk queue. */
  pendingRedirect: PendingRedirect | null;
  /** Actions that run in place of the plan's. */
  overridePlan: Action[];
  /** Recordings that the call has requested. */
  recordings?: CallRecording[];
  /** Recording announcements that were played; `heard`: to the end. */
  announced?: { prompt: number; heard: boolean }[];
  /** Number of the last domain event. */
  eventSeq: number;
  /** Innermost last. */
  callStack: Frame[];
  /** Digits typed before an input asked for them. */
  typedAhead: string;
  /**
   * When the last digit beyond an input's maximum arrived: the rest of that burst is not an answer to the next input.
   */
  overflowAt: Instant | null;
  collected: Record<string, string>;
  /**
   * Number of the last request of all hand-overs of the call. Missing before the first, and in calls that an earlier
   * version stored.
   */
  handOverStep?: number;
  /** The order that the call is about, once it is known. */
  about?: About | undefined;
  jumps: number;
  /** Number of the last effect. */
  effects: number;
  /** When the lease is renewed next; null during a talk and in a queue. */
  leashAt: Instant | null;
  /** Deadline of phase `hanging_up`. */
  hangUpBy: Instant | null;
  /** The caller's channel is gone; the call ends once the queue has reported whether a handset had answered. */
  pendingEnd?: PendingEnd | undefined;
}

interface Dialling {
  to: DialTarget;
  deadline: Instant;
  rang: boolean;
  /** A second target that rings at the same time; the first to answer takes the call. */
  rival?: { legId: string; to: DialTarget } | undefined;
}

interface PendingRedirect {
  actions: Action[];
  /** Deadline for Asterisk to return the caller. */
  by: Instant;
}

/**
 * `caller`: the outside party, also when the company called it. `handset`: the handset in the talk. `operator`: an
 * operator or
API client, from outside the plan. `unanswered`: the called party did not answer. `party`: the other party of the order.
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

/** Counters for the outcome of a call, updated while it is running. */
export interface Tally {
  /** Start of the current wait (ringing or queue); null when there is none. */
  waitingSince: Instant | null;
  /** Sum of the finished waits; null when there was none. */
  waitedMs: number | null;
  /** Start of the current talk; null when there is none. */
  talkingSince: Instant | null;
  /** Sum of the finished talks. */
  talkMs: number;
  /** The last queue of the call. */
  queue: number | null;
  /** The first agent that talked with the outside party; never the outside party itself. */
  agent: DialTarget | null;
  /** Why the dial policy refused the last number. */
  refusal: string | null;
}
