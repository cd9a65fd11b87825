import type { EffectRequest, RuntimeEvent } from '../kernel/event.js';
import type { Instant } from '../lib/clock.js';
import type { TelephonyEffect, TelephonyEvent } from './telephony.js';

/** For how long Asterisk may take to accept a playback, and beyond its length to say that it is over. */
const SLACK_MS = 15_000;

const FAILED = 'Asterisk could not play it';

interface Requester {
  request(effect: EffectRequest<TelephonyEffect>): string;
}

/** A playback whose end a flow waits for. `isRetry`: it has failed once, and the second failure is final. */
interface Playback {
  playbackId: string;
  isAccepted: boolean;
  isRetry: boolean;
}

/** What an event changes about a playback. `again`: the flow has to start it anew, under a new id. */
export type PlaybackChange =
  | Extract<TelephonyEvent, { type: 'play_accepted' }>
  | Extract<TelephonyEvent, { type: 'play_started' }>
  | { type: 'again'; isRetry: boolean; reason?: string }
  | { type: 'over'; outcome: 'played' | 'refused' | 'failed'; reason?: string };

/** When a playback is given up that was requested, or began, at this instant. @param durationMs 0 until it is known */
export function playbackGiveUpAt(from: Instant, durationMs = 0): Instant {
  return from + durationMs + SLACK_MS;
}

/** What an event changes about a playback; undefined when it changes nothing, or is about something else. */
export function playbackChange(
  step: Requester,
  { playbackId, isAccepted, isRetry }: Playback,
  event: TelephonyEvent | RuntimeEvent,
): PlaybackChange | undefined {
  if (event.type === 'reconciled')
    return isAccepted && !event.playbacks.includes(playbackId) ? { type: 'over', outcome: 'played' } : undefined;
  if (!('playbackId' in event) || event.playbackId !== playbackId) return undefined;
  switch (event.type) {
    case 'play_accepted':
    case 'play_started':
      return event;
    case 'play_lost':
      step.request({ type: 'stop_play', playbackId });
      return { type: 'again', isRetry };
    case 'play_refused':
      return { type: 'over', outcome: 'refused', reason: event.reason };
    case 'play_finished':
      if (!event.failed) return { type: 'over', outcome: 'played' };
      // Asterisk may not have got the audio in time.
      return isRetry
        ? { type: 'over', outcome: 'failed', reason: FAILED }
        : { type: 'again', isRetry: true, reason: FAILED };
  }
}
