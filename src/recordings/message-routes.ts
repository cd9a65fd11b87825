import { z } from 'zod';
import { e164OfStored } from '../calls/stored-number.js';
import { requireActor } from '../http/require-actor.js';
import { json, noContent, type Answer } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { responseInstant } from '../http/instant.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { maskNumber } from '../lib/mask.js';
import type { Message, MessageReader } from './message-reader.js';
import { audioAnswer, recordingPath, type RecordingParts } from './routes.js';

const query = z.strictObject({
  state: z.enum(['open', 'done', 'all']).default('open'),
  line: z
    .string()
    .regex(/^\+\d{2,15}$/, 'the number of a line, such as +420222333444 (a plus is %2B in a URL)')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional().describe('`next` of the previous page'),
});

const markAnswer = z.object({
  at: responseInstant,
  by: z.string().nullable().describe('`@login` of the person, or the name of the token'),
});

const messageAnswer = z
  .object({
    id: z.string().describe('Also the id of the recording'),
    call_id: z.string(),
    number: z.string().describe('Of the caller; masked without the scope numbers:read; empty when withheld'),
    line: z.string().describe('E.164'),
    queue: z.number().int().nullable().describe('The queue in which the caller waited before'),
    for_queue: z.number().int().nullable().describe('The queue that the message is for, as the plan says; null: none'),
    for_handset: z.string().nullable().describe('The handset that the message is for, as the plan says; null: none'),
    at: responseInstant.describe('When the message began'),
    duration_ms: z.number().int(),
    heard: markAnswer.nullable().describe('Who listened to it first'),
    done: markAnswer.nullable().describe('Who marked it as done'),
    audio: z.string().describe('Path of the audio: WAV, 8 kHz, mono, 16 bit'),
  })
  .meta({ id: 'Message' });

interface MessageParts extends Pick<RecordingParts, 'files' | 'recordAccess'> {
  messages: MessageReader;
  /** @param by null: not done. Resolves to false when there is no such message. */
  markDone: (id: string, by: string | null) => Promise<boolean>;
}

/** `/api/v1/messages`: what callers said when nobody answered. */
export function messageRoutes({ messages, markDone, files, recordAccess }: MessageParts): Route[] {
  const mark = async (id: string, by: string | null): Promise<Answer> => {
    if (!(await markDone(id, by))) throw noMessage();
    return noContent();
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/messages',
      scope: 'calls:read',
      summary: 'Messages of callers, newest first; default: those that nobody has marked as done',
      query,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following page',
          schema: z.object({ messages: z.array(messageAnswer), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { cursor, ...filter }, can }) => {
        const after = parseCursor(cursor);
        const found = await messages.list({ ...filter, after });
        return json({
          messages: found.messages.map((each) => present(each, can('numbers:read'))),
          next: formatCursor(found.next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/messages/count',
      scope: 'calls:read',
      summary: 'How many messages are not done, and how many of these nobody has heard',
      answers: {
        200: {
          description: 'The numbers',
          schema: z.object({ open: z.number().int(), unheard: z.number().int() }),
        },
      },
      handle: async () => json(await messages.count()),
    }),
    route({
      method: 'GET',
      path: '/api/v1/messages/:id/audio',
      scope: 'calls:read',
      summary: 'Returns the audio of a message; supports ranges. A token needs the scope recordings:read as well',
      params: recordingPath,
      answers: { 200: { description: 'WAV, 8 kHz, mono, 16 bit', type: 'audio/wav' } },
      handle: async (request) => {
        requireActor(request, 'recordings:read');
        const message = await messages.get(request.params.id);
        if (message === undefined) throw noMessage();
        return audioAnswer({ files, recordAccess }, message, request.headers);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/messages/:id/done',
      scope: 'operators:read',
      summary: 'Marks a message as done. A token needs the scope calls:control as well',
      params: recordingPath,
      answers: { 204: { description: 'Stored' } },
      handle: (request) => mark(request.params.id, requireActor(request, 'calls:control')),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/messages/:id/done',
      scope: 'operators:read',
      summary: 'Opens a message again that was marked as done. A token needs the scope calls:control as well',
      params: recordingPath,
      answers: { 204: { description: 'Open again' } },
      handle: (request) => {
        requireActor(request, 'calls:control');
        return mark(request.params.id, null);
      },
    }),
  ];
}

function noMessage() {
  return notFound('there is no such message, or it was deleted');
}

function present(message: Message, seesNumbers: boolean): z.output<typeof messageAnswer> {
  const number = e164OfStored(message.number);
  return {
    id: message.id,
    call_id: message.call_id,
    number: seesNumbers ? number : maskNumber(number),
    line: message.line,
    queue: message.queue,
    for_queue: message.for_queue,
    for_handset: message.for_handset,
    at: new Date(message.started_at).toISOString(),
    duration_ms: message.duration_ms,
    heard: markOf(message.heard_at, message.heard_by),
    done: markOf(message.done_at, message.done_by),
    audio: `/api/v1/messages/${message.id}/audio`,
  };
}

function markOf(at: number | null, by: string | null): z.output<typeof markAnswer> | null {
  return at === null ? null : { at: new Date(at).toISOString(), by };
}
