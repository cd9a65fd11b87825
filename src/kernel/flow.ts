import type { Instant } from '../lib/clock.js';
import type { CallSnapshot } from '../telephony/call-snapshot.js';
import type { DomainEvent } from '../telephony/domain-events.js';
import type { CallOutcome } from '../telephony/call-outcome.js';
import type { CallRecording } from '../telephony/recording.js';

/**
 * A flow: whatever lives on a phone line, as a pure state machine. No clock, no socket, no promise inside: time comes
 * in with each event, and whatever is to be done goes out as data. See docs/architecture.md.
 *
 * @typeParam P the program: what the flow needs to know and never changes while it runs (a compiled call plan); stored once
 * @typeParam S the state: JSON, stored at every step
 * @typeParam N what it tells others
 */
export interface Flow<P, S, E extends FlowEvent, F extends Effect, N extends DomainEvent = DomainEvent> {
  readonly kind: string;
  begin(program: P, event: E): Step<S, F, N>;
  /** Total: an event that means nothing in this state returns the state unchanged and no effects. */
  step(program: P, state: S, event: E | RuntimeEvent): Step<S, F, N>;
  /** The instants at which the flow wants a `timer` event, by name: derived from the state, so that none is ever left behind. */
  timers(state: S): Record<string, Instant>;
  /** True when nothing can happen any more; no effect may come after it. */
  isOver(state: S): boolean;
  /** What a list of flows shows of this one. */
  summary(state: S): FlowSummary;
  /** Resources in Asterisk that a reconcile has to look at for this flow. */
  watched(state: S): WatchedResources;
}

export interface FlowEvent {
  type: string;
  at: Instant;
}

/** What the runtime itself tells every flow. */
export type RuntimeEvent =
  | { type: 'timer'; at: Instant; name: string }
  /**
   * The process was started again and has loaded this flow; nothing else is known yet. The stored state can be older than
   * what others have seen (the database could not be written before the crash), so no number or id that the flow gives from
   * now on may be one that it could have given before.
   */
  | { type: 'resumed'; at: Instant }
  /** An effect could not be carried out: what it was about is gone, or refused it. */
  | { type: 'effect_failed'; at: Instant; effectId: string; effect: string; reason: string }
  /** The gateway was away, cut off or uncertain: this is what exists now of what the flow watches. */
  | {
      type: 'reconciled';
      at: Instant;
      after: ReconcileCause;
      channels: Record<string, ChannelStatus>;
      playbacks: string[];
    };

/** `elsewhere`: Asterisk's dialplan has taken it back. What is not listed is gone. */
export type ChannelStatus = 'down' | 'ringing' | 'up' | 'elsewhere';

/** `stall`: one request stayed without an answer, or the gateway or Asterisk stood still for a while. */
export type ReconcileCause = 'gateway_restart' | 'link_lost' | 'asterisk_restart' | 'stall';

/** An effect is data; `id` is unique within the flow and derived from its step, so that the far end can recognise a repetition. */
export interface Effect {
  type: string;
  id: string;
}

/** An effect as it is asked for within a step, which gives it its id. */
export type EffectRequest<F extends Effect> = F extends unknown ? Omit<F, 'id'> : never;

export interface Step<S, F extends Effect, N extends DomainEvent = DomainEvent> {
  state: S;
  effects: F[];
  log: LogEntry[];
  /** What others are to be told; stored with the state. */
  news?: N[];
  /** Why the event was not obeyed, for whoever gave it and waits for the answer. */
  refusal?: Refusal;
}

/** Why the runtime refuses an event for a flow that has ended. */
export const OVER = 'over';

/** `why`: in the flow's own words, or {@link OVER}. `detail`: for people. */
export interface Refusal {
  why: string;
  detail: string;
}

/** One line of a flow's timeline. `data` may hold numbers and digits: readers without the right see them masked. */
export interface LogEntry {
  at: Instant;
  kind: string;
  data: Record<string, unknown>;
}

export interface FlowSummary {
  line: string;
  /** The outside party: who called, or whom we call. */
  caller: string;
  direction: 'incoming' | 'outgoing';
  startedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  endedBy: string | null;
  /** Where it stands, in words for people: `menu main`, `hand_over`. */
  at: string;
  /** What it has asked to be recorded, in the order of the talks. */
  recordings?: CallRecording[];
  /** Of a call that has ended. */
  outcome?: CallOutcome;
  /** Of a call that goes on. */
  live?: CallSnapshot;
}

export interface WatchedResources {
  channels: string[];
  playbacks: string[];
}

/** Separates the flow's id from the resource's own part in ids that we give to channels, playbacks and bridges. */
const RESOURCE_MARK = '~';

export function resourceId(flowId: string, part: string): string {
  return flowId + RESOURCE_MARK + part;
}

/** True for ids that a flow gave; those of callers' channels are Asterisk's. */
export function isOurs(id: string): boolean {
  return id.includes(RESOURCE_MARK);
}

/**
 * A counter for ids, moved beyond every value that it can have had before a crash: to the flow's age in milliseconds.
 * Two lives of the process are further apart than the counter advances in one of them.
 */
export function counterAfterCrash(counter: number, startedAt: Instant, at: Instant): number {
  return Math.max(counter, at - startedAt);
}

/** The flow that a channel, playback or bridge belongs to: named in the ids that we gave, derived from those that Asterisk gave. */
export function flowIdOf(id: string): string {
  const mark = id.indexOf(RESOURCE_MARK);
  return mark === -1 ? `c_${id}` : id.slice(0, mark);
}
