import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { PostgresServer } from '../support/postgres-server.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { goodShop, inQuestion, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** Calls of a gateway whose database is a real PostgreSQL. */

let asterisk: TestAsterisk;
let postgres: PostgresServer;
let harness: ShopHarness;

beforeAll(async () => {
  [asterisk, postgres] = await Promise.all([startAsterisk(), PostgresServer.start()]);
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { env: { DATABASE_URL: await postgres.createDatabase() } },
  );
  harness.shop.behave(goodShop({ menu: { timeoutS: 20, max: 10 } }));
});

afterAll(async () => {
  await harness.stop();
  await postgres.stop();
  await asterisk.stop();
});

it('after kill -9 the call goes on at the same step with the digits already typed', async () => {
  const call = await inQuestion(harness);
  await call.press('10');
  await expect
    .poll(async () => (await harness.gateway.timeline(callerOf(call))).filter(({ kind }) => kind === 'digit').length)
    .toBe(3);
  await harness.gateway.kill();
  await harness.gateway.run();
  await harness.gateway.ready();
  await call.press('01#');
  await call.hears(prompt(P.received), { skipping: true, withinMs: 40_000 });
  await call.hangUp();
  const story = await harness.gateway.finished(callerOf(call));
  expect(story.map(({ kind }) => kind)).toContain('shop_answer');
  expect(existsSync(harness.gateway.database)).toBe(false);
});

it('while PostgreSQL is away a call goes on in memory, and is stored when it is back', async () => {
  const call = await inQuestion(harness);
  await postgres.kill();
  await call.press('1001#');
  await call.hears(prompt(P.received), { skipping: true });
  await call.hangUp();
  await expect.poll(async () => (await fetch(`${harness.gateway.url}/readyz`)).status).toBe(503);
  expect((await harness.gateway.fetch('/api/v1/calls')).status).toBe(503);

  await postgres.run();
  await harness.gateway.ready();
  const story = await harness.gateway.finished(callerOf(call));
  expect(story.map(({ kind }) => kind)).toContain('shop_answer');
});

it('lists, searches and reports have its calls', async () => {
  const [ended] = await harness.gateway.calls();
  expect(ended?.ended_at).toEqual(expect.any(String));
  const found = await harness.gateway.api<{ calls: { id: string }[] }>(
    `/api/v1/calls?q=${encodeURIComponent(ended?.caller ?? '')}`,
  );
  expect(found.calls.map(({ id }) => id)).toContain(ended?.id);
  const system = await harness.gateway.api<{ database: { bytes: number } }>('/api/v1/system');
  expect(system.database.bytes).toBeGreaterThan(0);
});

it('a backup by the gateway is refused with the tool that makes it', async () => {
  const answer = await harness.gateway.fetch('/api/v1/backups', { method: 'POST' });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('pg_dump');
});
