import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { ListPointer } from '../program.js';
import type { Asking } from '../steps/asking.js';
import type { Queueing } from '../steps/queueing.js';
import type { Outcome, WatchedByStep } from '../steps/step.js';
import type { PlanEvent } from '../event.js';
import type { EndedBy } from '../call-state.js';

/** How the plan goes on when an action is done. */
export type Transition =
  | { type: 'next' }
  /** Into the list of actions below this one, e.g. `menu/keys/9`; afterwards to the next action. */
  | { type: 'enter'; list: ListPointer }
  /** Into a list that stands somewhere else; afterwards to the next action. */
  | { type: 'list'; list: ListPointer }
  | { type: 'part'; part: string }
  | { type: 'hang_up'; by: EndedBy; cause: 'normal' | 'busy' | 'congestion' };

export const CONTINUE: Transition = { type: 'next' };

/** The action waits in a state, or is done and the plan goes on. */
export type ActionOutcome<S> = Outcome<S, Transition>;

/** One kind of action. An action that is done has no timer, since timers are derived from the state in which it waits. */
export interface ActionModule<A, S, Next = S> {
  start(call: Call, action: A): ActionOutcome<Next>;
  on(call: Call, action: A, state: S, event: PlanEvent): ActionOutcome<Next>;
  timers(state: S): Record<string, Instant>;
  /** The question that the caller is asked now: digits are its answer. Null: they are kept for the next question. */
  asking(state: S): Asking | null;
  /** The caller is gone. @returns the state in which the action finishes (`on` goes on being called); undefined: it is done */
  gone(call: Call, action: A, state: S): S | undefined;
  /** The call leaves the action: ends its playbacks and legs. A visit to a queue must be over, or given up. */
  stop(call: Call, action: A, state: S): void;
  /** The visit to a queue of Asterisk: during one, leaving the application is not the call's end. Default: never. */
  stay?: {
    of(state: S): Queueing | undefined;
    with(state: S, queueing: Queueing): S;
  };
  /** The call's own channel is in Asterisk's dialplan and comes back by itself. Default: only during a visit to a queue. */
  isOutside?: true;
  /**
   * The gateway was started again: numbers that the action gives to others must go on beyond `counter`, which is higher
   * than any that they can have seen.
   */
  resumed?(state: S, counter: number): S;
  /** Legs and playbacks that exist in Asterisk for it. */
  watched(state: S): WatchedByStep;
}

/** Into `list` when the action has one, else on to the next action. */
export function enterOr(actions: unknown[] | undefined, list: ListPointer): Transition {
  return actions === undefined ? CONTINUE : { type: 'enter', list };
}
