import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutboundError, type OutboundAnswer, type OutboundRequest } from '../../src/http/outbound.js';
import { createLogger } from '../../src/lib/logger.js';
import { parseCustomer } from '../../src/monitor/customer-response.js';
import { CallerLookups } from '../../src/monitor/caller-lookups.js';
import { CustomerLookup } from '../../src/monitor/lookup.js';
import { emptyLiveState, type LiveCall, type LiveState } from '../../src/live-state/live-state.js';
import { reduce } from '../../src/live-state/reducer.js';
import { InProcessPlace, InProcessState } from '../../src/shared-state/in-process.js';
import type { SharedState } from '../../src/shared-state/port.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { lookupSchema } from '../../src/webhooks/lookup-schema.js';

/** Who calls, asked of a shop that answers, is slow, down, or talks nonsense. */

const JANA = { name: 'Jana Nová', orders: [{ id: '1004', status: 'odeslaná' }] };
let clock: VirtualClock;
let asked: OutboundRequest[];
let answer: (request: OutboundRequest) => Promise<Pick<OutboundAnswer, 'status' | 'body'>>;

beforeEach(() => {
  clock = new VirtualClock(0);
  asked = [];
  answer = () => Promise.resolve({ status: 200, body: JSON.stringify(JANA) });
});
afterEach(() => expect(asked.every(({ totalTimeoutMs = Infinity }) => totalTimeoutMs <= 1500)).toBe(true));

function lookup(more: Record<string, unknown> = {}, shared?: SharedState): CustomerLookup {
  const settings = lookupSchema.parse({ url: 'https://shop.example/caller?s=1', ...more });
  return new CustomerLookup({
    settings: () => ({ lookup: settings, country: 'CZ' }),
    outbound: {
      request: async (request) => {
        asked.push(request);
        return { headers: {}, latencyMs: 1, attempts: 1, ...(await answer(request)) };
      },
    },
    secrets: { WEBHOOK_KEY: 'a key of the tests' },
    shared,
    clock,
    logger: createLogger({ level: 'silent' }),
  });
}

describe('the shop', () => {
  test('is asked by POST for the number as it writes it, signed', async () => {
    expect(await lookup({ secret: 'WEBHOOK_KEY' }).find('+420777888999')).toEqual(JANA);
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://shop.example/caller?s=1' });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ number: '777888999', number_e164: '+420777888999' });
    expect(asked[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  });

  test('is asked by GET with the number in the address', async () => {
    expect(await lookup({ method: 'GET' }).find('777888999')).toEqual(JANA);
    expect(asked[0]?.url).toBe('https://shop.example/caller?s=1&number=777888999&number_e164=%2B420777888999');
    expect(asked[0]?.body).toBeUndefined();
  });

  test('is asked once by all gateways, for five minutes at most, and again when the person is forgotten', async () => {
    const place = new InProcessPlace(clock, (error) => {
      throw error;
    });
    const gateway = () => lookup({ keep: '10m' }, new InProcessState(place));
    expect(await gateway().find('+420777888999')).toEqual(JANA);
    expect(await gateway().find('777888999')).toEqual(JANA);
    expect(asked).toHaveLength(1);
    clock.advanceBy(299_000);
    const last = gateway();
    await last.find('777888999');
    expect(asked).toHaveLength(1);
    clock.advanceBy(2_000);
    await gateway().find('777888999');
    expect(asked).toHaveLength(2);
    await last.find('777888999');
    expect(asked).toHaveLength(2);
    last.forget('+420 777 888 999');
    await gateway().find('777888999');
    await last.find('777888999');
    expect(asked).toHaveLength(3);
    clock.advanceBy(301_000);
    const [late, inProgress] = [gateway(), gateway()];
    const found = inProgress.find('777888999');
    inProgress.forget('777888999');
    await found;
    await late.find('777888999');
    expect(asked).toHaveLength(5);
  });

  test('is asked once for a number, until the answer is old; a number it does not know is one too', async () => {
    const shop = lookup({ keep: '1m' });
    await Promise.all([shop.find('+420777888999'), shop.find('777888999')]);
    expect(asked).toHaveLength(1);
    answer = () => Promise.resolve({ status: 404, body: 'who?' });
    expect(await shop.find('+420777000111')).toBeNull();
    clock.advanceBy(59_000);
    expect(await shop.find('+420777888999')).toEqual(JANA);
    expect(await shop.find('+420777000111')).toBeNull();
    expect(asked).toHaveLength(2);
    clock.advanceBy(2_000);
    await shop.find('+420777888999');
    expect(asked).toHaveLength(3);
  });

  test('that is down or answers badly is asked again soon, but not for each call', async () => {
    const shop = lookup();
    for (const bad of [
      () => Promise.reject(new OutboundError('timeout', 'too late', 1500, 1)),
      () => Promise.resolve({ status: 500, body: '' }),
    ]) {
      answer = bad;
      const before = asked.length;
      expect(await shop.find('+420777888999')).toBeNull();
      expect(await shop.find('+420777888999')).toBeNull();
      expect(asked).toHaveLength(before + 1);
      clock.advanceBy(20_000);
    }
    answer = () => Promise.resolve({ status: 200, body: JSON.stringify(JANA) });
    expect(await shop.find('+420777888999')).toEqual(JANA);
  });

  test('is not asked for who hides the number, or for handsets; and not by hundreds at once', async () => {
    const shop = lookup();
    for (const nobody of ['', 'anonymous', 'sales', '112']) expect(await shop.find(nobody)).toBeNull();
    expect(asked).toEqual([]);
    let release: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (release = resolve));
    answer = () => open.then(() => ({ status: 200, body: JSON.stringify(JANA) }));
    const all = Array.from({ length: 20 }, (_, n) => shop.find(`+4207770001${10 + n}`));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(8);
    release();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 20 }, () => JANA));
  });
});

