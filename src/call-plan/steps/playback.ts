import { playbackChange, playbackGiveUpAt, type PlaybackChange } from '../../telephony/playback.js';
import type { Instant } from '../../lib/clock.js';
import { pendingTimers } from '../../telephony/timers.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';
import type { Outcome, StepModule } from './step.js';

/** Prompts being played to the caller. */
export interface PlaybackState {
  playbackId: string;
  /** Channel; default: the call's own. */
  on?: string | undefined;
  prompts: number[];
  /** Language of each prompt, known once Asterisk has accepted them. */
  languages: string[] | null;
  durationMs: number | null;
  startedAt: Instant | null;
  giveUpAt: Instant;
  /** The playback has failed once: the second failure is final. */
  isRetry?: boolean;
}

export type PlaybackResult = { played: boolean; reason?: string | undefined };

type PlaybackOutcome = Outcome<PlaybackState, PlaybackResult>;

export const playback = {
  start,
  reduce,
  /** Stops the playback at once. */
  stop,
  timers: (playing: PlaybackState | null) => pendingTimers({ play: playing?.giveUpAt }),
  watched: ({ playbackId }) => ({ channels: [], playbacks: [playbackId] }),
} satisfies StepModule<PlaybackState, PlaybackResult> & { start: typeof start };

/** @param on channel; default: the call's own */
function start(call: Call, prompts: number[], on?: string): PlaybackState {
  const playbackId = call.newId('p');
  if (on === undefined) call.stopMusic();
  const channelId = on ?? call.state.channelId;
  const codec = on === undefined ? call.state.codec : '';
  const media = prompts.map((prompt) => ({ prompt }));
  call.request({ type: 'play', channelId, playbackId, media, languages: call.program.line.languages, codec });
  const fresh = { languages: null, durationMs: null, startedAt: null, giveUpAt: playbackGiveUpAt(call.at) };
  return { playbackId, on, prompts, ...fresh };
}

function reduce(call: Call, playing: PlaybackState, event: PlanEvent): PlaybackOutcome {
  if (event.type === 'timer') return event.name === 'play' ? end(call, playing, 'lost') : { waiting: playing };
  const { playbackId, durationMs, isRetry = false } = playing;
  const change = playbackChange(call, { playbackId, isAccepted: durationMs !== null, isRetry }, event);
  switch (change?.type) {
    case 'playback_accepted': {
      const languages = change.prompts.map(({ language }) => language);
      const giveUpAt = playbackGiveUpAt(playing.startedAt ?? call.at, change.durationMs);
      return { waiting: { ...playing, durationMs: change.durationMs, languages, giveUpAt } };
    }
    case 'playback_started':
      return { waiting: { ...playing, startedAt: call.at } };
    case 'again':
      return { waiting: playAgain(call, playing, change) };
    case 'over':
      return end(call, playing, change.outcome, change.reason);
    case undefined:
      return { waiting: playing };
  }
}

function playAgain(
  call: Call,
  { prompts, on }: PlaybackState,
  { isRetry, reason }: Extract<PlaybackChange, { type: 'again' }>,
): PlaybackState {
  call.appendLog('prompt_again', { prompts, reason });
  return { ...start(call, prompts, on), isRetry };
}

function stop(call: Call, playing: PlaybackState): void {
  call.request({ type: 'stop_play', playbackId: playing.playbackId });
  end(call, playing, 'interrupted');
}

function end(
  call: Call,
  playing: PlaybackState,
  outcome: 'played' | 'interrupted' | 'refused' | 'failed' | 'lost',
  reason?: string,
): PlaybackOutcome {
  const { prompts, languages, durationMs, startedAt } = playing;
  const elapsedMs = startedAt === null ? 0 : call.at - startedAt;
  const heardMs =
    outcome === 'played' && startedAt === null ? durationMs : Math.min(elapsedMs, durationMs ?? elapsedMs);
  call.appendLog('prompt', {
    prompts,
    languages,
    heard_ms: heardMs,
    of_ms: durationMs,
    outcome,
    reason,
  });
  return { done: { played: outcome === 'played', reason } };
}
