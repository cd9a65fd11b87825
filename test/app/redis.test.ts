import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from '../../src/accounts/api-tokens.js';
import type { App } from '../../src/app.js';
import { BanStore } from '../../src/bans/ban-store.js';
import { readConfig, type Config } from '../../src/config.js';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { Changes } from '../../src/shared-state/changes.js';
import { RedisState } from '../../src/shared-state/redis.js';
import { Seal } from '../../src/shared-state/seal.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { readMeta } from '../../src/storage/meta.js';
import { createApp } from '../support/app.js';
import { becomes } from '../support/becomes.js';
import { freePort } from '../support/ports.js';
import { RedisServer } from '../support/redis-server.js';

/** A gateway with a real Redis and no Asterisk: the next one goes on with its limits, and it hears of what another one changes. */

const TOKEN = 'a-token-of-the-tests';
/** Long after a count was sent or kept. */
const SHARED_MS = 1_000;
const COMPANY = `version: 1
country: CZ
operators:
  - { id: 1, login: jana, name: Jana, role: admin }
`;

let dir: string;
let redis: RedisServer;
let config: Config;
let app: App;

beforeAll(async () => {
  redis = await RedisServer.start();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-redis-'));
  await writeFile(path.join(dir, 'company.yaml'), COMPANY);
  config = readConfig({
    HTTP_PORT: String(await freePort()),
    CORDBOARD_DATA: path.join(dir, 'data'),
    CORDBOARD_API_TOKEN: TOKEN,
    CORDBOARD_EXAMPLE: path.join(dir, 'company.yaml'),
    CORDBOARD_SOUNDS: path.join(dir, 'no-sounds'),
    REDIS_URL: redis.url,
    HTTP_PROXIES: '1',
    // Nobody is there.
    ARI_URL: 'http://127.0.0.1:9',
    ARI_PASSWORD: 'x',
    AMI_PORT: '9',
    AMI_PASSWORD: 'x',
    LOG_LEVEL: 'silent',
  });
  await startGateway();
});
afterEach(async () => {
  await app.stop('over');
  await rm(dir, { recursive: true });
});

async function startGateway(): Promise<void> {
  app = await createApp(config);
  await app.start();
  await becomes('it uses Redis', async () => (await problemOfRedis()) === 'ok');
}

async function nextGateway(meanwhile?: () => Promise<unknown>): Promise<void> {
  await app.stop('upgrade');
  await meanwhile?.();
  await startGateway();
  // A guess is no way of finding out whether it knows the counts: it is counted itself.
  await delay(SHARED_MS);
}

async function get(route: string, headers: Record<string, string> = {}): Promise<Response> {
  const all = { authorization: `Bearer ${TOKEN}`, connection: 'close', ...headers };
  return fetch(`http://127.0.0.1:${config.http.port}${route}`, { headers: all });
}
const statusOf = async (route: string, headers?: Record<string, string>) => (await get(route, headers)).status;
async function problemOfRedis(): Promise<string | undefined> {
  const { checks } = (await (await get('/readyz')).json()) as { checks: Record<string, string> };
  return checks['redis'];
}

/** A wrong password, each from an address of its own, which alone reaches no limit. */
function guess(address: string): Promise<number> {
  const authorization = `Basic ${Buffer.from('jana:a wrong guess').toString('base64')}`;
  return statusOf('/api/v1/me', { authorization, 'x-forwarded-for': address });
}

describe('wrong passwords', () => {
  it('count at the next gateway, also when Redis was restarted empty before; if it loses them between two, they are forgotten', async () => {
    for (let n = 0; n < 5; n += 1) expect(await guess(`198.51.100.${n}`)).toBe(401);
    expect(await guess('198.51.100.50')).toBe(429);
    await nextGateway();
    expect(await guess('198.51.100.51')).toBe(429);
    await redis.kill();
    await redis.start();
    await becomes('it uses Redis again', async () => (await problemOfRedis()) === 'ok');
    await nextGateway();
    expect(await guess('198.51.100.52')).toBe(429);
    await nextGateway(() => redis.run((client) => client.flushall()));
    expect(await guess('198.51.100.53')).toBe(401);
  });
});

describe('another gateway', () => {
  let db: Database;
  let state: RedisState;
  let changes: Changes;

  beforeEach(async () => {
    db = await openDatabase(path.join(config.dataDir, 'cordboard.db'));
    const seal = new Seal(Buffer.from((await readMeta(db, 'shared_state_secret')) ?? '', 'base64'));
    const logger = createLogger({ level: 'silent' });
    state = new RedisState({ url: redis.url, seal, logger });
    changes = new Changes({ state, onError: () => undefined });
    state.start();
    await becomes('it uses Redis', () => state.problem === undefined);
  });
  afterEach(async () => {
    await changes.stop();
    await state.stop();
    await db.destroy();
  });

  /** @returns the status of a request with a token that the other gateway creates */
  async function createToken(): Promise<() => Promise<number>> {
    const tokens = new ApiTokens(db, systemClock, () => changes.announce('tokens'));
    const token = await tokens.create({ name: 'crm', scopes: ['config:read'], expiresAt: null });
    return () => statusOf('/api/v1/config', { authorization: `Bearer ${token ?? ''}` });
  }

  it('changes tokens and bans, and this one knows', async () => {
    const status = await createToken();
    await becomes('the token is valid', async () => (await status()) === 200);
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const ban = {
      address: '203.0.113.9',
      since: 0,
      until: null,
      cause: 'manual',
      source: null,
      times: 1,
      note: '',
    } as const;
    await new BanStore(db).put(ban);
    expect(await statusOf('/api/v1/config', from)).toBe(200);
    changes.announce('bans');
    await becomes('the address is refused', async () => (await statusOf('/api/v1/config', from)) === 403);
  });

  it('changes something while Redis is away: this one says so, goes on, and knows it when Redis is back', async () => {
    await redis.kill();
    const problem = await becomes('it is reported', async () => {
      const found = await problemOfRedis();
      return found !== 'ok' && found;
    });
    expect(problem).toMatch(/^Redis at 127\.0\.0\.1:\d+: .*Check REDIS_URL/);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/^cordboard_redis_up 0$/m);
    const status = await createToken();
    await delay(SHARED_MS);
    expect(await status()).toBe(401);
    await redis.start();
    await becomes('the token is valid', async () => (await status()) === 200);
    expect(await problemOfRedis()).toBe('ok');
  });
});
