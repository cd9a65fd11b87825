import type { Instant } from '../lib/clock.js';
import type { CallEvent, DomainEvent } from './domain-events.js';
import type { TelephonyEffect, TelephonyEvent } from './telephony.js';
import type { RuntimeEvent } from '../kernel/event.js';

/** A recording that a call has requested. The importer finds out whether it exists in Asterisk. */
export interface CallRecording {
  /** Its name in Asterisk; contains the flow's id. */
  id: string;
  /** The queue in which the caller was answered; null when not in one. */
  queue: number | null;
  /** The agent in the talk; null when the gateway missed the answer. */
  agent: CallEvent['agent'];
  /** When the talk began; null when the gateway missed it. */
  startedAt: Instant | null;
  /**
   * When the talk ended; null when the gateway was down during the talk; missing until the end, and in calls of
   * earlier versions.
   */
  endedAt?: Instant | null;
  /** The event to publish after the import; null until the call is over. Its number is reserved. */
  news: DomainEvent | null;
  /** What the caller said to nobody; missing: a talk. */
  kind?: 'message';
  /** Whose message it is; missing: everybody's. */
  owner?: MessageOwner;
}

/** Whose phones show a message: those of the handsets of a queue, and those of a handset. */
export interface MessageOwner {
  queue?: number | undefined;
  handset?: string | undefined;
}

const EFFECTS: ReadonlySet<string> = new Set<TelephonyEffect['type']>([
  'record_start',
  'record_stop',
  'record_message',
  'find_recording',
]);

/** Logs the events of recordings. @returns true when the event belonged to a recording and is done */
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
