import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';

/** A step either waits for its next event, or is done. */
export type Outcome<Waiting, Result> = { waiting: Waiting } | { done: Result };

/** A state machine that waits for events on behalf of an action. Each module has its own `start`. */
export interface StepModule<Waiting, Result> {
  /** Applies an event; an unrelated event leaves the state unchanged. */
  reduce(call: Call, state: Waiting, event: PlanEvent): Outcome<Waiting, Result>;
  timers(state: Waiting): Record<string, Instant>;
  /** Ends the step's playbacks and legs because the call leaves it before it is done. */
  stop(call: Call, state: Waiting): void;
  /** The step's legs and playbacks in Asterisk. */
  watched(state: Waiting): WatchedByStep;
}

export interface WatchedByStep {
  channels: string[];
  playbacks: string[];
}

/** For steps without resources in Asterisk. */
export const NOTHING_WATCHED: WatchedByStep = { channels: [], playbacks: [] };
