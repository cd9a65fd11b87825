import { playbackChange, playbackGiveUpAt, type PlaybackChange } from '../../telephony/playback.js';
import type { TelephonyEvent } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { RuntimeEvent } from '../../kernel/event.js';

/** Prompts being played to the caller. */
export interface Playing {
  playbackId: string;
  /** Channel to which it is played; default: the call's own. */
  on?: string;
  prompts: number[];
  /** Language of each prompt, known once Asterisk has accepted them. */
  languages: string[] | null;
  durationMs: number | null;
  startedAt: Instant | null;
  giveUpAt: Instant;
  /** It has failed once: the second failure is final. */
  isRetry?: true;
}

export type PlayEnd = { played: boolean; reason?: string };

export function startPlaying(call: Call, prompts: number[], on?: string): Playing {
  const playbackId = call.newId('p');
  const channelId = on ?? call.state.channelId;
  const codec = on === undefined ? call.state.codec : '';
  const media = prompts.map((prompt) => ({ prompt }));
  call.request({ type: 'play', channelId, playbackId, media, languages: call.program.line.languages, codec });
  const fresh = { languages: null, durationMs: null, startedAt: null, giveUpAt: playbackGiveUpAt(call.at) };
  return { playbackId, ...(on !== undefined && { on }), prompts, ...fresh };
}

/** What an event makes of it: still playing, or how it ended. */
export function playingOn(call: Call, playing: Playing, event: TelephonyEvent | RuntimeEvent): Playing | PlayEnd {
  if (event.type === 'timer') return event.name === 'play' ? end(call, playing, 'lost') : playing;
  const { playbackId, durationMs, isRetry = false } = playing;
  const change = playbackChange(call, { playbackId, isAccepted: durationMs !== null, isRetry }, event);
  switch (change?.type) {
    case 'play_accepted':
      return {
        ...playing,
        durationMs: change.durationMs,
        languages: change.prompts.map(({ language }) => language),
        giveUpAt: playbackGiveUpAt(playing.startedAt ?? call.at, change.durationMs),
      };
    case 'play_started':
      return { ...playing, startedAt: call.at };
    case 'again':
      return playAgain(call, playing, change);
    case 'over':
      return end(call, playing, change.outcome, change.reason);
    case undefined:
      return playing;
  }
}

function playAgain(
  call: Call,
  { prompts, on }: Playing,
  { isRetry, reason }: Extract<PlaybackChange, { type: 'again' }>,
): Playing {
  call.appendLog('prompt_again', { prompts, ...(reason !== undefined && { reason }) });
  return { ...startPlaying(call, prompts, on), ...(isRetry && { isRetry }) };
}

/** Stops it at once: the caller pressed a key, or something else goes on. */
export function stopPlaying(call: Call, playing: Playing): void {
  call.request({ type: 'stop_play', playbackId: playing.playbackId });
  end(call, playing, 'interrupted');
}

export function isPlaying(value: Playing | PlayEnd): value is Playing {
  return 'playbackId' in value;
}

function end(
  call: Call,
  playing: Playing,
  outcome: 'played' | 'interrupted' | 'refused' | 'failed' | 'lost',
  reason?: string,
): PlayEnd {
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
    ...(reason !== undefined && { reason }),
  });
  return { played: outcome === 'played', ...(reason !== undefined && { reason }) };
}
