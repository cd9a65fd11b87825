import type { Call } from '../call.js';
import { askingOn, askingTimers, isAsked, type Asked, type Asking } from '../steps/asking.js';
import { stopPlaying } from '../steps/playing.js';
import type { ActionModule, Transition } from './action.js';

export interface QuestionState {
  asking: Asking;
  /** How many times more the question may be asked. */
  left: number;
}

/** An action that is one question, asked again until it is answered or given up. */
export function question<A, S extends QuestionState>(parts: {
  start(call: Call, action: A): S | Transition;
  answered(call: Call, action: A, left: number, asked: Asked): S | Transition;
}): ActionModule<A, S> {
  return {
    start: (call, action) => parts.start(call, action),
    on(call, action, state, event) {
      const asking = askingOn(call, state.asking, event);
      return isAsked(asking) ? parts.answered(call, action, state.left, asking) : { ...state, asking };
    },
    timers: ({ asking }) => askingTimers(asking),
    asking: ({ asking }) => asking,
    gone: () => undefined,
    stop(call, _action, { asking }) {
      if (asking.playing) stopPlaying(call, asking.playing);
    },
    watched: ({ asking }) => ({ channels: [], playbacks: asking.playing ? [asking.playing.playbackId] : [] }),
  };
}
