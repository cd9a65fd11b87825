import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { addressIsStored } from '../support/proved-address.js';
import { Gateway } from '../support/gateway.js';
import { Shop, text } from '../support/shop.js';
import { callerOf } from '../support/sip/caller.js';
import { type Phone, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** Kill -9 at the places of the effect that sends a caller into a queue: callers keep their places, and the shop receives each event once. */

const LINE = '+420222333444';

let asterisk: TestAsterisk;
let hooks: Shop;
let gateway: Gateway;
let phones: Phones;

beforeAll(async () => {
  asterisk = await startAsterisk();
});
afterAll(() => asterisk.stop());
beforeEach(async () => {
  hooks = await new Shop(() => text('')).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      handsets: [{ name: 'a1' }],
      queues: [{ id: 12, name: 'Fronta', handsets: ['a1'], join_when: 'always', stay_when: 'always' }],
      lines: [{ number: LINE, plan: ['answer', { enqueue: { queue: 12, label: 'telefon-sklad' } }] }],
      webhooks: [{ name: 'shop', url: hooks.url }],
    },
  });
  phones = new Phones(asterisk, gateway);
  await gateway.ready();
});
afterEach(async () => {
  await phones.stop();
  await gateway.stop();
  await hooks.stop();
});

async function operator(): Promise<Phone> {
  const phone = await phones.handset('a1', { incoming: pickUp });
  await addressIsStored(asterisk, 'a1');
  return phone;
}

async function untilOneWaits(): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    const shown = await asterisk.cli('queue show q12');
    if (/^\s+1\. PJSIP/m.test(shown)) {
      expect(shown).not.toMatch(/^\s+2\. PJSIP/m);
      return;
    }
    if (Date.now() > until) throw new Error(`no caller waits:\n${shown}`);
    await delay(50);
  }
}

/** The events of the one call, when it is over. */
async function webhookEvents(call: PhoneCall): Promise<unknown[]> {
  const caller = callerOf(call).replace(/^\+420/, '');
  await hooks.request(({ fields }) => fields['event'] === 'hangup', { withinMs: 15_000 });
  const fields = hooks.requests.map((request) => request.fields);
  for (const one of fields) expect(one).toMatchObject({ caller_number: caller });
  // A delivery in flight at the kill may come twice, with one id.
  const once = fields.filter(
    (one, index) => fields.findIndex((other) => other['event_id'] === one['event_id']) === index,
  );
  expect(once.map(({ seq }) => seq)).toEqual(once.map((_, index) => index + 1));
  return once.map(({ event, result }) => [event, result]);
}

describe('kill -9', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of enqueue: the caller waits once, and is answered`, async () => {
      await gateway.kill();
      await gateway.run({ CORDBOARD_FAILPOINT: `${place}:enqueue:1` });
      await gateway.ready();
      const call = await phones.call(LINE, '+420777100001');
      await gateway.died();
      await gateway.run();
      await gateway.ready();
      await untilOneWaits();
      const leg = await (await (await operator()).nextCall({ withinMs: 15_000 })).answered();
      await hooks.request(({ fields }) => fields['event'] === 'queue_left', { withinMs: 15_000 });
      await leg.hangUp();
      await call.ended({ withinMs: 15_000 });
      expect(await webhookEvents(call)).toEqual([
        ['call_started', null],
        ['queue_joined', null],
        ['ringing', null],
        ['answered', null],
        ['queue_left', 'SUCCESS'],
        ['hangup', 'SUCCESS'],
      ]);
    });
  }

  it('while the caller talks after an answer during the outage: both events are sent when the gateway is back', async () => {
    const phone = await operator();
    await gateway.kill();
    await gateway.run({ CORDBOARD_FAILPOINT: 'after-send:enqueue:1' });
    await gateway.ready();
    const call = await phones.call(LINE, '+420777100002');
    const leg = await (await phone.nextCall({ withinMs: 15_000 })).answered();
    await gateway.died();
    await gateway.run();
    await gateway.ready();
    await hooks.request(({ fields }) => fields['event'] === 'answered', { withinMs: 15_000 });
    await leg.hangUp();
    await call.ended({ withinMs: 15_000 });
    expect(await webhookEvents(call)).toEqual([
      ['call_started', null],
      ['answered', null],
      ['hangup', 'SUCCESS'],
    ]);
    expect(hooks.requests.find(({ fields }) => fields['event'] === 'answered')?.fields).toMatchObject({
      agent: 'a1',
      handset: 'telefon-sklad',
    });
  });
});
