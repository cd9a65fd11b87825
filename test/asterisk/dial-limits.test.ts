import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Phone, pickUp } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** Limits of one handset, by real calls: from its phone, and over the API. */

const NUMBER = '+420777111222';
const WITHIN_MS = 20_000;

let asterisk: TestAsterisk;
let gateway: Gateway;
let outside: Phone;
let phones: Phones;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  outside = await new Phone({ server, user: 'outside', port, incoming: pickUp }).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      version: 1,
      dial_policy: { countries: ['CZ', 'SK'] },
      handsets: [{ name: 'a1', dial_limits: { max_per_day: 1, countries: ['CZ'] } }, { name: 'a2' }],
      lines: [{ number: '+420222333444', plan: ['hang_up'] }],
    },
  });
  phones = new Phones(asterisk, gateway);
});
afterAll(async () => {
  await phones.stop();
  await outside.stop();
  await gateway.stop();
  await asterisk.stop();
});

it('a desk phone calls as often as its limit allows; the reason is in the timeline and in the answer of the API', async () => {
  const phone = await phones.handset('a1');
  const first = await phone.dial(NUMBER);
  await first.answered({ withinMs: WITHIN_MS });
  await first.hangUp();
  const second = await phone.dial(NUMBER);
  expect(await second.ended({ withinMs: WITHIN_MS })).toMatchObject({ by: 'peer', how: 'rejected' });
  const timeline = await gateway.finished('111222');
  expect(JSON.stringify(timeline)).toContain('the handset a1 may make 1 outgoing calls a day');
  const ask = async (handset: string, number: string) => {
    const response = await gateway.fetch(`/api/v1/handsets/${handset}/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number }),
    });
    return { status: response.status, text: await response.text() };
  };
  expect(await ask('a1', NUMBER)).toMatchObject({ status: 403, text: expect.stringContaining('a day') as string });
  expect(await ask('a1', '+421905123456')).toMatchObject({
    status: 403,
    text: expect.stringContaining('the handset a1 may not call SK') as string,
  });
  const alarms = async () => (await gateway.api<{ alarms: object[] }>('/api/v1/alarms')).alarms;
  await expect
    .poll(alarms, { timeout: 60_000 })
    .toMatchObject([{ rule: 'dial_limit', about: 'handset a1', text: expect.stringContaining('1 of 1') as string }]);
  const other = await (await phones.handset('a2')).dial(NUMBER);
  await other.answered({ withinMs: WITHIN_MS });
  expect(outside.invites).toHaveLength(2);
});
