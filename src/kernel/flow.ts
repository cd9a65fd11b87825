import type { Instant } from '../lib/clock.js';
import type { CallSnapshot } from '../telephony/call-snapshot.js';
import type { DomainEvent } from '../telephony/domain-events.js';
import type { CallOutcome } from '../telephony/call-outcome.js';
import type { CallRecording } from '../telephony/recording.js';
import type { FlowEvent, RuntimeEvent, Effect } from './event.js';

/**
 * A flow: a call, masked bridge or feature code as a pure state machine, without clock, socket or promise. Each event
 * carries the time, and effects are returned as data. See docs/architecture.md.
 *
 * @typeParam P the program: what the flow needs to know (a compiled call plan); stored once. Only a step may replace it
 * @typeParam S the state: JSON, stored at every step
 * @typeParam N its domain events
 */
export interface Flow<P, S, E extends FlowEvent, F extends Effect, N extends DomainEvent = DomainEvent> {
  readonly kind: string;
  begin(program: P, event: E): Step<S, F, N>;
  /** Total: an event without meaning in this state returns the state unchanged and no effects. */
  step(program: P, state: S, event: E | RuntimeEvent): Step<S, F, N>;
  /** When the flow wants `timer` events, by name. Derived from the state, so that no timer is left behind. */
  timers(state: S): Record<string, Instant>;
  /** True when nothing can happen any more; no effect may come after it. */
  isOver(state: S): boolean;
  /** What a list of flows shows of this one. */
  summary(state: S): FlowSummary;
  /** Resources in Asterisk that a reconcile has to look at for this flow. */
  watched(state: S): WatchedResources;
}

export interface Step<S, F extends Effect, N extends DomainEvent = DomainEvent> {
  state: S;
  effects: F[];
  log: LogEntry[];
  /** Domain events; stored with the state. */
  news?: N[];
  /** Why the event was refused, for the sender that waits for the outcome. */
  refusal?: Refusal | undefined;
  /** The program from the next step on, in place of the present one; stored with the state. Must not be changed afterwards. */
  program?: unknown;
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
  /** The outside party: the caller, or the called number. */
  caller: string;
  direction: 'incoming' | 'outgoing';
  startedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  endedBy: string | null;
  /** Current action or phase, for people: `menu`, `hand_over`, `dialling`. */
  at: string;
  /** Id of the order that the call is about, once it is known. */
  order?: string | undefined;
  /** Requested recordings, in the order of the talks. */
  recordings?: CallRecording[] | undefined;
  /** Of a call that has ended. */
  outcome?: CallOutcome | undefined;
  /** Of a running call. */
  live?: CallSnapshot | undefined;
}

export interface WatchedResources {
  channels: string[];
  playbacks: string[];
}

/**
 * A counter for ids, moved beyond every value that it can have had before a crash: to the flow's age in milliseconds.
 * Two lives of the process are further apart than the counter advances in one of them.
 */
export function counterAfterCrash(counter: number, startedAt: Instant, at: Instant): number {
  return Math.max(counter, at - startedAt);
}
