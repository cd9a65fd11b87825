import type { Call } from '../call.js';
import type { Action } from '../../company/plan-schema.js';
import { playback, type Playing } from '../steps/playing.js';
import { announced, startAnnouncing } from '../steps/recording.js';
import type { ActionModule, ActionOutcome } from './action.js';

/** The caller hears that the next talk is recorded; then the action starts. */
export interface AnnounceState {
  type: 'announce';
  prompt: number;
  playing: Playing;
}

export function startAnnounce(call: Call, prompt: number): { waiting: AnnounceState } {
  return { waiting: { type: 'announce', prompt, playing: startAnnouncing(call, prompt) } };
}

/** @param begin starts the action, which finds nothing more to announce */
export function announce<S>(
  begin: (call: Call, action: Action) => ActionOutcome<S>,
): ActionModule<Action, AnnounceState, S | AnnounceState> {
  return {
    start: begin,
    on(call, action, state, event) {
      const outcome = playback.reduce(call, state.playing, event);
      if ('waiting' in outcome) return { waiting: { ...state, playing: outcome.waiting } };
      announced(call, state.prompt, outcome.done);
      return begin(call, action);
    },
    timers: ({ playing }) => playback.timers(playing),
    asking: () => null,
    gone: () => undefined,
    stop: (call, _action, { playing }) => playback.stop(call, playing),
    watched: ({ playing }) => playback.watched(playing),
  };
}
