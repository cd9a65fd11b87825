import type { EffectRequest, RuntimeEvent } from '../kernel/event.js';
import type { Instant } from '../lib/clock.js';
import type { TelephonyEffect, TelephonyEvent } from './telephony.js';

/** How long Asterisk may take to accept a playback, and to report its end beyond its duration. */
const SLACK_MS = 15_000;

const FAILED = 'Asterisk could not play the audio';

interface Requester {
  request(effect: EffectRequest<TelephonyEffect>): string;
}

/** A playback whose end a flow waits for. `isRetry`: the playback has failed once, and the second failure is final. */
interface Playback {
  playbackId: string;
  isAccepted: boolean;
  isRetry: boolean;
}

/** The change of a playback by an event. `again`: the flow must start it again, under a new id. */
export type PlaybackChange =
  | Extract<TelephonyEvent, { type: 'playback_accepted' }>
  | Extract<TelephonyEvent, { type: 'playback_started' }>
  | { type: 'again'; isRetry: boolean; reason?: string }
  | { type: 'over'; outcome: 'played' | 'refused' | 'failed'; reason?: string };

/** When to give a playback up. @param from when it was requested, or began. @param durationMs 0 until it is known */
export function playbackGiveUpAt(from: Instant, durationMs = 0): Instant {
  return from + durationMs + SLACK_MS;
}

/** The change of a playback by an event; undefined for no change and for unrelated events. */
export function playbackChange(
  step: Requester,
  { playbackId, isAccepted, isRetry }: Playback,
  event: TelephonyEvent | RuntimeEvent,
): PlaybackChange | undefined {
  if (event.type === 'reconciled') {
    if (!isAccepted || event.playbacks.includes(playbackId)) return undefined;
    // Asterisk fetches the audio from the gateway, so the playback may have failed in silence while the gateway was down.
    return event.after === 'gateway_restart' ? { type: 'again', isRetry } : { type: 'over', outcome: 'played' };
  }
  if (!('playbackId' in event) || event.playbackId !== playbackId) return undefined;
  switch (event.type) {
    case 'playback_accepted':
    case 'playback_started':
      return event;
    case 'playback_lost':
      step.request({ type: 'stop_play', playbackId });
      return { type: 'again', isRetry };
    case 'playback_refused':
      return { type: 'over', outcome: 'refused', reason: event.reason };
    case 'playback_finished':
      if (!event.failed) return { type: 'over', outcome: 'played' };
      // Asterisk may not have received the audio in time.
      return isRetry
        ? { type: 'over', outcome: 'failed', reason: FAILED }
        : { type: 'again', isRetry: true, reason: FAILED };
  }
}
