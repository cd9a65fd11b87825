import type { Instant } from '../../lib/clock.js';
import { SECOND_MS } from '../../lib/time.js';
import { pendingTimers } from '../../telephony/timers.js';
import type { ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import { playback, type PlaybackState } from '../steps/playback.js';
import { recordMessage } from '../steps/recording.js';
import { NOTHING_WATCHED } from '../steps/step.js';
import { CONTINUE, type ActionModule, type ActionOutcome } from './action.js';

/** One tone, once. Asterisk goes on with silence until it is stopped. */
const TONE = '!1000/400';
const TONE_MS = 400;
/** How long Asterisk may take to report the end of a message of the greatest length. */
const LATE_MS = 10 * SECOND_MS;

export type TakeMessageState = { type: 'take_message' } & Stage;

type Stage =
  | { stage: 'greeting'; playing: PlaybackState }
  | { stage: 'tone'; toneId: string; until: Instant }
  | { stage: 'recording'; recordingId: string; giveUpAt: Instant };

type Outcome = ActionOutcome<TakeMessageState>;

/**
 * The caller hears a prompt and a tone, and leaves a message: until silence, `#`, the hang-up or the greatest length. The message is
 * recorded by Asterisk, which needs the gateway neither to record nor to end it.
 */
export const takeMessage: ActionModule<ActionOf<'take_message'>, TakeMessageState> = {
  start(call, { take_message: { prompt } }) {
    call.answer();
    if (prompt === undefined) return startTone(call);
    return { waiting: { type: 'take_message', stage: 'greeting', playing: playback.start(call, [prompt].flat()) } };
  },
  on(call, action, state, event) {
    switch (state.stage) {
      case 'greeting': {
        const outcome = playback.reduce(call, state.playing, event);
        return 'waiting' in outcome ? { waiting: { ...state, playing: outcome.waiting } } : startTone(call);
      }
      case 'tone': {
        if (event.type !== 'timer' || event.name !== 'tone') return { waiting: state };
        call.request({ type: 'stop_play', playbackId: state.toneId });
        return startRecording(call, action);
      }
      case 'recording':
        switch (event.type) {
          case 'recording_finished':
          case 'recording_failed':
            return event.recordingId === state.recordingId ? finish(call) : { waiting: state };
          case 'effect_failed':
            return event.effect === 'record_message' ? finish(call) : { waiting: state };
          case 'reconciled':
            // Its end may have been missed.
            call.request({ type: 'find_recording', recordingId: state.recordingId });
            return { waiting: state };
          case 'timer':
            if (event.name !== 'message') return { waiting: state };
            call.request({ type: 'record_stop', recordingId: state.recordingId });
            return finish(call);
          default:
            return { waiting: state };
        }
    }
  },
  timers: (state) =>
    pendingTimers({
      ...playback.timers(state.stage === 'greeting' ? state.playing : null),
      tone: state.stage === 'tone' ? state.until : undefined,
      message: state.stage === 'recording' ? state.giveUpAt : undefined,
    }),
  openInput: () => null,
  onCallerGone: () => undefined,
  stop(call, _action, state) {
    if (state.stage === 'greeting') playback.stop(call, state.playing);
    else if (state.stage === 'tone') call.request({ type: 'stop_play', playbackId: state.toneId });
    else call.request({ type: 'record_stop', recordingId: state.recordingId });
  },
  watched: (state) => (state.stage === 'greeting' ? playback.watched(state.playing) : NOTHING_WATCHED),
};

function startTone(call: Call): Outcome {
  const toneId = call.newId('p');
  call.stopMusic();
  call.request({ type: 'play_tone', channelId: call.state.channelId, playbackId: toneId, tone: TONE });
  return { waiting: { type: 'take_message', stage: 'tone', toneId, until: call.at + TONE_MS } };
}

function startRecording(call: Call, { take_message: settings }: ActionOf<'take_message'>): Outcome {
  const { max, silence, queue, handset } = settings;
  const owner = queue === undefined && handset === undefined ? undefined : { queue, handset };
  const recordingId = recordMessage(call, { maxS: max / SECOND_MS, silenceS: silence / SECOND_MS }, owner);
  return { waiting: { type: 'take_message', stage: 'recording', recordingId, giveUpAt: call.at + max + LATE_MS } };
}

/** The keys that were pressed during the message, also the one that ended it, answer no later question. */
function finish(call: Call): Outcome {
  call.state.typedAhead = '';
  return { done: CONTINUE };
}
