import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { say, Shop } from '../support/shop.js';
import { prompt } from '../support/sip/caller.js';
import type { Phone } from '../support/sip/phone.js';
import { LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/**
 * The work of the gateway for one order-status call with a webhook, counted. Counts do not depend on the speed of the
 * machine. A change that needs more work raises the bound here; one that needs less lowers it.
 */

/** At most so much a call. */
const BUDGET = {
  /** SQL statements, with the begin and the commit of each transaction, without the reads of the lease that are part of none. */
  statements: 88,
  commits: 18,
  parameterBytes: 38_000,
  /** Characters that `JSON.stringify` writes. */
  jsonBytes: 45_000,
  ariRequests: 7,
  /** Without pings. The first lease of a call is renewed after 20 seconds. */
  amiActions: 0,
  /** TCP connections that are opened: each of the 3 hand-overs, and each webhook more than a second after the one before. */
  connections: 6,
};
type Work = typeof BUDGET;

/** On a busy machine a call can need more, for example a reconcile after a late timer: the cheapest call counts. */
const CALLS = 3;

const counts = path.join(os.tmpdir(), `cordboard-work-${process.pid}.json`);
let asterisk: TestAsterisk;
let webhook: Shop;
let shop: ShopHarness;

beforeAll(async () => {
  webhook = await new Shop(() => say.goOn()).start();
  asterisk = await startAsterisk();
  shop = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    {
      more: { webhooks: [{ name: 'shop', url: webhook.url }] },
      env: {
        NODE_OPTIONS: `--import=${path.resolve(import.meta.dirname, '../support/count-work.mjs')}`,
        COUNT_WORK: counts,
        LOG_LEVEL: 'info',
      },
    },
  );
});

afterAll(async () => {
  await shop.stop();
  await webhook.stop();
  await asterisk.stop();
  await rm(counts, { force: true });
});

async function workSoFar(): Promise<Work> {
  await rm(counts, { force: true });
  process.kill(shop.gateway.pid ?? expect.unreachable(), 'SIGUSR2');
  for (;;) {
    const text = await readFile(counts, 'utf8').catch(() => '');
    if (text.endsWith('}')) return JSON.parse(text) as Work;
    await delay(20);
  }
}

/** The work so far, once nothing is written to the database any more. */
async function workWhenQuiet(): Promise<Work> {
  for (let before = await workSoFar(); ;) {
    await delay(1000);
    const now = await workSoFar();
    if (now.statements === before.statements) return now;
    before = now;
  }
}

async function orderStatusCall(phone: Phone): Promise<void> {
  const call = await phone.dial(LINE);
  await call.answered();
  await call.hears(prompt(P.menu));
  await call.press('9');
  await call.hears(prompt(P.ask));
  await call.press('1004#');
  await call.hears(prompt(P.shipped), { toItsEnd: true });
  await call.ended();
}

it('an order-status call stays within its budget', async () => {
  const phone = await shop.caller();
  // The first call stores the program, and the webhook learns the setup of the line.
  await orderStatusCall(phone);
  const cheapest: Partial<Work> = {};
  let before = await workWhenQuiet();
  for (let calls = 0; calls < CALLS; calls += 1) {
    await orderStatusCall(phone);
    const after = await workWhenQuiet();
    for (const kind of Object.keys(BUDGET) as (keyof Work)[])
      cheapest[kind] = Math.min(cheapest[kind] ?? Infinity, after[kind] - before[kind]);
    before = after;
  }
  const excess = Object.entries(BUDGET).filter(([kind, most]) => (cheapest[kind as keyof Work] ?? Infinity) > most);
  expect(excess, JSON.stringify(cheapest)).toEqual([]);
  // Since its start the gateway has done something of each kind, so each counter counts.
  for (const kind of Object.keys(BUDGET) as (keyof Work)[]) expect(before[kind], kind).toBeGreaterThan(0);
});
