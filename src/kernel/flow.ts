import type { Instant } from '../lib/clock.js';
import type { CallSnapshot } from '../telephony/call-snapshot.js';
import type { DomainEvent } from '../telephony/domain-events.js';
import type { CallOutcome } from '../telephony/call-outcome.js';
import type { CallRecording } from '../telephony/recording.js';
import type { FlowEvent, RuntimeEvent, Effect } from './event.js';

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

/**
 * A counter for ids, moved beyond every value that it can have had before a crash: to the flow's age in milliseconds.
 * Two lives of the process are further apart than the counter advances in one of them.
 */
export function counterAfterCrash(counter: number, startedAt: Instant, at: Instant): number {
  return Math.max(counter, at - startedAt);
}
