import { Readable } from 'node:stream';
import { z } from 'zod';
import { json } from '../http/answer.js';
import { invalid } from '../http/problem.js';
import type { FieldCode } from '../http/problem-codes.js';
import { route, type Route } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import { responseInstant } from '../http/instant.js';
import type { AuditEntry } from '../storage/audit-log.js';
import type { History } from '../storage/database.js';
import type { Eraser, ErasureReceipt } from './erase.js';
import { countStoredData, exportPerson, type ExportParts } from './export.js';
import { Person } from './person.js';

const LISTED = 100;

/** In the body and not in the path, because proxies log addresses. */
const number = z
  .string()
  .min(2)
  .max(40)
  .describe('In any notation; without a country code it is a number of the company’s country');
const counts = z.record(z.string(), z.number().int());

const configurationItems = z
  .array(z.object({ section: z.string(), key: z.string() }))
  .describe('Items of the company document that still hold the number');

const summaryAnswer = z.object({
  number: z.string().describe('With its country code'),
  counts: z
    .object({
      calls: z.number().int(),
      recordings: z.number().int(),
      webhook_deliveries: z.number().int(),
      orders: z.number().int(),
      notifications: z.number().int(),
      other: z
        .number()
        .int()
        .describe('Rejected requests and calls, notes about missed calls, entries of the audit log'),
    })
    .describe('Rows that hold the number. Of rows of other people only the number is erased'),
  do_not_call: z.boolean().describe('Whether the number is on the do-not-call list'),
  configuration: configurationItems,
});

const receiptAnswer = z.object({
  id: z.string(),
  at: responseInstant,
  by: z.string().describe('Token or person that requested the erasure'),
  counts: counts.describe(
    'By kind: `calls` and related rows; `mentions`: rows of other people, from which only the number was removed',
  ),
  do_not_call: z.enum(['kept', 'removed', 'none']).describe('The entry of the do-not-call list'),
  configuration: configurationItems,
  backups: z
    .array(z.string())
    .describe('Backups of this gateway that were made before: they may hold the data until they are removed')
    .meta({ examples: [['cordboard-20261129T023000Z.tar.gz']] }),
  log_truncated: z
    .boolean()
    .describe(
      'False when another process reads the database: its write-ahead log is emptied after that process has ended',
    ),
});
const erasureAnswer = z.object({ id: z.string(), at: responseInstant, by: z.string(), counts });

interface PrivacyRoutesParts extends ExportParts {
  db: History;
  eraser: Pick<Eraser, 'erase'>;
  /** Stores an entry of the audit log. */
  audit: (entry: AuditEntry) => Promise<void>;
  company: () => { country: string; lines: readonly { number: string }[] };
}

/** `/api/v1/people`: export and erasure of the data of a person. */
export function privacyRoutes(parts: PrivacyRoutesParts): Route[] {
  const { db, eraser, company, audit, now } = parts;
  const read = (text: string): Person => {
    const { country, lines } = company();
    const person = Person.parse(text, country);
    const refused = (detail: string, code?: FieldCode) => invalid([{ field: 'body.number', detail, code }]);
    if (person === undefined) throw refused('not a phone number; write it with its country code', 'bad_number');
    if (lines.some((line) => line.number === person.number))
      throw refused('the number is a line of the company, not of a person');
    return person;
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/people/export',
      scope: 'people:data',
      summary: 'Exports all data of a number: calls with timelines, webhooks, orders, notifications, recordings',
      body: z.strictObject({ number }),
      answers: { 200: { description: 'One JSON document', type: 'application/json' } },
      async handle({ body }) {
        const person = read(body.number);
        await audit({ at: now(), action: 'person_exported' });
        return {
          status: 200,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: Readable.from(exportPerson(parts, person)),
        };
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/people/summary',
      scope: 'people:data',
      summary: 'Counts what is stored about a number: what an export has, and an erasure erases',
      body: z.strictObject({ number }),
      answers: { 200: { description: 'Numbers of rows by kind', schema: summaryAnswer } },
      async handle({ body }) {
        const person = read(body.number);
        const { counts: stored, isOnDoNotCallList, configuration } = await countStoredData(db, person);
        return json({ number: person.number, counts: stored, do_not_call: isOnDoNotCallList, configuration });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/people/erasures',
      scope: 'people:data',
      summary: 'Erases the data of a number; can be repeated',
      body: z.strictObject({
        number,
        remove_do_not_call: z
          .boolean()
          .default(false)
          .describe('Also removes the entry of the do-not-call list; the number can then be called again'),
      }),
      answers: {
        200: { description: 'Counts of the erased data, without the number', schema: receiptAnswer },
        409: { description: 'The number is in a call, or another erasure is running' },
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
      summary: `Lists the last ${LISTED} erasures, newest first, without the numbers`,
      answers: {
        200: { description: 'Time, requester and counts', schema: z.object({ erasures: z.array(erasureAnswer) }) },
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

function presentReceipt({
  id,
  at,
  by,
  counts: counted,
  doNotCall,
  configuration,
  backups,
  logTruncated,
}: ErasureReceipt) {
  return {
    id,
    at: new Date(at).toISOString(),
    by,
    counts: counted,
    do_not_call: doNotCall,
    configuration,
    backups,
    log_truncated: logTruncated,
  };
}