test('what a shop answers is read generously and kept short', () => {
  const read = (value: unknown) => parseCustomer(JSON.stringify(value));
  expect(
    read({ name: 'Jana', orders: [{ number: 1004, status: 'x', total: 199.5, url: 'javascript:alert(1)' }] }),
  ).toEqual({ name: 'Jana', orders: [{ id: '1004', status: 'x', total: '199.5' }] });
  expect(read({ name: 'Jana', url: 'javascript:alert(1)', orders: 'none', more: {} })).toEqual({
    name: 'Jana',
    orders: [],
  });
  expect(read({ name: 'x'.repeat(500), orders: Array.from({ length: 99 }, (_, id) => ({ id })) })).toEqual({
    name: 'x'.repeat(120),
    orders: Array.from({ length: 20 }, (_, id) => ({ id: String(id) })),
  });
  for (const nothing of [{}, [], null, 'Jana', { name: '' }]) expect(read(nothing)).toBeNull();
  expect(parseCustomer('<html>')).toBeNull();
});

test('each call is asked for once, when it is first seen, and never held up', async () => {
  const wanted: string[] = [];
  let live: LiveState = emptyLiveState;
  const customers = new CallerLookups({
    find: (number) => {
      wanted.push(number);
      return Promise.resolve(JANA);
    },
    apply: (event) => (live = reduce(live, event)),
  });
  const about = { at: 0, queue: 1, position: 1, waiting: 1 };
  const join = (channelId: string, number: string) => {
    const event = { ...about, type: 'queue_joined', channelId, caller: { number, name: '' } } as const;
    live = reduce(live, event);
    customers.update({ state: live, event });
  };
  join('x1', '+420777888999');
  join('x1', '+420777888999');
  join('x2', '');
  await new Promise((resolve) => setImmediate(resolve));
  expect(wanted).toEqual(['+420777888999']);
  expect(live.calls.get('c_x1')?.customer).toEqual(JANA);
});

test('only the call of an event is looked at, all of them after a listing, and a call that is over is forgotten', () => {
  const wanted: string[] = [];
  const customers = new CallerLookups({
    find: (number) => {
      wanted.push(number);
      return Promise.resolve(null);
    },
    apply: () => undefined,
  });
  const looked: string[] = [];
  class Calls extends Map<string, LiveCall> {
    override get(id: string) {
      looked.push(id);
      return super.get(id);
    }
  }
  const caller = { number: '+420777888999', name: '' };
  const stay = { queue: 1, caller, joinedAt: 0, rank: 0, rings: [], talk: null };
  const calls = new Calls(['c_a', 'c_b', 'c_c'].map((id) => [id, { id, flow: null, stay, customer: null }]));
  const state = { ...emptyLiveState, calls };
  customers.update({ state, event: { type: 'left_queues', id: 'c_b' } });
  expect(looked).toEqual(['c_b']);
  expect(wanted).toHaveLength(1);
  customers.update({ state, event: { type: 'listed', at: 0, queues: [], talks: [], rings: [] } });
  expect(wanted).toHaveLength(3);
  calls.delete('c_b');
  customers.update({ state, event: { type: 'left_queues', id: 'c_b' } });
  calls.set('c_b', { id: 'c_b', flow: null, stay, customer: null });
  customers.update({ state, event: { type: 'left_queues', id: 'c_b' } });
  expect(wanted).toHaveLength(4);
});
