import type { ReadyRecording, ResourceEvent } from '../telephony/domain-events.js';

/** The body of a resource event: its envelope and its fields, unchanged. */
export function writeReport(
  { event, seq, at, fields, recording }: ResourceEvent,
  eventId: string,
): { contentType: string; body: string } {
  const report = {
    event,
    event_id: eventId,
    seq,
    timestamp: new Date(at).toISOString(),
    ...fields,
    recording: recording && recordingOf(recording),
  };
  return { contentType: 'application/json', body: JSON.stringify(report) };
}

function recordingOf({ id, url, durationMs }: ReadyRecording) {
  return { id, url, duration: Math.round(durationMs / 1000) };
}
