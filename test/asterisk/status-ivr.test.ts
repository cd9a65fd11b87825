import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../support/shop.js';
import { callerOf, prompt, ringback } from '../support/sip/caller.js';
import { busy, decline, pickUp, ringForEver } from '../support/sip/phone.js';
import { talkBothWays } from './call-control-harness.js';
import { BACK, CHOICE, DispatchHarness, DRIVER, P, SECOND_DRIVER, STATUS } from './dispatch-harness.js';

/** Real calls of clients and drivers with orders: the status before the queue, the driver by key, calling back. */

let line: DispatchHarness;

beforeAll(async () => {
  line = await DispatchHarness.open();
});
afterEach(() => line.hangUpAll());
afterAll(() => line.close());

const heardSoon = { skipping: true, withinMs: 15_000 };
const lineDigits = (number: string | undefined) => number?.replace('+', '');

describe('a client with an order', () => {
  it('hears its status, presses 1 meanwhile, hears ringback and talks to the driver', async () => {
    const client = line.newNumber();
    await line.order({ client });
    const call = await line.calls(client, STATUS);
    await call.hears(prompt(P.arrived), heardSoon);
    await call.press('1');
    const driver = await line.rung(DRIVER);
    expect(callerOf(driver)).toBe(lineDigits(STATUS));
    await call.hears(ringback, heardSoon);
    driver.answer();
    await talkBothWays(call, driver);
    await driver.hangUp();
    expect(await call.ended({ withinMs: 10_000 })).toMatchObject({ by: 'peer', how: 'hung_up' });
    const timeline = await line.gateway.finished(client);
    expect(timeline).toContainEqual(expect.objectContaining({ kind: 'order_found' }));
    expect(timeline.at(-1)).toMatchObject({ kind: 'ended', data: { by: 'party' } });
  });

  it('presses 2, or nothing, and enters the queue', async () => {
    const handset = await line.handset(pickUp);
    for (const key of ['2', '']) {
      const client = line.newNumber();
      await line.order({ client, status: 'accepted' });
      const call = await line.calls(client, STATUS);
      await call.hears(prompt(P.accepted), heardSoon);
      if (key !== '') await call.press(key);
      await call.hears(prompt(P.operator), heardSoon);
      const operator = await (await handset.nextCall({ withinMs: 15_000 })).answered();
      await talkBothWays(call, operator);
      await call.hangUp();
      await line.gateway.finished(client);
    }
  });

  it.each([
    ['busy', busy, P.busy],
    ['rejects', decline, P.busy],
  ])('hears why when the driver is not to be had (%s), and is in the queue', async (_how, behaviour, why) => {
    const client = line.newNumber();
    await line.order({ client });
    line.outside.onIncoming(behaviour);
    const call = await line.calls(client, STATUS);
    await call.hears(prompt(P.arrived), heardSoon);
    await call.press('1');
    await call.hears(prompt(why), heardSoon);
    await call.hears(prompt(P.operator), heardSoon);
    await line.outside.nextCall();
  });

  it('hangs up while the driver rings: the driver stops ringing', async () => {
    const client = line.newNumber();
    await line.order({ client });
    const call = await line.calls(client, STATUS);
    await call.hears(prompt(P.arrived), heardSoon);
    await call.press('1');
    const driver = await line.rung(DRIVER);
    await call.hangUp();
    expect(await driver.ended({ withinMs: 10_000 })).toMatchObject({ by: 'peer' });
  });
});

