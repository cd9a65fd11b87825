import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { prompts } from '../support/gateway.js';
import { sippCalls, soundsOf } from '../support/sip/caller.js';
import { GatewayDatabase } from './gateway-database.js';
import { goodShop, LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** Fifty callers at once, each with its own order whose status has its own tone. */

const CALLERS = 50;
/** All have called before the first hangs up. */
const CALLS_A_SECOND = 15;
const statusOf = (caller: number) => 101 + caller;
/** Spread over all four-digit numbers, with leading zeros, without duplicates: 197 has no factor in common with 10,000. */
const orderOf = (caller: number) => String((caller * 197 + 7) % 10_000).padStart(4, '0');
const numberOf = (caller: number) => `+4206010000${String(caller).padStart(2, '0')}`;

const callers = Array.from({ length: CALLERS }, (_, caller) => caller);

let asterisk: TestAsterisk;
let harness: ShopHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { more: { prompts: prompts(...Object.values(P), ...callers.map(statusOf)) } },
  );
  const orders = Object.fromEntries(callers.map((caller) => [orderOf(caller), statusOf(caller)]));
  harness.shop.behave(goodShop({ orders, menu: { timeoutS: 4, max: 10 } }));
});

afterAll(async () => {
  await harness.stop();
  await asterisk.stop();
});

it('50 callers with 50 orders: each hears its own status, and no channel is left', async () => {
  const most = mostAtOnce();
  const { calls, failed, errors } = await sippCalls({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    target: LINE,
    from: numberOf,
    count: CALLERS,
    rate: CALLS_A_SECOND,
    script: [
      { wait: 1800 },
      { press: '9' },
      { wait: 1800 },
      { press: (caller) => `${orderOf(caller)}#` },
      { expectBye: { timeoutMs: 15_000 } },
    ],
  });
  expect({ failed, errors }).toEqual({ failed: 0, errors: '' });
  expect(calls.filter(({ endedBy }) => endedBy !== 'peer')).toEqual([]);
  for (const { caller, heard } of calls)
    expect({ caller, heard: withoutRepetition(soundsOf(heard)) }).toEqual({
      caller,
      heard: [P.menu, P.ask, statusOf(caller), P.goodbye].map((id) => `prompt ${id} cs`),
    });
  expect(await most()).toBe(CALLERS);

  for (const caller of callers) {
    const fields = harness.shop.requestsFrom(numberOf(caller).slice(4)).map((request) => request.fields);
    expect(fields.map(({ step, received_digits, pokracovani }) => [step, received_digits, pokracovani])).toEqual([
      [1, undefined, undefined],
      [2, orderOf(caller), '1'],
      [3, undefined, 'konec'],
    ]);
    expect(new Set(fields.map(({ call_id }) => call_id)).size).toBe(1);
  }
  expect(harness.shop.requests).toHaveLength(3 * CALLERS);

  await Promise.all(callers.map((caller) => harness.gateway.finished(numberOf(caller))));
  // Prompts may still be fetched into Asterisk's cache, one at a time, which needs a bridge and two channels.
  const patience = { timeout: 60_000 };
  await expect.poll(() => asterisk.cli('core show channels count'), patience).toMatch(/^0 active channels/m);
  const bridges = async () => (await asterisk.cli('bridge show all')).trim().split('\n').slice(1);
  await expect.poll(bridges, patience).toEqual([]);
  const database = new GatewayDatabase(harness.gateway);
  try {
    await expect.poll(() => database.unfinished()).toEqual({ flows: 0, pending: 0 });
  } finally {
    await database.close();
  }
  expect(harness.gateway.output).not.toMatch(/"level":(50|60)/);
});

/** Counts the calls in progress until the returned function is called, which returns the maximum. */
function mostAtOnce(): () => Promise<number> {
  let most = 0;
  const over = new AbortController();
  const counting = (async () => {
    while (!over.signal.aborted) {
      const { calls } = await harness.gateway.api<{ calls: unknown[] }>('/api/v1/calls?running=true&limit=200');
      most = Math.max(most, calls.length);
      await delay(100);
    }
  })();
  return async () => {
    over.abort();
    await counting;
    return most;
  };
}

/** A digit by SIP INFO makes Asterisk pause the prompt for a moment, so that it is heard in two pieces. */
function withoutRepetition(sounds: string[]): string[] {
  return sounds.filter((sound, index) => sound !== sounds[index - 1]);
}
