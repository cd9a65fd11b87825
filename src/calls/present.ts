import { z } from 'zod';
import { responseInstant } from '../http/instant.js';
import { callOutcomes, type CallAgent } from '../telephony/call-outcome.js';
import { maskData, maskNumber } from '../lib/mask.js';
import type { CallNote } from './call-notes.js';
import { assess } from '../asterisk/media-statistics.js';
import { callGrades } from '../lib/call-quality.js';
import type { LegQuality } from './leg-qualities.js';
import type { CallRecord, RecordingOfCall, TimelineEntry } from './reader.js';

export const callInstant = responseInstant.meta({ examples: ['2026-11-21T10:15:00.000Z'] });

export const agentAnswer = z.object({
  handset: z.string().optional(),
  number: z.string().optional().describe('Masked without the scope numbers:read'),
  party: z.enum(['client', 'driver']).optional(),
});

export const noteAnswer = z
  .object({
    text: z.string().describe('Digits are masked without the scope numbers:read'),
    by: z
      .string()
      .describe('`@login` of the person, or the name of the token')
      .meta({ examples: ['@eva'] }),
    at: callInstant.describe('When it was written last'),
  })
  .meta({ id: 'CallNote' });

export const callAnswer = z
  .object({
    id: z.string(),
    kind: z.string(),
    line: z.string(),
    caller: z
      .string()
      .describe(
        'The outside party: the caller, or the called number. Masked without the scope numbers:read; empty when withheld',
      ),
    direction: z.enum(['incoming', 'outgoing']),
    running: z.boolean(),
    at: z.string().describe('Current action or phase'),
    started_at: callInstant,
    answered_at: callInstant.nullable().describe('When the call was answered, also by the plan alone'),
    ended_at: callInstant.nullable(),
    ended_by: z
      .string()
      .nullable()
      .describe(
        'caller: the outside party, also when the company called it; handset: the handset in the talk; ' +
          'operator: an operator or API client, from outside the talk; also plan, shop, party, asterisk, fallback, limit, fault, unanswered, a, b',
      ),
    outcome: z
      .enum(callOutcomes)
      .nullable()
      .describe(
        'null while the call is running. answered: there was a talk; served: by the plan alone; lost: hung up while waiting; ' +
          'unanswered, busy, unreachable: no rung target answered; rejected: ended by the company before a talk; ' +
          'refused: by the dial policy; failed: ended by a fault before a talk',
      ),
    reason: z.string().nullable().describe('Why the number was refused, or details of the outcome'),
    queue: z.number().int().nullable().describe('The last queue of the call'),
    waited_ms: z
      .number()
      .int()
      .nullable()
      .describe('How long the outside party waited for an answer; null when no target was rung'),
    agent: agentAnswer
      .nullable()
      .describe('The first agent that talked with the outside party; for a call that a handset makes: that handset'),
    talk_ms: z.number().int().nullable().describe('Sum of all talks'),
    order: z
      .string()
      .nullable()
      .describe('Id of the order that the call is about; masked without the scope numbers:read'),
    menu_keys: z
      .array(z.string())
      .describe('Keys pressed in menus, in order; each is masked without the scope numbers:read')
      .meta({ examples: [['1', '9']] }),
    has_recording: z.boolean().describe('A recording can be heard'),
    note: noteAnswer.nullable().describe('What people wrote about the call'),
  })
  .meta({ id: 'Call' });

export type PresentedNote = z.output<typeof noteAnswer>;

