import { z } from 'zod';
import { json } from '../http/answer.js';
import { CSV, csv, wantsCsv } from '../http/csv.js';
import { route, type Request, type Route } from '../http/route.js';
import { instantOf, requestInstant, responseInstant } from '../http/instant.js';
import { auditActions, type RecordAction } from '../storage/audit-log.js';
import type { AuditRow } from '../storage/schema.js';
import type { AuditReader } from './audit-reader.js';

const MAX_PAGE = 200;
const COLUMNS = ['id', 'at', 'actor_kind', 'actor_id', 'actor', 'action', 'subject', 'detail'] as const;

const filters = z.strictObject({
  actor: z
    .string()
    .max(100)
    .optional()
    .describe('`@login` of a person, or name of a token')
    .meta({ examples: ['@jana@example.com'] }),
  action: z.enum(auditActions).optional(),
  from: requestInstant.optional(),
  to: requestInstant.optional().describe('Exclusive'),
  before: z.coerce.number().int().optional().describe('`next` of the previous page'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
});
type Query = z.output<typeof filters>;

const entry = z
  .object({
    id: z.number().int(),
    at: responseInstant,
    actor_kind: z.enum(['operator', 'token', 'gateway']).describe('gateway: the gateway itself, or a failed login'),
    actor_id: z.number().int().nullable().describe('Id of the operator'),
    actor: z.string().describe('`@login` of the person, or name of the token; empty for the gateway'),
    action: z.string().meta({ examples: ['configuration_published'] }),
    subject: z
      .string()
      .describe('What was changed or used')
      .meta({ examples: ['version 12'] }),
    detail: z.record(z.string(), z.unknown()).describe('More, by action; without secrets'),
  })
  .meta({ id: 'AuditEntry' });

/** `/api/v1/audit`. */
export function auditRoutes(reader: AuditReader, record: RecordAction): Route[] {
  const spec = { method: 'GET', scope: 'audit:read', query: filters } as const;
  const handle = async (request: Request<unknown, Query>) => {
    const { from, to, before, limit, ...others } = request.query;
    const filter = { ...others, from: instantOf(from), to: instantOf(to) };
    if (wantsCsv(request)) {
      // Before the first line: an export that is broken off counts too.
      await record({ action: 'audit_exported', detail: { ...others, from: from ?? null, to: to ?? null } });
      return csv('audit', COLUMNS, lines(reader.all(filter, MAX_PAGE)));
    }
    const { entries, next } = await reader.list(filter, { before, limit });
    return json({ entries: entries.map(present), next: next ?? null });
  };
  return [
    route({
      ...spec,
      path: '/api/v1/audit',
      summary: 'Who logged in, changed the configuration or accounts, heard recordings, listened in; newest first',
      answers: {
        200: {
          description: 'A page; `next` is null on the last',
          schema: z.object({ entries: z.array(entry), next: z.number().int().nullable() }),
          otherTypes: [CSV],
        },
      },
      handle,
    }),
    route({
      ...spec,
      path: '/api/v1/audit.csv',
      summary: 'The whole audit log that matches, as CSV',
      answers: { 200: { description: 'The entries', type: CSV } },
      handle,
    }),
  ];
}

async function* lines(rows: AsyncIterable<AuditRow>) {
  for await (const row of rows) {
    const shown = { ...row, at: new Date(row.at).toISOString() };
    yield COLUMNS.map((column) => shown[column]);
  }
}

function present({ at, detail, ...row }: AuditRow) {
  return { ...row, at: new Date(at).toISOString(), detail: JSON.parse(detail) as unknown };
}
