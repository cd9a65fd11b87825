import type { paths } from '../api/schema.js';
import { api, type ApiFailure } from '../api/client.js';
import { session } from '../session.js';
import { periodsOf, type Period, type ReportFilter } from './filter.js';
import type { ReportRow } from './series.js';

type Loaded<T> = { ok: true; data: T } | ApiFailure;
type Query = NonNullable<paths['/api/v1/reports/calls']['get']['parameters']['query']>;

interface Answer {
  rows: ReportRow[];
  totals: ReportRow[];
  pending: number;
}

export interface LoadedReport {
  filter: ReportFilter;
  current: Answer & { period: Period };
  before: (Answer & { period: Period }) | undefined;
}

/** Loads the report of a filter, and of the time that it is compared with. */
export async function loadReport(filter: ReportFilter): Promise<Loaded<LoadedReport>> {
  const { current, before } = periodsOf(filter, session.timeZone, Date.now());
  const [now, earlier] = await Promise.all([
    loadPeriod(filter, current),
    before === undefined ? undefined : loadPeriod(filter, before),
  ]);
  if (!now.ok) return now;
  if (earlier?.ok === false) return earlier;
  return {
    ok: true,
    data: {
      filter,
      current: { ...now.data, period: current },
      before: before && earlier && { ...earlier.data, period: before },
    },
  };
}

async function loadPeriod(filter: ReportFilter, period: Period): Promise<Loaded<Answer>> {
  // Without a key the page shows only totals: the grouping with the fewest rows is enough.
  const isOfAll = filter.key === undefined && filter.view !== 'calls';
  const query = queryOf(isOfAll ? { ...filter, by: 'weekday' } : filter, period);
  const outcome = await api.get(`/api/v1/reports/${filter.view}`, { query });
  return outcome.ok ? { ok: true, data: outcome.data } : outcome;
}

/** The address of the rows as CSV. */
export function csvAddress(filter: ReportFilter): string {
  const { current } = periodsOf(filter, session.timeZone, Date.now());
  const query = Object.entries(queryOf(filter, current)).map(([name, value]) => [name, String(value)]);
  return `/api/v1/reports/${filter.view}.csv?${new URLSearchParams(query).toString()}`;
}

function queryOf({ by, key, within, view }: ReportFilter, { start, end }: Period): Query {
  const query: Query = { from: new Date(start).toISOString(), to: new Date(end).toISOString(), by, within };
  const one = key ?? (view === 'calls' ? 'incoming' : undefined);
  if (one !== undefined) query.key = one;
  return query;
}
