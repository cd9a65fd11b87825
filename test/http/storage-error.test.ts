import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql, Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { json } from '../../src/http/answer.js';
import { route } from '../../src/http/route.js';
import { createLogger } from '../../src/lib/logger.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';
import { startServer, type TestServer } from './http-harness.js';

/** A request that meets a database which cannot be written now is answered with 503 and one line in the log. */

let dir: string;
let db: Database;
let server: TestServer;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-storage-'));
  db = await openDatabase(path.join(dir, 'test.db'));
  log = '';
  const write = route({
    method: 'POST',
    path: '/write',
    scope: 'public',
    summary: 'Writes',
    answers: {},
    handle: async () => {
      await db.transaction().execute(async (tx) => {
        await sql`insert into meta (key, value) values ('big', ${'x'.repeat(100_000)})`.execute(tx);
      });
      return json({});
    },
  });
  const logger = createLogger({ level: 'info' }, { write: (line: string) => void (log += line) });
  server = await startServer([write], { logger });
});

afterEach(async () => {
  await server.stop();
  await db.destroy();
  await rm(dir, { recursive: true });
});

test.each([
  {
    code: 'SQLITE_BUSY',
    fail: async () => {
      const other = new Kysely<unknown>({
        dialect: new SqliteDialect(() => openConnection({ filename: path.join(dir, 'test.db'), pragmas: [] })),
      });
      await sql`begin exclusive`.execute(other);
      return () => other.destroy();
    },
  },
  {
    code: 'SQLITE_READONLY',
    fail: async () => {
      await sql`pragma query_only = on`.execute(db);
      return () => sql`pragma query_only = off`.execute(db);
    },
  },
  {
    code: 'SQLITE_FULL',
    fail: async () => {
      await sql`pragma max_page_count = 1`.execute(db);
      return () => sql`pragma max_page_count = 1000000`.execute(db);
    },
  },
])('$code: 503 with Retry-After and one line, and 200 afterwards', async ({ code, fail }) => {
  const repair = await fail();
  const answer = await fetch(`${server.url}/write`, { method: 'POST' });
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ title: 'Unavailable' });
  await repair();
  const lines = log.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ code, route: '/write', level: 40 });
  expect((await fetch(`${server.url}/write`, { method: 'POST' })).status).toBe(200);
});
