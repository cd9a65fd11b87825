import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { decline, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { Shop, text } from '../support/shop.js';
import { toneSamples } from '../support/tones.js';
import { LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** The webhooks of real calls. */

let asterisk: TestAsterisk;
let harness: ShopHarness;
let hooks: Shop;

beforeAll(async () => {
  asterisk = await startAsterisk();
  hooks = await new Shop(() => text('')).start();
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { more: { webhooks: [{ name: 'shop', url: hooks.url }] } },
  );
});

afterAll(async () => {
  await harness.stop();
  await hooks.stop();
  await asterisk.stop();
});

afterEach(() => harness.stopPhones());

async function dial(): Promise<PhoneCall> {
  const call = await (await harness.caller()).dial(LINE);
  await call.hears(prompt(P.menu));
  return call;
}

/** All webhooks of a call, when it is over: its numbers, and the fields that differ between events. */
async function webhookEvents(call: PhoneCall): Promise<unknown[]> {
  const number = callerOf(call).replace(/^\+420/, '');
  const ofCall = () => hooks.requests.filter(({ fields }) => fields['caller_number'] === number);
  await hooks.request(({ fields }) => fields['caller_number'] === number && fields['event'] === 'hangup', {
    withinMs: 10_000,
  });
  expect(ofCall().map(({ fields }) => fields['seq'])).toEqual(ofCall().map((_, index) => index + 1));
  expect(new Set(ofCall().map(({ fields }) => fields['event_id'])).size).toBe(ofCall().length);
  expect(new Set(ofCall().map(({ fields }) => fields['call_id'])).size).toBe(1);
  for (const { fields } of ofCall())
    expect(fields).toMatchObject({ direction: 'incoming', called_number: '222333444', queue: null });
  return ofCall().map(({ fields: { event, agent, result, answered_at, ended_at } }) => [
    event,
    agent,
    answered_at === null ? '' : 'answered',
    ended_at === null ? '' : 'ended',
    result,
  ]);
}

it('answered by a handset, hung up by it', async () => {
  const phone = await harness.registerTester(pickUp);
  const call = await dial();
  await call.press('1');
  const leg = await phone.nextCall();
  await leg.answered();
  leg.say(toneSamples(50, 'cs', 1000), { repeats: true });
  await call.hears(prompt(50), { skipping: true });
  await leg.hangUp();
  await call.ended();
  expect(await webhookEvents(call)).toEqual([
    ['call_started', null, '', '', null],
    ['ringing', 'tester', '', '', null],
    ['answered', 'tester', 'answered', '', null],
    ['hangup', 'tester', 'answered', 'ended', 'SUCCESS'],
  ]);
});

it('abandoned while the handset rings', async () => {
  const phone = await harness.registerTester(ringForEver);
  const call = await dial();
  await call.press('1');
  await phone.nextCall();
  const number = callerOf(call).replace(/^\+420/, '');
  await hooks.request(({ fields }) => fields['caller_number'] === number && fields['event'] === 'ringing', {
    withinMs: 10_000,
  });
  await call.hangUp();
  expect(await webhookEvents(call)).toEqual([
    ['call_started', null, '', '', null],
    ['ringing', 'tester', '', '', null],
    ['hangup', null, '', 'ended', 'ABANDONED'],
  ]);
});

it('refused by the handset, then hung up by the plan', async () => {
  await harness.registerTester(decline);
  const call = await dial();
  await call.press('1');
  await call.hears(prompt(P.nobody), { skipping: true, withinMs: 10_000 });
  await call.ended();
  expect(await webhookEvents(call)).toEqual([
    ['call_started', null, '', '', null],
    ['hangup', null, '', 'ended', 'USER_BUSY'],
  ]);
});

it('hung up by the plan, without ringing a handset', async () => {
  const call = await dial();
  await call.ended({ withinMs: 30_000 });
  expect(await webhookEvents(call)).toEqual([
    ['call_started', null, '', '', null],
    ['hangup', null, '', 'ended', null],
  ]);
});

it('every delivery is stored, delivered at the first attempt', async () => {
  const recorded = () =>
    harness.gateway.api<{ deliveries: { state: string; tries: number }[] }>('/api/v1/webhooks/deliveries');
  await expect.poll(async () => (await recorded()).deliveries.filter(({ state }) => state === 'waiting')).toEqual([]);
  const { deliveries } = await recorded();
  expect(deliveries.length).toBeGreaterThanOrEqual(11);
  for (const delivery of deliveries) expect(delivery).toMatchObject({ state: 'delivered', tries: 1 });
});
