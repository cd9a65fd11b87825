import type { Call } from '../call.js';
import type { Action } from '../../company/plan-schema.js';
import { isPlaying, playingOn, stopPlaying, type Playing } from '../steps/playing.js';
import { announced, startAnnouncing } from '../steps/recording.js';
import type { ActionModule, Transition } from './action.js';

/** The caller is being told that what comes next is recorded; then the action begins. */
export interface AnnounceState {
  type: 'announce';
  prompt: number;
  playing: Playing;
}

export function startAnnounce(call: Call, prompt: number): AnnounceState {
  return { type: 'announce', prompt, playing: startAnnouncing(call, prompt) };
}

/** @param begin the action, which finds nothing to announce any more */
export function announce<S>(
  begin: (call: Call, action: Action) => S | Transition,
): ActionModule<Action, AnnounceState, S | AnnounceState> {
  return {
    start: begin,
    on(call, action, state, event) {
      const playing = playingOn(call, state.playing, event);
      if (isPlaying(playing)) return { ...state, playing };
      announced(call, state.prompt, playing);
      return begin(call, action);
    },
    timers: ({ playing }) => ({ play: playing.giveUpAt }),
    asking: () => null,
    gone: () => undefined,
    stop: (call, _action, { playing }) => stopPlaying(call, playing),
    watched: ({ playing }) => ({ channels: [], playbacks: [playing.playbackId] }),
  };
}
