import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.js';
import { createApp } from '../support/app.js';
import { stopAll } from '../../src/app/parts.js';
import { explainStartError } from '../../src/app/start-error.js';
import { readConfig, type Config } from '../../src/config.js';
import { ConfigStore } from '../../src/company/store/config-store.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { writeMeta } from '../../src/storage/meta.js';
import { storeDeliveries } from '../../src/storage/flow-store.js';
import { freePort } from '../support/ports.js';

/** The gateway is started where it cannot run: it says what is wrong and what to do, and has done nothing. */

let dir: string;
let config: Config;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-start-'));
  config = await configOf();
});
afterEach(() => rm(dir, { recursive: true }));

async function configOf(more: Record<string, string> = {}): Promise<Config> {
  return readConfig({
    HTTP_PORT: String(await freePort()),
    CORDBOARD_DATA: path.join(dir, 'data'),
    CORDBOARD_API_TOKEN: 'a token of sixteen',
    CORDBOARD_EXAMPLE: 'none',
    CORDBOARD_SOUNDS: path.join(dir, 'no-sounds'),
    // Nobody is there.
    ARI_URL: 'http://127.0.0.1:9',
    ARI_PASSWORD: 'x',
    AMI_PORT: '9',
    AMI_PASSWORD: 'x',
    LOG_LEVEL: 'silent',
    ...more,
  });
}

/** Starts it; what it has to say for itself if it does not, after it has been stopped. */
async function startErrorOf(): Promise<string | undefined> {
  let app: App | undefined;
  try {
    app = await createApp(config);
    await app.start();
    return undefined;
  } catch (error) {
    return explainStartError(error, config) ?? String(error);
  } finally {
    await app?.stop('over');
  }
}

async function withDatabase(job: (db: Database) => Promise<unknown>): Promise<void> {
  await mkdir(config.dataDir, { recursive: true });
  const db = await openDatabase(path.join(config.dataDir, 'cordboard.db'));
  await job(db);
  await db.destroy();
}

describe('a start', () => {
  it('without an Asterisk is none of these', async () => {
    expect(await startErrorOf()).toBeUndefined();
  });

  it('with an invalid database file', async () => {
    await mkdir(config.dataDir);
    await writeFile(path.join(config.dataDir, 'cordboard.db'), 'not a database, for sure '.repeat(1000));
    expect(await startErrorOf()).toMatch(/is damaged .* Restore a backup/);
  });

  it('with a database of a later version', async () => {
    await withDatabase(async (db) => {
      await sql`insert into kysely_migration values ('9999_of_later', '2030-01-01T00:00:00Z')`.execute(db);
      await writeMeta(db, 'tables', JSON.stringify({ needs: '9999_of_later', version: '77.0.0' }));
    });
    expect(await startErrorOf()).toMatch(
      /changed by version 77.0.0 .* version \d\S* cannot use it .* restore the backup/,
    );
  });

  it.each([
    ['of another form', '{"number":5}', /lines\/0\/number/],
    ['cut off', '{"numb', /lines\/\+420222333444/],
  ])('with a company that is %s', async (_, body, where) => {
    await withDatabase(async (db) => {
      await new ConfigStore(db).put({ section: 'lines', key: '+420222333444', body: {} });
      await db.updateTable('config_items').set({ body }).execute();
    });
    const error = await startErrorOf();
    expect(error).toContain('cannot read the company document');
    expect(error).toMatch(where);
  });

  it('with a data folder that is a file, or below one', async () => {
    await writeFile(path.join(dir, 'data'), '');
    expect(await startErrorOf()).toContain('is not a folder');
    config = await configOf({ CORDBOARD_DATA: path.join(dir, 'data/below') });
    expect(await startErrorOf()).toContain('is not a folder');
  });

  it.each([
    ['EACCES', { path: '/srv/data' }, '/srv/data cannot be read or written'],
    ['EACCES', {}, 'needs privileges to listen on'],
    ['EROFS', { path: '/srv/data' }, '/srv/data cannot be read or written'],
    ['EADDRNOTAVAIL', {}, 'set HTTP_HOST'],
    ['ENOSPC', {}, 'no space left'],
    ['SQLITE_READONLY', {}, 'cannot be opened for writing'],
    ['SQLITE_CANTOPEN', {}, 'cannot be opened for writing'],
    ['SQLITE_BUSY', {}, 'locked by another process'],
  ])('that ends in %s', (code, more, words) => {
    expect(explainStartError(Object.assign(new Error(code), { code, ...more }), config)).toContain(words);
  });

  it('at a STANDBY_PORT that another program has', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    config = await configOf({ STANDBY_PORT: String(port) });
    expect(await startErrorOf()).toMatch(new RegExp(`:${port} is in use by .* set STANDBY_PORT`));
    taken.close();
    await once(taken, 'close');
  });

  it('does not explain an internal error', () => {
    expect(explainStartError(new TypeError('x is not a function'), config)).toBeUndefined();
  });
});

describe('a second gateway on the port and the data of the first', () => {
  let shop: Server;
  let requests: number;

  beforeEach(async () => {
    requests = 0;
    shop = createServer((_request, response) => {
      requests += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(shop, 'listening');
  });
  afterEach(async () => {
    shop.closeAllConnections();
    shop.close();
    await once(shop, 'close');
  });

  it('reports it and sends nothing', async () => {
    const { port } = shop.address() as { port: number };
    const first = createServer().listen(config.http.port, config.http.host);
    await once(first, 'listening');
    await withDatabase(async (db) => {
      const webhook = { name: 'shop', url: `http://127.0.0.1:${port}/` };
      await new ConfigStore(db).put({ section: 'webhooks', key: 'shop', body: webhook });
      const now = Date.now();
      await db.transaction().execute((tx) =>
        storeDeliveries(tx, [
          {
            hook: 'shop',
            event_id: 'e1',
            flow_id: 'c_1',
            seq: 1,
            event: 'hangup',
            body: '{}',
            state: 'waiting',
            tries: 0,
            created_at: now,
            expires_at: now + 3_600_000,
          },
        ]),
      );
    });
    try {
      expect(await startErrorOf()).toMatch(/is in use by another gateway .* set HTTP_PORT/);
      expect(requests).toBe(0);
    } finally {
      first.close();
      await once(first, 'close');
    }
    // It is what would have been told.
    const app = await createApp(config);
    await app.start();
    await expect.poll(() => requests).toBe(1);
    await app.stop('over');
  });
});

it('a part that fails to stop does not keep the others from stopping', async () => {
  const stopped: string[] = [];
  const errors: unknown[] = [];
  const part = (name: string) => ({ stop: () => stopped.push(name) });
  const broken = { stop: () => Promise.reject(new Error('no')) };
  await stopAll([part('first'), broken, {}, part('last')], (error) => errors.push(error));
  expect(stopped).toEqual(['last', 'first']);
  expect(errors).toHaveLength(1);
});
