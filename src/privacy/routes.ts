import { Readable } from 'node:stream';
import { z } from 'zod';
import { json } from '../http/answer.js';
import { invalid } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import type { Database } from '../storage/database.js';
import type { Eraser, Receipt } from './erase.js';
import { exportPerson, type ExportParts } from './export.js';
import { Person } from './person.js';

const LISTED = 100;

/** In the body and not in the path: addresses are written into the logs of proxies. */
const number = z
  .string()
  .min(2)
  .max(40)
  .describe('In any notation; without a country code it is read in the company’s country');
const counts = z.record(z.string(), z.number().int());
const instant = z.string().describe('ISO 8601, UTC');

const receiptAnswer = z.object({
  id: z.string(),
  at: instant,
  by: z.string().describe('Token or person who asked for it'),
  counts: counts.describe(
    'By kind: `calls` and what belongs to them; `mentions`: rows about others, out of which the number alone was taken',
  ),
  do_not_call: z.enum(['kept', 'removed', 'none']).describe('The entry of the do-not-call list'),
  configuration: z
    .array(z.object({ section: z.string(), key: z.string() }))
    .describe('Where the company’s document still holds the number'),
  log_truncated: z
    .boolean()
    .describe('False: another process reads the database; its write-ahead log is emptied once that one has ended'),
});
const erasureAnswer = z.object({ id: z.string(), at: instant, by: z.string(), counts });

interface PrivacyRoutesParts extends ExportParts {
  db: Database;
  eraser: Pick<Eraser, 'erase'>;
  company: () => { country: string; lines: readonly { number: string }[] };
}

/** `/api/v1/people`: what is stored of a person, exported and erased. */
export function privacyRoutes(parts: PrivacyRoutesParts): Route[] {
  const { db, eraser, company } = parts;
  const read = (text: string): Person => {
    const { country, lines } = company();
    const person = Person.read(text, country);
    const refused = (detail: string) => invalid([{ field: 'body.number', detail }]);
    if (person === undefined) throw refused('that is not a phone number; write it with its country code');
    if (lines.some((line) => line.number === person.number))
      throw refused('that is a line of the company, not a person');
    return person;
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/people/export',
      scope: 'people:data',
      summary: 'All that is stored of a number: calls with timelines, webhooks, orders, notifications, recordings',
      body: z.strictObject({ number }),
      answers: { 200: { description: 'One JSON document', type: 'application/json' } },
      handle: ({ body }) => ({
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: Readable.from(exportPerson(parts, read(body.number))),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/people/erasures',
      scope: 'people:data',
      summary: 'Erases what is stored of a number; a second time does no harm',
      body: z.strictObject({
        number,
        remove_do_not_call: z
          .boolean()
          .default(false)
          .describe(
            'Also the entry of the do-not-call list, which otherwise stays: without it the number can be called again',
          ),
      }),
      answers: {
        200: { description: 'What was erased; holds no number', schema: receiptAnswer },
        409: { description: 'The number is in a call that goes on, or another erasure is under way' },
      },
      async handle({ body, who }) {
        const by = who === undefined ? '' : nameOf(who);
        return json(
          presentReceipt(await eraser.erase(read(body.number), { by, removeDoNotCall: body.remove_do_not_call })),
        );
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/people/erasures',
      scope: 'people:data',
      summary: `The last ${LISTED} erasures, newest first; whose data it was is not kept`,
      answers: {
        200: { description: 'When, by whom, how much', schema: z.object({ erasures: z.array(erasureAnswer) }) },
      },
      async handle() {
        const rows = await db.selectFrom('erasures').selectAll().orderBy('at', 'desc').limit(LISTED).execute();
        return json({
          erasures: rows.map(({ id, at, by, counts: stored }) => ({
            id,
            at: new Date(at).toISOString(),
            by,
            counts: JSON.parse(stored) as unknown,
          })),
        });
      },
    }),
  ];
}

function presentReceipt({ id, at, by, counts: counted, doNotCall, configuration, logTruncated }: Receipt) {
  return {
    id,
    at: new Date(at).toISOString(),
    by,
    counts: counted,
    do_not_call: doNotCall,
    configuration,
    log_truncated: logTruncated,
  };
}
