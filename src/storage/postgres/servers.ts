import type pg from 'pg';
import { within } from '../../lib/within.js';
import { PostgresError } from './postgres-error.js';

/** `scheme://user:password@`, hosts, and the rest. */
const PARTS = /^([^:]+:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/s;

const TIMELINE = `select case when pg_is_in_recovery() then '0' else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end as timeline`;
/** A server that took the connection may stand still. */
const ANSWER_MS = 2_000;

/** One URL for each server of `postgres://user:password@host:port,host:port/database` (libpq's notation). */
export function serverUrls(url: string): string[] {
  const [, before = '', hosts = '', after = ''] = PARTS.exec(url) ?? [];
  if (!hosts.includes(',')) return [url];
  return hosts.split(',').map((host) => `${before}${host}${after}`);
}

/**
 * Connects to the one of several servers that takes writes. A former primary that comes back takes writes too: each promotion begins a
 * new timeline, so the newest one counts. @throws PostgresError
 */
export async function connectToPrimary(
  urls: readonly string[],
  connect: (url: string) => Promise<pg.Client>,
): Promise<pg.Client> {
  const attempts = await Promise.allSettled(urls.map(async (url) => withTimeline(await connect(url))));
  const reached = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const [primary] = reached.filter(({ timeline }) => timeline > 0).sort((a, b) => b.timeline - a.timeline);
  for (const { client } of reached) if (client !== primary?.client) client.end().catch(() => undefined);
  if (primary !== undefined) return primary.client;
  if (reached.length > 0)
    throw new PostgresError(
      'POSTGRES_READ_ONLY',
      `PostgreSQL: every server that answers is a replica (${reached.length}); promote one of them`,
    );
  throw attempts.find((attempt) => attempt.status === 'rejected')?.reason as Error;
}

/** @returns 0 as the timeline of a replica */
async function withTimeline(client: pg.Client): Promise<{ client: pg.Client; timeline: number }> {
  try {
    const answer = await within(client.query<{ timeline: string }>(TIMELINE), ANSWER_MS, () => {
      throw new PostgresError('POSTGRES_UNREACHABLE', `PostgreSQL has not answered for ${ANSWER_MS} ms`);
    });
    return { client, timeline: Number.parseInt(answer.rows[0]?.timeline ?? '0', 16) };
  } catch (error) {
    client.end().catch(() => undefined);
    throw error;
  }
}
