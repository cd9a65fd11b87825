import { afterEach, describe, expect, it } from 'vitest';
import { DeliveryWorkers } from '../../src/webhooks/delivery-workers.js';
import { DOWN, hook, HOUR, MINUTE, news, OK, OutboxHarness, START, taken, type Behaviour } from './webhook-harness.js';

let harness: OutboxHarness | undefined;
afterEach(async () => {
  await harness?.stop();
  harness = undefined;
});

async function start(behave: Behaviour, hooks = [hook()]): Promise<OutboxHarness> {
  harness = await OutboxHarness.start(behave, hooks);
  return harness;
}

/** A whole call, told at this instant. */
async function call(to: OutboxHarness, id: string): Promise<void> {
  const at = to.clock.now();
  await to.tell(id, news('call_started', 1, at), news('ringing', 2, at));
  await to.tell(id, news('answered', 3, at), news('hangup', 4, at, { endedAt: at, result: 'SUCCESS' }));
}

const ALL = ['call_started', 'ringing', 'answered', 'hangup'];

describe('a shop that is well', () => {
  it('hears every event once, in order', async () => {
    const shop = await start(() => OK);
    await call(shop, 'c_1');
    await shop.passTo(START + 1);
    expect(taken(shop.seen)).toEqual({ c_1: ALL });
    expect(shop.seen.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(new Set((await shop.deliveries()).map(({ state }) => state))).toEqual(new Set(['delivered']));
  });

  it('is not asked for the next event of a call before it has answered the last', async () => {
    const shop = await start(() => ({ ...OK, afterMs: 400 }));
    await call(shop, 'c_1');
    await shop.passTo(START + 2000);
    expect(shop.seen.map(({ at }) => at - START)).toEqual([0, 400, 800, 1200]);
  });

  it('hears only what it wants to', async () => {
    const shop = await start(() => OK, [hook({ events: ['hangup'] }), hook({ name: 'other', events: ['ringing'] })]);
    await call(shop, 'c_1');
    await shop.passTo(START + 1);
    expect(shop.seen.map((one) => [one.hook, one.event]).sort()).toEqual([
      ['other', 'ringing'],
      ['shop', 'hangup'],
    ]);
  });
});

describe('a shop that fails', () => {
  it.each([
    ['refuses connections', DOWN],
    ['answers 500', { status: 500 }],
    ['is slow', { failed: 'timeout: no complete answer within 5000 ms' }],
    ['closes in the middle of an answer', { failed: 'reset: other side closed' }],
  ])('%s: tried again after 1, 5, 30, 120, 600 s and then hourly for 24 h, then dead', async (_what, reaction) => {
    const shop = await start(() => reaction);
    await shop.tell('c_1', news('call_started', 1, START));
    await shop.passTo(START + 48 * HOUR);
    const pauses = shop.seen.map(({ at }, index) => (at - (shop.seen[index - 1]?.at ?? START)) / 1000);
    expect(pauses.slice(0, 8)).toEqual([0, 1, 5, 30, 120, 600, 3600, 3600]);
    expect(shop.seen.at(-1)?.at).toBeLessThan(START + 24 * HOUR);
    expect(shop.seen.at(-1)?.at).toBeGreaterThanOrEqual(START + 23 * HOUR);
    const [delivery] = await shop.deliveries();
    expect(delivery).toMatchObject({ state: 'dead', due_at: null });
    expect((await shop.reader.get(delivery!.id))?.attempts).toHaveLength(shop.seen.length);
  });

  it('is down for hours: everything arrives in order, but for what is worth nothing any more', async () => {
    const back = START + 5 * HOUR;
    const shop = await start(({ at }) => (at < back ? DOWN : OK));
    for (let n = 0; n < 30; n += 1) {
      await call(shop, `c_${n}`);
      await shop.passTo(START + (n + 1) * 5 * MINUTE);
    }
    await shop.passTo(back + 2 * HOUR);
    const calls = taken(shop.seen);
    expect(Object.keys(calls)).toHaveLength(30);
    for (const events of Object.values(calls)) expect(events).toEqual(['call_started', 'answered', 'hangup']);
    const states = (await shop.deliveries()).map(({ event, state }) => [event, state].join(' '));
    expect(new Set(states)).toEqual(
      new Set(['call_started delivered', 'ringing dropped', 'answered delivered', 'hangup delivered']),
    );
  });

  it('does not lose who rings now: nothing has overtaken that', async () => {
    const shop = await start(({ at }) => (at < START + MINUTE ? DOWN : OK));
    await shop.tell('c_1', news('call_started', 1, START), news('ringing', 2, START));
    await shop.passTo(START + HOUR);
    expect(taken(shop.seen)).toEqual({ c_1: ['call_started', 'ringing'] });
  });

  it('flaps: in order, each event at least once, none after the dead line', async () => {
    // A different third of all attempts gets through each time; some answers are lost after the shop has acted.
    const random = mulberry(7);
    const shop = await start(() => {
      const chance = random();
      if (chance < 0.3) return { ...OK, afterMs: Math.floor(random() * 3000) };
      if (chance < 0.5) return { failed: 'timeout', afterMs: 5000 };
      return chance < 0.8 ? DOWN : { status: 503, afterMs: 20 };
    });
    for (let n = 0; n < 40; n += 1) {
      await call(shop, `c_${n}`);
      await shop.passTo(shop.clock.now() + MINUTE);
    }
    await shop.passTo(START + 30 * HOUR);
    const deliveries = await shop.deliveries();
    expect(deliveries).toHaveLength(160);
    expect(deliveries.filter(({ state }) => state === 'waiting')).toEqual([]);
    for (const { state, event } of deliveries)
      expect(['delivered', ...(event === 'ringing' ? ['dropped'] : [])]).toContain(state);
    for (const id of new Set(deliveries.map(({ flow_id }) => flow_id))) {
      const order = shop.seen.filter((one) => one.call === id).map(({ seq }) => seq);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    for (const { at, eventId } of shop.seen)
      expect(at).toBeLessThan(deliveries.find(({ event_id }) => event_id === eventId)!.expires_at);
  });

  it('answers 410: dead at once, and the next event is tried', async () => {
    const shop = await start(({ event }) => (event === 'call_started' ? { status: 410 } : OK));
    await call(shop, 'c_1');
    await shop.passTo(START + 2 * HOUR);
    expect((await shop.deliveries()).map(({ state }) => state)).toEqual([
      'dead',
      'delivered',
      'delivered',
      'delivered',
    ]);
    expect(shop.seen).toHaveLength(4);
  });

  it('holds up neither other calls nor another shop, and has at most 8 requests at once', async () => {
    const shop = await start(
      ({ hook: name, call: id }) => (name === 'dead' ? { failed: 'timeout', afterMs: 5000 } : id === 'c_0' ? DOWN : OK),
      [hook(), hook({ name: 'dead' })],
    );
    for (let n = 0; n < 50; n += 1) await call(shop, `c_${n}`);
    await shop.passTo(START + 1);
    const well = taken(shop.seen.filter((one) => one.hook === 'shop'));
    expect(Object.keys(well)).toHaveLength(49);
    for (const events of Object.values(well)) expect(events).toEqual(ALL);
    expect(shop.seen.filter((one) => one.hook === 'dead')).toHaveLength(8);
    expect(shop.underWay).toBe(8);
  });
});

it('what waited through 24 h without a gateway is dead, untried; later events are not held up by it', async () => {
  const shop = await start(() => OK);
  await shop.couriers.stop();
  await shop.tell('c_1', news('call_started', 1, START));
  shop.clock.advanceTo(START + 25 * HOUR);
  await shop.tell('c_1', news('hangup', 2, shop.clock.now()));
  const again = new DeliveryWorkers({
    webhooks: () => shop.hooks,
    outbox: shop.outbox,
    send: () => Promise.resolve({ status: 200, answer: '', latencyMs: 1 }),
    clock: shop.clock,
    onError: (error) => shop.errors.push(error),
  });
  await again.start();
  for (let round = 0; round < 5; round += 1) await again.idle();
  expect((await shop.deliveries()).map(({ state }) => state)).toEqual(['dead', 'delivered']);
  await again.stop();
});

it('what waits is not held up for a day when the clock is set back by one, and stays in order', async () => {
  const shop = await start(() => OK);
  await shop.tell('c_1', news('call_started', 1, START + 24 * HOUR), news('hangup', 2, START + 24 * HOUR));
  await shop.tell('c_2', news('hangup', 1, START + 24 * HOUR));
  await shop.passTo(START + 1);
  expect(shop.seen.filter(({ call }) => call === 'c_1').map(({ event }) => event)).toEqual(['call_started', 'hangup']);
  expect((await shop.deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
});

it('redelivers what is dead, with the same event id', async () => {
  let well = false;
  const shop = await start(() => (well ? OK : { status: 410 }));
  await shop.tell('c_1', news('hangup', 1, START));
  await shop.passTo(START + HOUR);
  well = true;
  const [dead] = await shop.deliveries();
  expect(await shop.outbox.redeliver(dead!.id, shop.clock.now())).toBe(true);
  expect(await shop.outbox.redeliver(999, shop.clock.now())).toBe(false);
  shop.couriers.wake();
  await shop.passTo(START + HOUR + 1);
  expect((await shop.deliveries()).map(({ state }) => state)).toEqual(['delivered']);
  expect(new Set(shop.seen.map(({ eventId }) => eventId)).size).toBe(1);
});

it('a webhook that is removed is told nothing more; one under a new address is told there', async () => {
  const shop = await start(() => DOWN, [hook(), hook({ name: 'other' })]);
  await shop.tell('c_1', news('hangup', 1, START));
  shop.hooks = [hook({ url: 'http://127.0.0.1:10/' })];
  shop.couriers.changed();
  await shop.passTo(START + 10_000);
  const states = (await shop.deliveries()).map((one) => [one.hook, one.state].join(' '));
  expect(states.sort()).toEqual(['other dead', 'shop waiting']);
});

it('a database that fails for a while loses nothing, and nothing is sent over and over meanwhile', async () => {
  const shop = await start(() => OK);
  const attempted = shop.outbox.attempted.bind(shop.outbox);
  let broken = true;
  shop.outbox.attempted = (...given) => (broken ? Promise.reject(new Error('disk full')) : attempted(...given));
  await shop.tell('c_1', news('call_started', 1, START), news('hangup', 2, START));
  await shop.passTo(START + 30_000);
  expect(shop.seen).toHaveLength(1);
  expect(shop.errors.length).toBeGreaterThan(10);
  broken = false;
  await shop.passTo(START + 40_000);
  expect(taken(shop.seen)).toEqual({ c_1: ['call_started', 'hangup'] });
});

/** A small generator of random numbers with a seed: the same run every time. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
