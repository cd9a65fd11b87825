import { z } from 'zod';
import { maskNumber } from '../lib/mask.js';
import { recordingAudioPath } from '../calls/present.js';
import type { DialTarget } from '../telephony/telephony.js';
import type { RecordingRow } from '../storage/schema.js';
import { responseInstant } from '../http/instant.js';

export const recordingAnswer = z
  .object({
    id: z.string(),
    call_id: z.string(),
    kind: z.enum(['talk', 'message']).describe('message: left by a caller when nobody answered'),
    line: z.string().describe('E.164; empty when there is no record of the call'),
    queue: z.number().int().nullable().describe('Null for a call outside of queues'),
    agent: z
      .string()
      .nullable()
      .describe(
        'Handset or number that talked with the caller, or `client` or `driver` of an order; a number is masked without the scope numbers:read',
      ),
    started_at: responseInstant.describe('When the recording began; ISO 8601, UTC'),
    duration_ms: z.number().int(),
    bytes: z.number().int(),
    sha256: z.string(),
    audio: z.string().describe('Path of the audio: WAV, 8 kHz, mono, 16 bit'),
  })
  .meta({ id: 'Recording' });

type PresentedRecording = z.output<typeof recordingAnswer>;

/** `seesNumbers`: the reader has the scope `numbers:read`. */
export function presentRecording(row: RecordingRow, seesNumbers: boolean): PresentedRecording {
  const { id, call_id, kind, line, queue, started_at, duration_ms, bytes, sha256 } = row;
  return {
    id,
    call_id,
    kind,
    line,
    queue,
    duration_ms,
    bytes,
    sha256,
    agent: agentOf(row, seesNumbers),
    started_at: new Date(started_at).toISOString(),
    audio: recordingAudioPath(id),
  };
}

function agentOf({ agent }: RecordingRow, seesNumbers: boolean): string | null {
  if (agent === null) return null;
  const party = JSON.parse(agent) as DialTarget;
  if ('handset' in party) return party.handset;
  if ('party' in party) return party.party;
  return seesNumbers ? party.number : maskNumber(party.number);
}
