import type { ActionOf } from '../../company/plan-schema.js';
import { playback, type Playing } from '../steps/playing.js';
import { CONTINUE, type ActionModule } from './action.js';

export interface PlayState {
  type: 'play';
  playing: Playing;
}

/** Plays prompts to their end; keys pressed meanwhile are kept for the next question. */
export const play: ActionModule<ActionOf<'play'>, PlayState> = {
  start: (call, { play }) => ({ waiting: { type: 'play', playing: playback.start(call, [play.prompt].flat()) } }),
  on(call, _action, state, event) {
    const outcome = playback.reduce(call, state.playing, event);
    return 'waiting' in outcome ? { waiting: { ...state, playing: outcome.waiting } } : { done: CONTINUE };
  },
  timers: ({ playing }) => playback.timers(playing),
  asking: () => null,
  gone: () => undefined,
  stop: (call, _action, { playing }) => playback.stop(call, playing),
  watched: ({ playing }) => playback.watched(playing),
};
