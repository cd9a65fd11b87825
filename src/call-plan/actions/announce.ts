import type { Call } from '../call.js';
import type { Action } from '../../company/plan-schema.js';
import { playback, type PlaybackState } from '../steps/playback.js';
import { markAnnounced, startAnnouncement } from '../steps/recording.js';
import type { ActionModule, ActionOutcome } from './action.js';

/** The caller hears the recording announcement; then the action starts. */
export interface AnnounceState {
  type: 'announce';
  prompt: number;
  playing: PlaybackState;
}

export function announceRecording(call: Call, prompt: number): { waiting: AnnounceState } {
  return { waiting: { type: 'announce', prompt, playing: startAnnouncement(call, prompt) } };
}

/** @param begin starts the action again, with the announcement done */
export function announce<S>(
  begin: (call: Call, action: Action) => ActionOutcome<S>,
): ActionModule<Action, AnnounceState, S | AnnounceState> {
  return {
    start: begin,
    on(call, action, state, event) {
      const outcome = playback.reduce(call, state.playing, event);
      if ('waiting' in outcome) return { waiting: { ...state, playing: outcome.waiting } };
      markAnnounced(call, state.prompt, outcome.done);
      return begin(call, action);
    },
    timers: ({ playing }) => playback.timers(playing),
    openInput: () => null,
    onCallerGone: () => undefined,
    stop: (call, _action, { playing }) => playback.stop(call, playing),
    watched: ({ playing }) => playback.watched(playing),
  };
}
