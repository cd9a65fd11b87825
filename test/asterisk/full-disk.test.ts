import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { SmallDisk } from '../support/small-disk.js';
import { GatewayDatabase } from './gateway-database.js';
import { goodShop, inQuestion, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** The disk of the gateway's data and log is full to the last byte. */

const DISK_BYTES = 32_000_000;
/** More than the log buffers while it cannot be written. */
const REQUESTS = 1_500;

let asterisk: TestAsterisk;
let disk: SmallDisk;
let harness: ShopHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
});

afterAll(() => asterisk.stop());

beforeEach(async () => {
  disk = await SmallDisk.mount(DISK_BYTES);
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { env: { CORDBOARD_DATA: disk.path('data') }, logFile: disk.path('gateway.log') },
  );
  harness.shop.behave(goodShop({ menu: { timeoutS: 20, max: 10 } }));
});

afterEach(async () => {
  await harness.stop();
  await disk.unmount();
});

/** The database on the disk cannot be written either. */
const fillDisk = async () => {
  const database = new GatewayDatabase(harness.gateway);
  await database.truncateLog();
  await database.close();
  await disk.fill();
};

const log = () => readFile(disk.path('gateway.log'), 'utf8');

/** Each request logs a line. */
const writeLogLines = async () => {
  for (let sent = 0; sent < REQUESTS; sent += 50)
    await Promise.all(
      Array.from({ length: 50 }, () => harness.gateway.fetch('/healthz').then((answer) => answer.text())),
    );
};

it('the gateway keeps running, its calls continue in memory, and the log counts the lost lines', async () => {
  const call = await inQuestion(harness);
  await fillDisk();
  await writeLogLines();
  await call.press('1001#');
  await call.hears(prompt(P.received));
  await call.hears(prompt(P.goodbye), { toItsEnd: true });
  await call.ended();
  expect(harness.gateway.alive).toBe(true);
  expect((await fetch(`${harness.gateway.url}/readyz`)).status).toBe(503);
  expect(await log()).not.toContain('lines are missing');

  await disk.free();
  await harness.gateway.ready();
  const story = await harness.gateway.finished(callerOf(call));
  expect(story.filter(({ kind }) => kind === 'shop_answer')).toHaveLength(3);
  const lines = (await log()).split('\n').filter((line) => line !== '');
  const reports = lines
    .map((line) => JSON.parse(line) as { msg: string; lost?: number })
    .filter(({ msg }) => msg.includes('lines are missing'));
  expect(reports).toHaveLength(1);
  expect(reports[0]?.lost).toBeGreaterThan(0);
});

it('after a crash on a full disk the shop receives no different content for a step that it knows', async () => {
  harness.shop.behave(goodShop({ menu: { timeoutS: 20, max: 10 }, afterwards: 'hangup' }));
  const [typing, hangingUp] = await Promise.all([inQuestion(harness), inQuestion(harness)]);
  await typing.press('10');
  await expect
    .poll(async () => (await harness.gateway.timeline(callerOf(typing))).filter(({ kind }) => kind === 'digit').length)
    .toBe(3);
  await fillDisk();
  for (const call of [typing, hangingUp]) {
    await call.press('9999#');
    await call.hears(prompt(P.unknown));
  }
  await harness.gateway.kill();
  await disk.free();
  await harness.gateway.run();
  await harness.gateway.ready();
  await typing.press('1001#');
  await hangingUp.hangUp();
  await harness.gateway.finished(callerOf(hangingUp));
  await harness.shop.request(({ fields }) => String(fields['received_digits']).endsWith('1001'));
  await typing.hangUp();
  await harness.gateway.finished(callerOf(typing));

  const bodies = new Map<string, Set<string>>();
  for (const { call, fields, rawBody } of harness.shop.requests) {
    const step = `${call} ${String(fields['step'])}`;
    bodies.set(step, (bodies.get(step) ?? new Set()).add(rawBody));
  }
  expect([...bodies.values()].filter((seen) => seen.size > 1).map((seen) => [...seen])).toEqual([]);
});
