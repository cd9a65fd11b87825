import { isPlaying, playingOn, startPlaying, stopPlaying, type Playing } from '../steps/playing.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { CONTINUE, type ActionModule } from './action.js';

export interface PlayState {
  type: 'play';
  playing: Playing;
}

/** Plays prompts to their end; keys pressed meanwhile are kept for the next question. */
export const play: ActionModule<ActionOf<'play'>, PlayState> = {
  start: (call, { play }) => ({ type: 'play', playing: startPlaying(call, [play.prompt].flat()) }),
  on(call, _action, state, event) {
    const playing = playingOn(call, state.playing, event);
    return isPlaying(playing) ? { ...state, playing } : CONTINUE;
  },
  timers: ({ playing }) => ({ play: playing.giveUpAt }),
  asking: () => null,
  gone: () => undefined,
  stop: (call, _action, { playing }) => stopPlaying(call, playing),
  watched: ({ playing }) => ({ channels: [], playbacks: [playing.playbackId] }),
};
