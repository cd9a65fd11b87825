import { z } from 'zod';
import { json, noContent, type Answer } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { partAnswer } from '../http/bytes.js';
import { notFound } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { instantOf, requestInstant } from '../http/instant.js';
import type { RecordingRow } from '../storage/schema.js';
import type { RecordingFiles } from './files.js';
import { presentRecording, recordingAnswer } from './present.js';
import type { RecordingReader } from './reader.js';

const MAX_PAGE = 200;

const filters = z.strictObject({
  call: z.string().max(200).optional(),
  queue: z.coerce.number().int().positive().optional(),
  line: z
    .string()
    .regex(/^\+\d{2,15}$/, 'the number of a line, such as +420222333444 (a plus is %2B in a URL)')
    .optional(),
  kind: z.enum(['talk', 'message']).optional(),
  since: requestInstant.optional(),
  until: requestInstant.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(300).optional(),
});
export const recordingPath = z.object({ id: z.string().regex(/^r_[0-9a-f]{24}$/, 'the id of a recording') });

/** Stores an entry of the audit log. */
type RecordAccess = (id: string, action: 'recording_played' | 'recording_downloaded') => Promise<void>;

export interface RecordingParts {
  reader: RecordingReader;
  files: RecordingFiles;
  /** Resolves to false when there is no such recording. */
  remove: (id: string, by: string) => Promise<boolean>;
  recordAccess: RecordAccess;
}

/** `/api/v1/recordings`: recorded talks and messages. */
export function recordingRoutes({ reader, files, remove, recordAccess }: RecordingParts): Route[] {
  const find = async (id: string): Promise<RecordingRow> => {
    const row = await reader.get(id);
    if (!row) throw notFound('there is no such recording, or it was deleted');
    return row;
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/recordings',
      scope: 'recordings:read',
      summary: 'Lists recordings, newest first',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the next page',
          schema: z.object({ recordings: z.array(recordingAnswer), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { since, until, cursor, ...others }, can }) => {
        const { recordings, next } = await reader.list({
          ...others,
          since: instantOf(since),
          until: instantOf(until),
          after: parseCursor(cursor),
        });
        return json({
          recordings: recordings.map((row) => presentRecording(row, can('numbers:read'))),
          next: formatCursor(next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/recordings/:id',
      scope: 'recordings:read',
      summary: 'Returns one recording',
      params: recordingPath,
      answers: { 200: { description: 'The recording', schema: recordingAnswer } },
      handle: async ({ params: { id }, can }) => json(presentRecording(await find(id), can('numbers:read'))),
    }),
    route({
      method: 'GET',
      path: '/api/v1/recordings/:id/audio',
      scope: 'recordings:read',
      summary: 'Returns the audio of a recording; supports ranges. With `download=1` browsers save it as a file',
      params: recordingPath,
      query: z.strictObject({ download: z.literal('1').optional() }),
      answers: { 200: { description: 'WAV, 8 kHz, mono, 16 bit', type: 'audio/wav' } },
      handle: async ({ params: { id }, query: { download }, headers }) => {
        return audioAnswer({ files, recordAccess }, await find(id), headers, download === '1');
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/recordings/:id',
      scope: 'recordings:delete',
      summary: 'Deletes a recording permanently; the timeline of its call names the user',
      params: recordingPath,
      answers: { 204: { description: 'The recording is deleted' } },
      handle: async ({ params: { id }, who }) => {
        if (!(await remove(id, who?.name ?? ''))) throw notFound('there is no such recording, or it was deleted');
        return noContent();
      },
    }),
  ];
}

/** Answers with the audio of a recording. @param download whether browsers save it as a file. @throws {Problem} 404 when the file is missing */
export async function audioAnswer(
  { files, recordAccess }: Pick<RecordingParts, 'files' | 'recordAccess'>,
  row: RecordingRow,
  headers: Request['headers'],
  download = false,
): Promise<Answer> {
  if (!(await files.has(row.id))) throw notFound('the file of this recording is missing');
  await recordAccess(row.id, download ? 'recording_downloaded' : 'recording_played');
  const about = {
    contentType: 'audio/wav',
    etag: `"${row.sha256}"`,
    cacheControl: 'private, no-cache',
    disposition: `${download ? 'attachment' : 'inline'}; filename="${fileNameOf(row)}"`,
  };
  return partAnswer({ bytes: row.bytes, read: (first, last) => files.read(row.id, first, last) }, about, headers);
}

/** A name from the start in UTC; names hold no data of the parties. */
function fileNameOf({ id, started_at }: RecordingRow): string {
  const [day = '', time = ''] = new Date(started_at).toISOString().split('T');
  return `${day}-${time.slice(0, 8).replaceAll(':', '')}-${id}.wav`;
}
