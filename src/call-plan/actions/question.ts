import type { Call } from '../call.js';
import { input, type InputResult, type InputState } from '../steps/input.js';
import type { ActionModule, ActionOutcome } from './action.js';

export interface QuestionState {
  asking: InputState;
  /** Remaining repetitions of the question. */
  left: number;
}

/** An action that consists of one question, repeated until it is answered or given up. */
export function question<A, S extends QuestionState>(parts: {
  start(call: Call, action: A): ActionOutcome<S>;
  answered(call: Call, action: A, left: number, asked: InputResult): ActionOutcome<S>;
}): ActionModule<A, S> {
  return {
    start: (call, action) => parts.start(call, action),
    on(call, action, state, event) {
      const outcome = input.reduce(call, state.asking, event);
      return 'done' in outcome
        ? parts.answered(call, action, state.left, outcome.done)
        : { waiting: { ...state, asking: outcome.waiting } };
    },
    timers: ({ asking }) => input.timers(asking),
    openInput: ({ asking }) => asking,
    onCallerGone: () => undefined,
    stop: (call, _action, { asking }) => input.stop(call, asking),
    watched: ({ asking }) => input.watched(asking),
  };
}
