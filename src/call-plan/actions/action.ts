import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { ListPointer } from '../program.js';
import type { InputState } from '../steps/input.js';
import type { QueueVisitState } from '../steps/queue-visit.js';
import type { Outcome, WatchedByStep } from '../steps/step.js';
import type { PlanEvent } from '../event.js';
import type { EndedBy } from '../call-state.js';

/** How the plan continues when an action is done. */
export type Transition =
  | { type: 'next' }
  /** Into the list of actions below this one, e.g. `menu/keys/9`; afterwards to the next action. */
  | { type: 'enter'; list: ListPointer }
  /** Into a list elsewhere in the program; afterwards to the next action. */
  | { type: 'list'; list: ListPointer }
  | { type: 'part'; part: string }
  /** The company's side has ended the talk: into the actions after it, if the plan has some; else the call ends. */
  | { type: 'talk_over'; by: EndedBy }
  | { type: 'hang_up'; by: EndedBy; cause: 'normal' | 'busy' | 'congestion' };

export const CONTINUE: Transition = { type: 'next' };

/** The action waits in a state, or is done and the plan continues. */
export type ActionOutcome<S> = Outcome<S, Transition>;

/**
 * One kind of action. An action that is done has no timer, since timers are derived from the state in which it waits.
 */
export interface ActionModule<A, S, Next = S> {
  start(call: Call, action: A): ActionOutcome<Next>;
  on(call: Call, action: A, state: S, event: PlanEvent): ActionOutcome<Next>;
  timers(state: S): Record<string, Instant>;
  /** The input that takes digits now. Null: digits are kept for the next input. */
  openInput(state: S): InputState | null;
  /**
   * The caller has hung up. @returns the state in which the action finishes (`on` is still called); undefined: it is
   * done
   */
  onCallerGone(call: Call, action: A, state: S): S | undefined;
  /** Ends the action's playbacks and legs because the call leaves it. A visit to a queue must be over, or given up. */
  stop(call: Call, action: A, state: S): void;
  /**
   * The visit to an Asterisk queue. During a visit, leaving the application does not end the call. Default: no visits.
   */
  queueVisit?: {
    of(state: S): QueueVisitState | undefined;
    with(state: S, queueing: QueueVisitState): S;
  };
  /**
   * The call's own channel is in Asterisk's dialplan and returns automatically. Default: only during a visit to a
   * queue.
   */
  isOutside?: true;
  /**
   * The gateway was restarted: numbers that the action sends to other systems must continue above `counter`, which is
higher than any number sent before the restart.
   */
  onResumed?(state: S, counter: number): S;
  /** The action's legs and playbacks in Asterisk. */
  watched(state: S): WatchedByStep;
}

/** Into `list` when the action has one, else on to the next action. */
export function enterOr(actions: unknown[] | undefined, list: ListPointer): Transition {
  return actions === undefined ? CONTINUE : { type: 'enter', list };
}
