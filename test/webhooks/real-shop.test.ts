import { afterEach, beforeEach, expect, it } from 'vitest';
import { OutboundClient } from '../../src/http/outbound.js';
import { deliverySender } from '../../src/webhooks/sender.js';
import { Shop, type ShopAnswer } from '../support/shop.js';
import { hook, HOUR, MINUTE, news, OK, OutboxHarness, START } from './webhook-harness.js';

/** A real HTTP server that misbehaves in every way that there is, on a clock that makes a day of it in seconds. */

const client = new OutboundClient();
let shop: Shop;
let harness: OutboxHarness;

beforeEach(async () => {
  shop = await new Shop(() => answers(200)).start();
  harness = await OutboxHarness.start(
    () => OK,
    [hook({ url: shop.url })],
    ':memory:',
    (clock) => deliverySender(client, {}, clock),
  );
});

afterEach(async () => {
  await harness.stop();
  await shop.stop();
});

const answers = (status: number): ShopAnswer => ({ status, headers: {}, body: '{"ok":false}' });

/** What the shop does in each hour of its bad day; from the eighth on it is well. */
const badDay: Record<number, () => ShopAnswer> = {
  1: () => answers(500),
  2: () => ({ fault: 'reset_mid_answer' }),
  3: () => ({ fault: 'reset' }),
  4: () => answers(302),
  // As it comes: what was refused may have been taken by the shop all the same.
  5: () => [answers(200), answers(503), { fault: 'reset_mid_answer' } as ShopAnswer][shop.requests.length % 3]!,
  6: () => ({ ...answers(200), delayMs: 30 }),
  7: () => ({ status: 200, headers: {}, body: 'x'.repeat(100_000) }),
};

it('a bad day: everything is delivered, in order, and every attempt is on record', { timeout: 240_000 }, async () => {
  // In the first hour nobody listens.
  await shop.refuseConnections();
  shop.behave(() => badDay[Math.floor((harness.clock.now() - START) / HOUR)]?.() ?? answers(200));
  for (let n = 0; n < 48; n += 1) {
    const at = harness.clock.now();
    await harness.tell(`c_${n}`, news('call_started', 1, at), news('ringing', 2, at));
    await harness.passTo(at + 5 * MINUTE);
    const then = harness.clock.now();
    await harness.tell(`c_${n}`, news('answered', 3, then), news('hangup', 4, then));
    await harness.passTo(then + 5 * MINUTE);
    if (n === 5) await shop.acceptConnections();
  }
  await harness.passTo(START + 26 * HOUR);

  const deliveries = await harness.deliveries();
  expect(deliveries).toHaveLength(48 * 4);
  for (const { event, state } of deliveries)
    expect(['delivered', ...(event === 'ringing' ? ['dropped'] : [])]).toContain(state);
  for (const call of new Set(deliveries.map(({ flow_id }) => flow_id))) {
    const heard = shop.requests.filter((one) => one.fields['call_id'] === call).map(({ fields }) => fields['seq']);
    expect(heard, call).toEqual([...heard].sort());
    const taken = harness.seen.filter((one) => one.call === call && one.status === 200).map(({ seq }) => seq);
    expect(taken, call).toEqual(taken.includes(2) ? [1, 2, 3, 4] : [1, 3, 4]);
  }
  expect(harness.seen.length).toBeGreaterThan(deliveries.length * 2);

  const failures = new Set<string>();
  for (const { id } of deliveries) {
    const attempts = (await harness.reader.get(id))?.attempts ?? [];
    expect(attempts).toHaveLength(harness.seen.filter((one) => one.eventId === deliveries[id - 1]?.event_id).length);
    for (const { status, failed, answer, latency_ms } of attempts) {
      expect(latency_ms).toBeGreaterThanOrEqual(0);
      if (status === 500) expect(answer).toBe('{"ok":false}');
      failures.add(status === null ? (failed ?? '').replace(/:.*/, '') : String(status));
    }
  }
  expect([...failures].sort()).toEqual(['200', '500', '503', 'connect', 'redirect', 'reset', 'too_large']);
});

it('never answers: given up after 5 s, 8 at once, and no more is in memory', { timeout: 120_000 }, async () => {
  shop.behave(() => ({ fault: 'never' }));
  for (let n = 0; n < 20; n += 1) await harness.tell(`c_${n}`, news('hangup', 1, START));
  await shop.request(() => shop.requests.length === 8);
  expect(harness.mostUnderWay).toBe(8);
  shop.behave(() => answers(200));
  await harness.settle();
  await harness.passTo(START + MINUTE);
  expect((await harness.deliveries()).map(({ state }) => state)).toEqual(Array<string>(20).fill('delivered'));
  const [first] = await harness.deliveries();
  const attempts = (await harness.reader.get(first!.id))?.attempts;
  expect(attempts).toMatchObject([{ failed: expect.stringContaining('timeout') as string }, { status: 200 }]);
});

it('nothing is sent after its dead line, however the shop comes back', async () => {
  await shop.refuseConnections();
  await harness.tell('c_old', news('hangup', 1, START));
  await harness.passTo(START + 24 * HOUR - MINUTE);
  await harness.tell('c_new', news('hangup', 1, harness.clock.now()));
  await harness.passTo(START + 24 * HOUR);
  await shop.acceptConnections();
  await harness.passTo(START + 30 * HOUR);
  expect(shop.requests.map(({ fields }) => fields['call_id'])).toEqual(['c_new']);
  expect((await harness.deliveries()).map(({ state }) => state)).toEqual(['dead', 'delivered']);
});