const entryAnswer = z.object({
  seq: z.number().int(),
  at: callInstant,
  offset_ms: z.number().int().describe('Since the call began'),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

const recordingOfCallAnswer = z.object({
  id: z.string(),
  started_at: callInstant,
  duration_ms: z.number().int(),
  audio: z.string().describe('Path of the audio; the scope recordings:read is needed'),
});

const lostShare = z.number().describe('Lost packets of all, 0 to 1');
const jitterMs = z.number().describe('Average jitter in milliseconds');

const legAnswer = z.object({
  kind: z.enum(['handset', 'trunk']).describe('trunk: any SIP endpoint that is no handset of the company'),
  name: z.string().describe('Of the handset or the SIP endpoint'),
  ended_at: callInstant,
  grade: z
    .enum(callGrades)
    .describe('Of the worse direction: fair when some people would complain, poor when many would'),
  mos: z.number().describe('Estimated mean opinion score of the worse direction, 1 to 4.5 (E-model of ITU-T G.107)'),
  received: z
    .object({ packets: z.number().int(), lost_share: lostShare, jitter_ms: jitterMs })
    .describe('What the party said, as Asterisk received it'),
  sent: z
    .object({ packets: z.number().int(), lost_share: lostShare, jitter_ms: jitterMs })
    .nullable()
    .describe('What the party heard, as it reports itself; null when it sends no RTCP reports'),
  round_trip_ms: z.number().nullable().describe('null without reports of the party'),
});

export const callWithTimelineAnswer = callAnswer
  .extend({
    recordings: z.array(recordingOfCallAnswer),
    legs: z
      .array(legAnswer)
      .describe('How well each party was heard, by the leg’s end; a second after it. Empty without such figures'),
    timeline: z.array(entryAnswer),
  })
  .meta({ id: 'CallWithTimeline' });

export type PresentedLeg = z.output<typeof legAnswer>;
export type PresentedRecordingOfCall = z.output<typeof recordingOfCallAnswer>;

export type PresentedCall = z.output<typeof callAnswer>;
export type PresentedEntry = z.output<typeof entryAnswer>;

/** `seesNumbers`: the reader has the scope `numbers:read`. */
export function presentCall(call: CallRecord, seesNumbers: boolean): PresentedCall {
  const { id, kind, running, summary, outcome } = call;
  const endedAt = summary.endedAt ?? outcome?.endedAt;
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
    ended_at: endedAt === undefined ? null : iso(endedAt),
    ended_by: outcome?.endedBy ?? summary.endedBy,
    outcome: outcome?.name ?? null,
    reason: outcome?.reason ?? null,
    queue: outcome?.queue ?? null,
    waited_ms: outcome?.waitedMs ?? null,
    agent: outcome?.agent ? presentAgent(outcome.agent, seesNumbers) : null,
    talk_ms: outcome?.talkMs ?? null,
    order: call.order === null || seesNumbers ? call.order : maskNumber(call.order),
    menu_keys: seesNumbers ? call.menuKeys : call.menuKeys.map(maskNumber),
    has_recording: call.hasRecording,
    note: call.note && presentNote(call.note, seesNumbers),
  };
}

/** @param seesAll false: digits are masked */
export function presentNote({ text, by, at }: CallNote, seesAll: boolean): PresentedNote {
  return { text: seesAll ? text : maskNumber(text), by, at: iso(at) };
}

export function presentAgent(agent: CallAgent, seesNumbers: boolean): CallAgent {
  return 'number' in agent && !seesNumbers ? { number: maskNumber(agent.number) } : agent;
}

export function presentTimeline(call: CallRecord, timeline: TimelineEntry[], seesNumbers: boolean): PresentedEntry[] {
  const known = seesNumbers ? [] : personalData(call, timeline);
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

/** Path of a recording's audio. */
export function recordingAudioPath(id: string): string {
  return `/api/v1/recordings/${id}/audio`;
}

/** The caller's number, with and without its plus, and the typed digits, longest first. */
function personalData({ summary: { caller } }: CallRecord, timeline: TimelineEntry[]): string[] {
  const typed = timeline.flatMap(({ data: { digits } }) => (typeof digits === 'string' ? [digits] : []));
  return [caller, caller.replace(/^\+/, ''), ...typed].sort((a, b) => b.length - a.length);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

export function presentLegs(legs: readonly LegQuality[]): PresentedLeg[] {
  return legs.map(({ kind, name, endedAt, statistics }) => {
    const { received, sent, roundTripMs } = statistics;
    const { grade, mos } = assess(statistics);
    return {
      kind,
      name,
      ended_at: iso(endedAt),
      grade,
      mos: rounded(mos),
      received: presentDirection(received),
      sent: sent === undefined ? null : presentDirection(sent),
      round_trip_ms: roundTripMs === undefined ? null : rounded(roundTripMs),
    };
  });
}

function presentDirection({ packets, lostShare: lost, jitterMs: jitter }: LegQuality['statistics']['received']) {
  return { packets, lost_share: rounded(lost), jitter_ms: rounded(jitter) };
}

/** Three digits after the point. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
