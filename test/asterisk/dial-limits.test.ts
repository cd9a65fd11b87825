import { afterAll, beforeAll, expect, it } from 'vitest';
import { pickUp } from '../support/sip/phone.js';
import { ProviderHarness } from './provider-harness.js';

/** Limits of one handset, by real calls: from its phone, and over the API. */

const NUMBER = '+420777111222';
const WITHIN_MS = 20_000;

let harness: ProviderHarness;

beforeAll(async () => {
  harness = await ProviderHarness.start(
    {
      version: 1,
      dial_policy: { countries: ['CZ', 'SK'] },
      handsets: [{ name: 'a1', dial_limits: { max_per_day: 1, countries: ['CZ'] } }, { name: 'a2' }],
      lines: [{ number: '+420222333444', plan: ['hang_up'] }],
    },
    pickUp,
  );
});
afterAll(() => harness.stop());

it('a desk phone calls as often as its limit allows; the reason is in the timeline and in the answer of the API', async () => {
  const phone = await harness.phones.handset('a1');
  const first = await phone.dial(NUMBER);
  await first.answered({ withinMs: WITHIN_MS });
  await first.hangUp();
  const second = await phone.dial(NUMBER);
  expect(await second.ended({ withinMs: WITHIN_MS })).toMatchObject({ by: 'peer', how: 'rejected' });
  const timeline = await harness.gateway.finished('111222');
  expect(JSON.stringify(timeline)).toContain('the handset a1 may make 1 outgoing calls a day');
  const ask = async (handset: string, number: string) => {
    const response = await harness.gateway.fetch(`/api/v1/handsets/${handset}/call`, {
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
  const alarms = async () => (await harness.gateway.api<{ alarms: object[] }>('/api/v1/alarms')).alarms;
  await expect
    .poll(alarms, { timeout: 60_000 })
    .toMatchObject([{ rule: 'dial_limit', about: 'handset a1', text: expect.stringContaining('1 of 1') as string }]);
  const other = await (await harness.phones.handset('a2')).dial(NUMBER);
  await other.answered({ withinMs: WITHIN_MS });
  expect(harness.provider.invites).toHaveLength(2);
});
