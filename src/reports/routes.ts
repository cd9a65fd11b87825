import { z } from 'zod';
import { json, type Answer } from '../http/answer.js';
import { CSV, csv, wantsCsv, type CsvValue } from '../http/csv.js';
import { invalid } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { requestInstant } from '../http/instant.js';
import type { Clock } from '../lib/clock.js';
import type { RecordAction } from '../storage/audit-log.js';
import { compact } from '../lib/compact.js';
import { DAY_MS, SECOND_MS } from '../lib/time.js';
import { SERVICE_LEVELS_S } from './buckets.js';
import { reports, type ReportName } from './contributions.js';
import type { ReportFilter, ReportReader, ReportRow } from './reader.js';
import { presenters, rowSchemas } from './schemas.js';
import { groupings } from './slots.js';

/** Days of a report without `from`. */
const DEFAULT_DAYS = 7;
const MOST_DAYS = 1_100;

const query = z.strictObject({
  from: requestInstant
    .optional()
    .describe(`Rounded to hours; default: ${DEFAULT_DAYS} days before \`to\``)
    .meta({ examples: ['2026-11-01T00:00:00+01:00'] }),
  to: requestInstant.optional().describe('Exclusive; default: now'),
  by: z.enum(groupings).default('day').describe('hour: of the day; weekday: 1 is Monday; weekday_hour: both'),
  key: z.string().max(200).optional().describe('Only this queue, line, handset …: a `key` of the rows'),
  within: z.coerce
    .number()
    .refine((seconds) => SERVICE_LEVELS_S.includes(seconds), `one of ${SERVICE_LEVELS_S.join(', ')}`)
    .default(20)
    .describe(`Seconds of the service level: ${SERVICE_LEVELS_S.join(', ')}`)
    .meta({ examples: [20] }),
});
type Query = z.output<typeof query>;

const SUMMARIES: Record<ReportName, string> = {
  calls: 'Calls by direction: outcomes, service level, waiting and talk',
  queues: 'Calls by their last queue',
  lines: 'Calls by line',
  agents: 'Talks, wrap-up and pauses of each handset',
  menus: 'Keys chosen in menus, and where callers hang up',
  notifications: 'Finished notifications by the status of the order',
  shop: 'Requests to the shop’s application: errors and latency',
  quality: 'How well handsets, trunks and lines were heard: loss, jitter, round trip and poor legs',
};

interface ReportRoutesOptions {
  reader: ReportReader;
  timeZone: () => string;
  /** The names of menus by their places in the plans. */
  menuNames: () => ReadonlyMap<string, string>;
  clock: Clock;
  record: RecordAction;
}

/** `/api/v1/reports`. */
export function reportRoutes(options: ReportRoutesOptions): Route[] {
  return reports.flatMap((report) => {
    const spec = { method: 'GET', scope: 'metrics:read', query } as const;
    const handle = (request: Request<unknown, Query>) => answer(report, request, options);
    const schema = z.object({
      from: z.string(),
      to: z.string(),
      by: z.enum(groupings),
      time_zone: z.string().meta({ examples: ['Europe/Prague'] }),
      within_s: z.number(),
      pending: z
        .number()
        .int()
        .describe('Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade'),
      rows: z.array(rowSchemas[report]).describe('Sorted by group, then by key'),
      totals: z.array(rowSchemas[report]).describe('The whole time by key; `group` is empty'),
    });
    return [
      route({
        ...spec,
        path: `/api/v1/reports/${report}`,
        summary: SUMMARIES[report],
        answers: { 200: { description: 'The sums', schema, otherTypes: [CSV] } },
        handle,
      }),
      route({
        ...spec,
        path: `/api/v1/reports/${report}.csv`,
        summary: `${SUMMARIES[report]}, as CSV`,
        answers: { 200: { description: 'The rows', type: CSV } },
        handle,
      }),
    ];
  });
}

async function answer(
  report: ReportName,
  request: Request<unknown, Query>,
  { reader, timeZone, menuNames, clock, record }: ReportRoutesOptions,
): Promise<Answer> {
  const { by, within, key } = request.query;
  const filter = { ...timeOf(request.query, clock.now()), by, zone: timeZone(), key };
  const [from, to] = [filter.from, filter.to].map((at) => new Date(at).toISOString());
  // Before the rows are read: an export that is broken off counts too.
  if (wantsCsv(request))
    await record({ action: 'report_exported', subject: report, detail: compact({ from, to, by, key }) });
  const rows = await read(report, reader, filter);
  const names = report === 'menus' ? menuNames() : new Map<string, string>();
  const presentation = { withinMs: within * SECOND_MS, menuName: (place: string) => names.get(place) };
  const present = (row: ReportRow) => presenters[report](row, presentation);
  const shown = rows.map(present);
  if (wantsCsv(request)) return asCsv(report, shown);
  return json({
    from,
    to,
    by,
    time_zone: filter.zone,
    within_s: within,
    pending: await reader.pending(),
    rows: shown,
    totals: totalsOf(rows).map(present),
  });
}

async function read(report: ReportName, reader: ReportReader, filter: ReportFilter): Promise<ReportRow[]> {
  const rows = await reader.read(report, filter);
  return report === 'agents' ? merged([...rows, ...(await reader.pauses(filter))], (row) => row.group) : rows;
}

function totalsOf(rows: readonly ReportRow[]): ReportRow[] {
  return merged(rows, () => '');
}

const { compare: compareText } = new Intl.Collator('en', { numeric: true });

/** Adds the rows of the same group and key. */
function merged(rows: readonly ReportRow[], groupOf: (row: ReportRow) => string): ReportRow[] {
  const all = new Map<string, ReportRow>();
  for (const row of rows) {
    const group = groupOf(row);
    const sum: ReportRow = all.get(`${group} ${row.key}`) ?? {
      group,
      key: row.key,
      sums: new Map(),
      counts: new Map(),
    };
    all.set(`${group} ${row.key}`, sum);
    for (const [measure, value] of row.sums) sum.sums.set(measure, (sum.sums.get(measure) ?? 0) + value);
    for (const [measure, counts] of row.counts) {
      const before = sum.counts.get(measure) ?? new Map<number, number>();
      for (const [edge, many] of counts) before.set(edge, (before.get(edge) ?? 0) + many);
      sum.counts.set(measure, before);
    }
  }
  return [...all.values()].sort((a, b) => compareText(a.group, b.group) || compareText(a.key, b.key));
}

/** @throws {Problem} 422 */
function timeOf({ from, to }: Query, now: number): { from: number; to: number } {
  const end = to === undefined ? now : Date.parse(to);
  const start = from === undefined ? end - DEFAULT_DAYS * DAY_MS : Date.parse(from);
  if (start >= end) throw invalid([{ field: 'query.from', detail: 'must be before `to`', code: 'not_before' }]);
  if (end - start > MOST_DAYS * DAY_MS)
    throw invalid([
      {
        field: 'query.from',
        detail: `at most ${MOST_DAYS} days`,
        code: 'too_long',
        params: { maximum_days: MOST_DAYS },
      },
    ]);
  return { from: start, to: end };
}

/** Counts by key or result are written as `1:20 9:7`. */
function asCsv(report: ReportName, rows: readonly object[]): Answer {
  const columns = Object.keys(rowSchemas[report].shape);
  const cell = (value: unknown): CsvValue =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, many]) => `${name}:${String(many)}`)
          .join(' ')
      : (value as CsvValue);
  async function* lines() {
    await Promise.resolve();
    for (const row of rows) yield columns.map((column) => cell((row as Record<string, unknown>)[column]));
  }
  return csv(`report-${report}`, columns, lines());
}
