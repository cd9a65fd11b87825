import type { ActionOf } from '../../company/plan-schema.js';
import { playback, type PlaybackState } from '../steps/playback.js';
import { CONTINUE, type ActionModule } from './action.js';

export interface PlayState {
  type: 'play';
  playing: PlaybackState;
}

/** Plays prompts to their end; digits pressed meanwhile are kept for the next input. */
export const play: ActionModule<ActionOf<'play'>, PlayState> = {
  start: (call, { play }) => ({ waiting: { type: 'play', playing: playback.start(call, [play.prompt].flat()) } }),
  on(call, _action, state, event) {
    const outcome = playback.reduce(call, state.playing, event);
    return 'waiting' in outcome ? { waiting: { ...state, playing: outcome.waiting } } : { done: CONTINUE };
  },
  timers: ({ playing }) => playback.timers(playing),
  openInput: () => null,
  onCallerGone: () => undefined,
  stop: (call, _action, { playing }) => playback.stop(call, playing),
  watched: ({ playing }) => playback.watched(playing),
};
