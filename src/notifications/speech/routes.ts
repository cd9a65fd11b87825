import { z } from 'zod';
import { json } from '../../http/answer.js';
import { invalid } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';
import { languageCode } from '../../lib/language-code.js';
import { speechTemplate } from '../../orders/speech-schema.js';
import { orderStatuses } from '../../orders/status.js';
import type { OrderDetails } from '../../orders/order.js';
import type { StatusComposer } from './composer.js';
import { compact } from '../../lib/compact.js';

const previewBody = z.strictObject({
  /** Null: a status that is not one of ours. */
  status: z.enum(orderStatuses).nullable(),
  language: languageCode,
  occasion: z.enum(['notification', 'inquiry']).default('notification'),
  template: z.string().max(64).optional(),
  car_mark: z.string().max(60).optional(),
  car_model: z.string().max(60).optional(),
  car_color: z.string().max(60).optional(),
  car_plate: z.string().max(20).optional(),
  minutes: z.number().min(0).max(999).optional(),
  vars: z.record(z.string(), z.union([z.string().max(200), z.number()])).optional(),
  /** Pieces that are not stored yet, in place of those of the template. */
  pieces: speechTemplate.optional(),
});

const audioPath = z.string().nullable().describe('Path of the audio as callers hear it; null without one');

const previewAnswer = z.object({
  /** True when the settings do not speak this status. */
  silent: z.boolean(),
  text: z.string(),
  pieces: z.array(z.object({ prompt: z.number(), text: z.string(), audio: audioPath })),
  /** Why pieces were left out. */
  left_out: z.array(z.string()),
});

const recordingsAnswer = z.object({
  recordings: z.array(
    z.object({ name: z.string().describe('As templates name it'), text: z.string(), audio: audioPath }),
  ),
});

interface StatusSpeechRoutesOptions {
  composer: Pick<StatusComposer, 'composeWithText'>;
  /** The recordings of a language that templates can name. */
  recordings: (language: string) => { name: string; text: string; prompt: number }[];
  /** Path of the audio of a prompt; undefined when it has none. */
  audioOf: (prompt: number, language: string) => Promise<string | undefined>;
}

/** Recordings for templates of status announcements, and their preview. */
export function statusSpeechRoutes({ composer, recordings, audioOf }: StatusSpeechRoutesOptions): Route[] {
  const withAudio = async <T extends { prompt: number }>(pieces: readonly T[], language: string) =>
    Promise.all(pieces.map(async (piece) => ({ ...piece, audio: (await audioOf(piece.prompt, language)) ?? null })));
  return [
    route({
      method: 'GET',
      path: '/api/v1/status-speech/recordings',
      scope: 'prompts:read',
      summary: 'The built-in recordings of a language that templates of status announcements can name',
      query: z.strictObject({ language: languageCode }),
      answers: { 200: { description: 'The recordings by name', schema: recordingsAnswer } },
      handle: async ({ query: { language } }) => {
        const listed = await withAudio(recordings(language), language);
        return json({ recordings: listed.map(({ name, text, audio }) => ({ name, text, audio })) });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/status-speech/preview',
      scope: 'prompts:read',
      summary: "Previews the announcement of an order's status, piece by piece",
      body: previewBody,
      answers: { 200: { description: 'The text, and the prompt of each piece', schema: previewAnswer } },
      handle: async ({ body }) => {
        const { status, language, occasion, template, vars, pieces } = body;
        const composed = await composer.composeWithText(
          compact({ status, language, occasion, details: detailsOf(body), template, vars }),
          pieces,
        );
        if ('refused' in composed) {
          const own = pieces === undefined ? template && 'body.template' : 'body.pieces';
          throw invalid([{ field: own ?? 'body.language', detail: composed.refused }]);
        }
        if ('silent' in composed) return json({ silent: true, text: '', pieces: [], left_out: [] });
        const text = composed.pieces.map((piece) => piece.text).join(' ');
        const heard = await withAudio(composed.pieces, language);
        return json({ silent: false, text, pieces: heard, left_out: composed.leftOut });
      },
    }),
  ];
}

function detailsOf(body: z.output<typeof previewBody>): OrderDetails {
  const { car_mark, car_model, car_color, car_plate, minutes } = body;
  return compact({ carMark: car_mark, carModel: car_model, carColor: car_color, carPlate: car_plate, minutes });
}
