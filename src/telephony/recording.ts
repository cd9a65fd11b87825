import type { Instant } from '../lib/clock.js';
import type { CallEvent, DomainEvent } from './domain-events.js';
import type { TelephonyEffect, TelephonyEvent } from './telephony.js';
import type { RuntimeEvent } from '../kernel/event.js';

/** A recording that a call has asked for. Whether there is one is known once it is looked for in Asterisk. */
export interface CallRecording {
  /** Names it in Asterisk; holds the flow's id. */
  id: string;
  /** The queue in which the caller was answered; null when not in one. */
  queue: number | null;
  /** Who talked with the caller; null when nobody here saw it. */
  agent: CallEvent['agent'];
  /** When the talk began; null when nobody here saw it. */
  startedAt: Instant | null;
  /** When the talk ended; null when the gateway was away during the talk; missing until the end, and in calls of earlier versions. */
  endedAt?: Instant | null;
  /** What is to be told once the recording is there; null until the call is over. Its number is kept free for it. */
  news: DomainEvent | null;
}

const EFFECTS: ReadonlySet<string> = new Set<TelephonyEffect['type']>(['record_start', 'record_stop']);

/** Writes down what is heard of recordings. True when the event was about one, and is done with. */
export function onRecordingEvent(
  step: { appendLog(kind: string, data: Record<string, unknown>): void },
  event: TelephonyEvent | RuntimeEvent,
): boolean {
  switch (event.type) {
    case 'recording_started':
      step.appendLog('recording_started', { recording: event.recordingId });
      return true;
    case 'recording_finished':
      step.appendLog('recording_finished', { recording: event.recordingId, duration_ms: event.durationMs });
      return true;
    case 'recording_failed':
      step.appendLog('recording_failed', { recording: event.recordingId, reason: event.reason });
      return true;
    case 'effect_failed':
      if (!EFFECTS.has(event.effect)) return false;
      step.appendLog('recording_failed', { reason: event.reason });
      return true;
    default:
      return false;
  }
}
