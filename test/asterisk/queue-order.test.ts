import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../src/monitor/protocol.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { json, Shop } from '../support/shop.js';
import { callerOf } from '../support/sip/caller.js';
import { pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { numberOf, QueueHarness } from './queue-harness.js';

/** The order of callers, and of the handsets that ring, in real queues. */

const LINE = (queue: number) => `+42022233344${queue}`;
const [PLAIN, PRIO_PLAN, SHOP_LINE, RING_LINE] = [LINE(1), '+420222333451', '+420222333452', '+420222333453'];
const DRIVER = '+420777999111';

const anybody = { join_when: 'always', stay_when: 'always', ring_timeout: 20 };
const enqueue = (queue: number, more = {}) => ['answer', { enqueue: { queue, ...more } }];

let asterisk: TestAsterisk;
let gateway: Gateway;
let shop: Shop;
let room: QueueHarness;

beforeAll(async () => {
  const transfer = { action: 'transfer_to_group', call_group_id: '1', group_continue_busy: '1', group_priority: '40' };
  shop = await new Shop(({ fields }) => json('bridge_result' in fields ? { action: 'hangup' } : transfer)).start();
  asterisk = await startAsterisk();
  const company = {
    handsets: ['a1', 'a2', 'a3'].map((name) => ({ name })),
    priority_callers: [{ numbers: ['777 999 111'], priority: 20 }],
    queues: [
      { id: 1, name: 'Přednost', handsets: ['a1'], ...anybody },
      { id: 2, name: 'Dokola', handsets: ['a1', 'a2', 'a3'], strategy: 'rrmemory', ...anybody },
      { id: 3, name: 'Všem', handsets: ['a1', 'a2'], strategy: 'ringall', ...anybody },
      { id: 4, name: 'S oddechem', handsets: ['a1'], wrap_up: 4, ...anybody },
      { id: 5, name: 'Lehká', handsets: ['a2'], weight: 1, ...anybody },
      { id: 6, name: 'Těžká', handsets: ['a2'], weight: 9, ...anybody },
    ],
    lines: [
      ...[1, 2, 3, 4, 5, 6].map((queue) => ({ number: LINE(queue), plan: enqueue(queue) })),
      { number: PRIO_PLAN, plan: enqueue(1, { priority: 30 }) },
      { number: SHOP_LINE, plan: ['answer', { hand_over: { url: shop.url } }] },
      { number: RING_LINE, plan: [{ ring: { handset: 'a1' } }] },
    ],
  };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  room = new QueueHarness(asterisk, gateway);
  await room.apply((document) => document);
});
afterEach(() => room.empty());
afterAll(async () => {
  await gateway.stop();
  await Promise.all([asterisk.stop(), shop.stop()]);
});

describe('callers', () => {
  it('are served by the priority of their number, of the plan, and of the shop', async () => {
    const plain = await room.waiting(PLAIN, 1);
    const driver = await room.waiting(PLAIN, 1, DRIVER);
    const later = await room.waiting(PLAIN, 1);
    const planned = await room.waiting(PRIO_PLAN, 1);
    const named = await room.waiting(SHOP_LINE, 1);
    const order = [named, planned, driver, plain, later];
    expect(await room.inLine(1)).toEqual(order.map(numberOf));
    const operator = await room.handset('a1', pickUp);
    for (const call of order.slice(0, 3)) {
      const leg = await (await operator.nextCall({ withinMs: 10_000 })).answered();
      expect(callerOf(leg)).toBe(callerOf(call));
      await leg.hangUp();
    }
  });

  it('are moved by a supervisor: Asterisk, the live state and the handsets agree on the order', async () => {
    const calls = [await room.waiting(PLAIN, 1), await room.waiting(PLAIN, 1), await room.waiting(PLAIN, 1)];
    const [first, second, third] = calls as [PhoneCall, PhoneCall, PhoneCall];
    const move = async (call: PhoneCall, position: number) => {
      const [known] = await gateway.calls(numberOf(call));
      const headers = { 'content-type': 'application/json' };
      const request = { method: 'POST', body: JSON.stringify({ position }), headers };
      return gateway.fetch(`/api/v1/calls/${encodeURIComponent(known?.id ?? '')}/move`, request);
    };
    const become = async (order: PhoneCall[]) => {
      const numbers = order.map(numberOf);
      await expect.poll(() => room.inLine(1)).toEqual(numbers);
      await expect.poll(shownOrder).toEqual(numbers);
    };
    const shownOrder = async () => {
      const { calls: shown } = await gateway.api<State>('/api/v1/monitor');
      const waiting = Object.values(shown).filter(({ position }) => position !== undefined);
      return waiting
        .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
        .map(({ number }) => number.replace(/^\+420/, ''));
    };
    await become([first, second, third]);
    expect((await move(third, 1)).status).toBe(204);
    await become([third, first, second]);
    expect((await move(third, 1)).status).toBe(204);
    await become([third, first, second]);
    expect((await move(third, 2)).status).toBe(204);
    await become([first, third, second]);
    expect((await move(first, 99)).status).toBe(204);
    await become([third, second, first]);
    const operator = await room.handset('a1', pickUp);
    for (const call of [third, second, first]) {
      const leg = await (await operator.nextCall({ withinMs: 10_000 })).answered();
      expect(callerOf(leg)).toBe(callerOf(call));
      if (call === third) expect((await move(third, 2)).status).toBe(409);
      await leg.hangUp();
    }
  });

  it('of the queue with the higher weight are served first, in any order of arrival', async () => {
    const light = await room.waiting(LINE(5), 5);
    const heavy = await room.waiting(LINE(6), 6);
    const operator = await room.handset('a2', pickUp);
    const first = await (await operator.nextCall({ withinMs: 10_000 })).answered();
    expect(callerOf(first)).toBe(callerOf(heavy));
    await first.hangUp();
    expect(callerOf(await operator.nextCall({ withinMs: 10_000 }))).toBe(callerOf(light));
  });
});

describe('handsets', () => {
  it('ring in turn with rrmemory, also for later callers', async () => {
    const names = ['a1', 'a2', 'a3'];
    const operators = await Promise.all(names.map((name) => room.handset(name, pickUp)));
    const rung: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const call = await room.calling(LINE(2));
      const before = operators.map(({ invites }) => invites.length);
      const who = () => operators.findIndex(({ invites }, index) => invites.length > before[index]!);
      await room.becomes('a handset rings', () => who() !== -1);
      rung.push(names[who()]!);
      await operators[who()]!.invites.at(-1)!.answered();
      await call.hangUp();
      await room.becomes('no caller is left', async () => (await room.inLine(2)).length === 0);
    }
    expect(new Set(rung.slice(0, 3)).size).toBe(3);
    expect(rung.slice(3)).toEqual(rung.slice(0, 3));
  });

  it('ring all at once with ringall, until one has answered', async () => {
    const [ignoring, other] = [await room.handset('a1', ringForEver), await room.handset('a2', ringForEver)];
    await room.calling(LINE(3));
    const [rung, taken] = [await ignoring.nextCall({ withinMs: 10_000 }), await other.nextCall({ withinMs: 10_000 })];
    taken.answer();
    await taken.answered();
    expect(await rung.ended()).toMatchObject({ how: 'cancelled' });
  });

  it('do not ring during the wrap-up that the queue sets', async () => {
    const calls = [await room.waiting(LINE(4), 4), await room.waiting(LINE(4), 4)];
    const operator = await room.handset('a1', pickUp);
    const leg = await (await operator.nextCall({ withinMs: 10_000 })).answered();
    expect(callerOf(leg)).toBe(callerOf(calls[0]!));
    await leg.hangUp();
    const over = Date.now();
    await operator.nextCall({ withinMs: 15_000 });
    // Asterisk counts whole seconds.
    expect(Date.now() - over).toBeGreaterThan(2900);
  });

  it('do not ring for a queue while they talk outside of it', async () => {
    const operator = await room.handset('a1', pickUp);
    const outside = await room.calling(RING_LINE);
    const leg = await (await operator.nextCall({ withinMs: 10_000 })).answered();
    await outside.answered();
    const waiting = await room.waiting(PLAIN, 1);
    // Longer than the retry interval of a queue.
    await delay(3000);
    expect(operator.invites).toHaveLength(1);
    await leg.hangUp();
    expect(callerOf(await operator.nextCall({ withinMs: 10_000 }))).toBe(callerOf(waiting));
  });
});
