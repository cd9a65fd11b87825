import type { TelephonyEvent } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { RuntimeEvent } from '../../kernel/event.js';

/** For how long Asterisk may take to accept a playback, and beyond a prompt's length to say that it is over. */
const SLACK_MS = 15_000;

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
  const fresh = { languages: null, durationMs: null, startedAt: null, giveUpAt: call.at + SLACK_MS };
  return { playbackId, ...(on !== undefined && { on }), prompts, ...fresh };
}

/** What an event makes of it: still playing, or how it ended. */
export function playingOn(call: Call, playing: Playing, event: TelephonyEvent | RuntimeEvent): Playing | PlayEnd {
  if (event.type === 'timer') return event.name === 'play' ? end(call, playing, 'lost') : playing;
  if (event.type === 'reconciled') {
    const forgotten = playing.durationMs !== null && !event.playbacks.includes(playing.playbackId);
    return forgotten ? end(call, playing, 'played') : playing;
  }
  if (!('playbackId' in event) || event.playbackId !== playing.playbackId) return playing;
  switch (event.type) {
    case 'play_accepted': {
      const from = playing.startedAt ?? event.at;
      return {
        ...playing,
        durationMs: event.durationMs,
        languages: event.prompts.map(({ language }) => language),
        giveUpAt: from + event.durationMs + SLACK_MS,
      };
    }
    case 'play_started':
      return { ...playing, startedAt: event.at };
    case 'play_lost':
      call.request({ type: 'stop_play', playbackId: playing.playbackId });
      call.appendLog('prompt_again', { prompts: playing.prompts });
      return { ...startPlaying(call, playing.prompts, playing.on), ...(playing.isRetry && { isRetry: true }) };
    case 'play_refused':
      return end(call, playing, 'refused', event.reason);
    case 'play_finished':
      return event.failed ? failed(call, playing) : end(call, playing, 'played');
  }
}

/** Asterisk may not have got the audio in time: the prompt is played once more before it counts as failed. */
function failed(call: Call, playing: Playing): Playing | PlayEnd {
  const reason = 'Asterisk could not play it';
  if (playing.isRetry) return end(call, playing, 'failed', reason);
  call.appendLog('prompt_again', { prompts: playing.prompts, reason });
  return { ...startPlaying(call, playing.prompts, playing.on), isRetry: true };
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
