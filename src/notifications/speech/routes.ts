import { z } from 'zod';
import { json } from '../../http/answer.js';
import { invalid } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';
import { languageCode } from '../../lib/language-code.js';
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
});

const previewAnswer = z.object({
  /** True when the settings do not speak this status. */
  silent: z.boolean(),
  text: z.string(),
  pieces: z.array(z.object({ prompt: z.number(), text: z.string() })),
  /** Why pieces were left out. */
  left_out: z.array(z.string()),
});

/** Preview of a status announcement, for people who write templates. */
export function statusSpeechRoutes(composer: Pick<StatusComposer, 'composeWithText'>): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/status-speech/preview',
      scope: 'prompts:read',
      summary: "Previews the announcement of an order's status, piece by piece",
      body: previewBody,
      answers: { 200: { description: 'The text, and the prompt of each piece', schema: previewAnswer } },
      handle: async ({ body }) => {
        const { status, language, occasion, template, vars } = body;
        const composed = await composer.composeWithText(
          compact({ status, language, occasion, details: detailsOf(body), template, vars }),
        );
        if ('refused' in composed)
          throw invalid([
            { field: template === undefined ? 'body.language' : 'body.template', detail: composed.refused },
          ]);
        if ('silent' in composed) return json({ silent: true, text: '', pieces: [], left_out: [] });
        const text = composed.pieces.map((piece) => piece.text).join(' ');
        return json({ silent: false, text, pieces: composed.pieces, left_out: composed.leftOut });
      },
    }),
  ];
}

function detailsOf(body: z.output<typeof previewBody>): OrderDetails {
  const { car_mark, car_model, car_color, car_plate, minutes } = body;
  return compact({ carMark: car_mark, carModel: car_model, carColor: car_color, carPlate: car_plate, minutes });
}