describe('an order that the dispatch has not reported', () => {
  it('is requested from the dispatch, and kept for a later connection', async () => {
    const client = line.newNumber();
    line.lookups = () => json({ orders: [{ id: `B-${client}`, status: 'arrived', driver_phone: DRIVER }] });
    const call = await line.calls(client, STATUS);
    await call.hears(prompt(P.arrived), heardSoon);
    await call.press('1');
    const driver = await line.rung(DRIVER);
    driver.answer();
    await talkBothWays(call, driver);
    expect(line.dispatch.requests.at(-1)?.url).toContain(encodeURIComponent(client));
  });

  it('is awaited for at most 1.5 seconds', async () => {
    const client = line.newNumber();
    let released: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (released = resolve));
    line.lookups = async () => {
      await slow;
      return json({ id: 'late', status: 'arrived' });
    };
    const call = await line.calls(client, STATUS);
    await call.hears(prompt(P.operator), heardSoon);
    released();
    const entries = await line.gateway.timeline(client);
    const [asked, given] = ['action', 'no_order'].map((kind) =>
      entries.find((entry) => entry.kind === kind && (kind !== 'action' || entry.data['action'] === 'order_status')),
    );
    const tookMs = Date.parse(given?.at ?? '') - Date.parse(asked?.at ?? '');
    expect(tookMs).toBeGreaterThan(1300);
    expect(tookMs).toBeLessThan(8000);
  });

  it('does not exist: enters the queue at once', async () => {
    const call = await line.calls(line.newNumber(), STATUS);
    await call.hears(prompt(P.operator), heardSoon);
    expect(call.heard().flatMap((part) => (part.kind === 'prompt' ? [part.prompt] : []))).not.toContain(P.keys);
  });
});

describe('calling back', () => {
  it('connects the client to the driver and the driver to the client, without a prompt', async () => {
    const client = line.newNumber();
    const order = await line.order({ client, driver: SECOND_DRIVER });
    for (const [from, to] of [
      [client, SECOND_DRIVER],
      [SECOND_DRIVER, client],
    ] as const) {
      const call = await line.calls(from, BACK);
      const other = await line.rung(to);
      expect(callerOf(other)).toBe(lineDigits(BACK));
      other.answer();
      await talkBothWays(call, other);
      await call.hangUp();
      await other.ended({ withinMs: 10_000 });
    }
    await line.database.orders.put({ id: order, status: 'completed_paid' }, Date.now());
    const after = await line.calls(client, BACK);
    await after.hears(prompt(P.plan), heardSoon);
  });

  it('asks which of two orders is meant', async () => {
    const driver = line.newNumber();
    const first = line.newNumber();
    const second = line.newNumber();
    await line.order({ client: first, driver });
    await delay(5);
    await line.order({ client: second, driver, status: 'accepted' });
    const call = await line.calls(driver, BACK);
    await call.hears(prompt(P.first), heardSoon);
    await call.hears(prompt(P.accepted), heardSoon);
    await call.hears(prompt(P.second), heardSoon);
    await call.press('2');
    const other = await line.rung(first);
    other.answer();
    await talkBothWays(call, other);
  });

  it('continues with the plan when the other party does not answer', async () => {
    const client = line.newNumber();
    await line.order({ client });
    line.outside.onIncoming(busy);
    const call = await line.calls(client, BACK);
    await call.hears(prompt(P.plan), heardSoon);
    await line.outside.nextCall();
  });

  it('is not available to others, nor on a line where it is off', async () => {
    const client = line.newNumber();
    await line.order({ client, line: CHOICE });
    for (const [from, to] of [
      [line.newNumber(), BACK],
      [client, BACK],
      [client, CHOICE],
      ['anonymous', BACK],
    ] as const) {
      const call = await line.calls(from, to);
      await call.hears(prompt(P.plan), heardSoon);
    }
  });
});

describe('the gateway is killed', () => {
  for (const place of ['before-send', 'after-send']) {
    it(`${place} of the lookup: plays the status all the same`, async () => {
      const client = line.newNumber();
      await line.order({ client });
      await line.armFailpoint(`${place}:order_lookup:1`);
      const call = await line.calls(client, STATUS);
      await line.revived();
      await call.hears(prompt(P.arrived), heardSoon);
    });

    it(`${place} of dialling the driver: rings once at most, and connects or plays the reason`, async () => {
      const client = line.newNumber();
      await line.order({ client });
      await line.armFailpoint(`${place}:dial:1`);
      const before = line.outside.invites.length;
      line.outside.onIncoming(ringForEver);
      const call = await line.calls(client, STATUS);
      await call.hears(prompt(P.arrived), heardSoon);
      await call.press('1');
      await line.revived();
      if (place === 'before-send') {
        await call.hears(prompt(P.noAnswer), heardSoon);
        await call.hears(prompt(P.operator), heardSoon);
        expect(line.outside.invites).toHaveLength(before);
        return;
      }
      const driver = await line.rung(DRIVER);
      driver.answer();
      await talkBothWays(call, driver);
      expect(line.outside.invites).toHaveLength(before + 1);
    });
  }
});
