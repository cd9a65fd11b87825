import type { Call } from '../call.js';
import { input, type InputResult, type InputState } from '../steps/input.js';
import type { Outcome } from '../steps/step.js';
import type { ActionModule, ActionOutcome } from './action.js';

export interface QuestionState {
  asking: InputState;
  /** Remaining repetitions of the question. */
  left: number;
}

/**
 * The outcome of an action that asks for input: it waits in the state `withInput` while the input goes on, then
 * `answered` decides. Digits typed ahead can answer an input at its start.
 */
export function inputOutcome<S>(
  outcome: Outcome<InputState, InputResult>,
  withInput: (asking: InputState) => S,
  answered: (result: InputResult) => ActionOutcome<S>,
): ActionOutcome<S> {
  return 'done' in outcome ? answered(outcome.done) : { waiting: withInput(outcome.waiting) };
}

/** An action that consists of one question, repeated until it is answered or given up. */
export function question<A, S extends QuestionState>(parts: {
  start(call: Call, action: A): ActionOutcome<S>;
  answered(call: Call, action: A, left: number, asked: InputResult): ActionOutcome<S>;
}): ActionModule<A, S> {
  return {
    start: (call, action) => parts.start(call, action),
    on(call, action, state, event) {
      return inputOutcome(
        input.reduce(call, state.asking, event),
        (asking) => ({ ...state, asking }),
        (result) => parts.answered(call, action, state.left, result),
      );
    },
    timers: ({ asking }) => input.timers(asking),
    openInput: ({ asking }) => asking,
    onCallerGone: () => undefined,
    stop: (call, _action, { asking }) => input.stop(call, asking),
    watched: ({ asking }) => input.watched(asking),
  };
}
