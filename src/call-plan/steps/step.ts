import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';

/** A machine either waits for its next event, or is done. */
export type Outcome<Waiting, Result> = { waiting: Waiting } | { done: Result };

/** A machine that waits for events on behalf of an action. How it starts is its own; see the modules. */
export interface StepModule<Waiting, Result> {
  /** Applies an event; one that does not concern the machine leaves it as it is. */
  reduce(call: Call, state: Waiting, event: PlanEvent): Outcome<Waiting, Result>;
  timers(state: Waiting): Record<string, Instant>;
  /** The call leaves the machine before it is done: ends what it plays and whom it rings. */
  stop(call: Call, state: Waiting): void;
  /** Legs and playbacks that exist in Asterisk for it. */
  watched(state: Waiting): WatchedByStep;
}

export interface WatchedByStep {
  channels: string[];
  playbacks: string[];
}

/** For machines that have nothing in Asterisk. */
export const NOTHING_WATCHED: WatchedByStep = { channels: [], playbacks: [] };
