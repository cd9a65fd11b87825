import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { ListPointer } from '../program.js';
import type { Asking } from '../steps/asking.js';
import type { Queueing } from '../steps/queueing.js';
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

/**
 * One kind of action. `start` and `on` return either what the action now waits for, or how the plan goes on; an action
 * that has left has no timer, since timers are derived from what it waits for.
 */
export interface ActionModule<A, S, Next = S> {
  start(call: Call, action: A): Next | Transition;
  on(call: Call, action: A, state: S, event: PlanEvent): Next | Transition;
  timers(state: S): Record<string, Instant>;
  /** The question that the caller is asked now: digits are its answer. Null: they are kept for the next question. */
  asking(state: S): Asking | null;
  /** The caller is gone. What is returned is left to do (then `on` goes on being called); nothing: done. */
  gone(call: Call, action: A, state: S): S | undefined;
  /** The call is taken out of this action: what it plays and whom it rings or talks with ends. After a stay: Asterisk has given the caller back, or does not. */
  stop(call: Call, action: A, state: S): void;
  /** The stay in a queue of Asterisk: while there is one, leaving us is not the call's end. Default: never. */
  stay?: {
    of(state: S): Queueing | undefined;
    with(state: S, queueing: Queueing): S;
  };
  /** The call's own channel is in Asterisk's dialplan and comes back by itself. Default: only during a stay. */
  isOutside?: true;
  /**
   * The gateway was started again: numbers that the action gives to others go on beyond `counter`, which is higher than any
   * that they can have seen before.
   */
  resumed?(state: S, counter: number): S;
  /** Legs and playbacks that exist in Asterisk for it. */
  watched(state: S): { channels: string[]; playbacks: string[] };
}

const TRANSITIONS: ReadonlySet<string> = new Set<Transition['type']>(['next', 'enter', 'list', 'part', 'hang_up']);

export function isTransition(value: { type: string }): value is Transition {
  return TRANSITIONS.has(value.type);
}

/** Into `list` when the action has one, else on to the next action. */
export function enterOr(actions: unknown[] | undefined, list: ListPointer): Transition {
  return actions === undefined ? CONTINUE : { type: 'enter', list };
}
