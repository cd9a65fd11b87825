import { z } from 'zod';
import { maskData, maskNumber } from './mask.js';
import type { CallRecord, RecordingOfCall, TimelineEntry } from './reader.js';

const instant = z.string().describe('ISO 8601, UTC');

export const callAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  line: z.string(),
  caller: z.string().describe('Masked without the scope numbers:read; empty when withheld'),
  direction: z.enum(['incoming', 'outgoing']),
  running: z.boolean(),
  at: z.string().describe('Where it stands'),
  started_at: instant,
  answered_at: instant.nullable(),
  ended_at: instant.nullable(),
  ended_by: z.string().nullable(),
});

export const entryAnswer = z.object({
  seq: z.number().int(),
  at: instant,
  offset_ms: z.number().int().describe('Since the call began'),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const recordingOfCallAnswer = z.object({
  id: z.string(),
  started_at: instant,
  duration_ms: z.number().int(),
  audio: z.string().describe('Path of the audio; the scope recordings:read is needed'),
});

export const callWithTimelineAnswer = callAnswer.extend({
  recordings: z.array(recordingOfCallAnswer),
  timeline: z.array(entryAnswer),
});

export type PresentedRecordingOfCall = z.output<typeof recordingOfCallAnswer>;

export type PresentedCall = z.output<typeof callAnswer>;
export type PresentedEntry = z.output<typeof entryAnswer>;

/** `seesNumbers`: the reader has the scope `numbers:read`. */
export function presentCall({ id, kind, running, summary }: CallRecord, seesNumbers: boolean): PresentedCall {
  return {
    id,
    kind,
    line: summary.line,
    caller: seesNumbers ? summary.caller : maskNumber(summary.caller),
    direction: summary.direction,
    running,
    at: summary.at,
    started_at: iso(summary.startedAt),
    answered_at: summary.answeredAt === null ? null : iso(summary.answeredAt),
    ended_at: summary.endedAt === null ? null : iso(summary.endedAt),
    ended_by: summary.endedBy,
  };
}

export function presentTimeline(call: CallRecord, timeline: TimelineEntry[], seesNumbers: boolean): PresentedEntry[] {
  const known = seesNumbers ? [] : personalIn(call, timeline);
  return timeline.map(({ seq, at, kind, data }) => ({
    seq,
    at: iso(at),
    offset_ms: at - call.startedAt,
    kind,
    data: seesNumbers ? data : maskData(data, known),
  }));
}

export function presentRecordings(recordings: RecordingOfCall[]): PresentedRecordingOfCall[] {
  return recordings.map(({ id, startedAt, durationMs }) => ({
    id,
    started_at: iso(startedAt),
    duration_ms: durationMs,
    audio: recordingAudioPath(id),
  }));
}

/** Where a recording is heard. */
export function recordingAudioPath(id: string): string {
  return `/api/v1/recordings/${id}/audio`;
}

/** The caller's number, with and without its plus, and what was typed, longest first. */
function personalIn({ summary: { caller } }: CallRecord, timeline: TimelineEntry[]): string[] {
  const typed = timeline.flatMap(({ data: { digits } }) => (typeof digits === 'string' ? [digits] : []));
  return [caller, caller.replace(/^\+/, ''), ...typed].sort((a, b) => b.length - a.length);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
