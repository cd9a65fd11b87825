import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { choiceShop } from '../support/choice-shop.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { busy, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { toneSamples } from '../support/tones.js';
import { LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** Wrong choices, failed transfers and conversations of a shop that branches on results and digits, on real calls. */

const TALKED = { bridge_result: 'SUCCESS', call_result: 'SUCCESS' };

let asterisk: TestAsterisk;
let harness: ShopHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    {
      more: (url) => ({
        queues: [{ id: 1, name: 'Fronta', handsets: ['tester'], ring_timeout: 5, max_wait: 8, join_when: 'free' }],
        lines: [{ number: LINE, plan: [{ hand_over: { url } }] }],
      }),
    },
  );
  harness.shop.behave(choiceShop({ choose: P.menu, tooShort: P.wrongKey, chooseAgain: P.nobody }));
});

afterAll(async () => {
  await harness.stop();
  await asterisk.stop();
});

afterEach(() => harness.stopPhones());

/** The fields of a call's requests beyond those that all requests have. */
function requestFields(call: PhoneCall): object[] {
  return harness.shop.requestsFrom(callerOf(call).replace(/^\+420/, '')).map(({ fields }) => {
    const { caller_number, called_number, call_id, step, ...ownFields } = fields;
    expect([caller_number, called_number, call_id, step]).not.toContain(undefined);
    return ownFields;
  });
}

const lastOf = (call: PhoneCall) =>
  harness.shop.request(
    ({ fields }) => fields['hangup'] === true && callerOf(call).endsWith(String(fields['caller_number'])),
  );

async function choose(call: PhoneCall, digits: string, after: number): Promise<void> {
  await call.hears(prompt(after), { skipping: true, withinMs: 20_000 });
  await call.press(digits);
}

/** A caller who talks with the handset after the first choice. */
async function talking(): Promise<{ call: PhoneCall; leg: PhoneCall }> {
  const phone = await harness.registerTester(pickUp);
  const call = await (await harness.caller()).dial(LINE);
  await choose(call, '12', P.menu);
  const leg = await phone.nextCall();
  await leg.answered();
  leg.say(toneSamples(50, 'cs', 1000), { repeats: true });
  await call.hears(prompt(50), { skipping: true });
  return { call, leg };
}

it('a wrong choice, an unanswered transfer, a second choice', async () => {
  await harness.registerTester(busy);
  const call = await (await harness.caller()).dial(LINE);
  await choose(call, '5#', P.menu);
  await choose(call, '12', P.menu);
  await choose(call, '13', P.nobody);
  await call.hears(prompt(P.nobody), { skipping: true, withinMs: 20_000 });
  await call.hangUp();
  await lastOf(call);
  const requests = requestFields(call);
  expect(requests.slice(0, 6)).toEqual([
    {},
    { krok: '9' },
    { received_digits: '5' },
    {},
    { krok: '9' },
    { received_digits: '12' },
  ]);
  expect(requests[6]).toMatchObject({ bridge_result: expect.stringMatching(/^(NO_ANSWER|USER_BUSY)$/) as string });
  expect(requests[7]).toEqual({ received_digits: '13' });
});

describe('the last request after a conversation reports SUCCESS', () => {
  it('when the caller hangs up', async () => {
    const { call } = await talking();
    await call.hangUp();
    expect((await lastOf(call)).fields).toMatchObject(TALKED);
  });

  it.each([
    ['hung up', 'hangup', {}],
    ['interrupted', 'interrupt', { prompt: P.goodbye }],
    ['transferred', 'transfer', { number: '+420777000111' }],
  ])('when the API has the call %s', async (_what, command, body) => {
    const { call } = await talking();
    const [first] = harness.shop.requestsFrom(callerOf(call).replace(/^\+420/, ''));
    const answer = await harness.gateway.fetch(`/api/v1/calls/${String(first?.fields['call_id'])}/${command}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(204);
    expect((await lastOf(call)).fields).toMatchObject(TALKED);
    await call.hangUp().catch(() => undefined);
  });
});

it('a registered handset in a call is busy, not unregistered', async () => {
  const { call: first } = await talking();
  const second = await (await harness.caller()).dial(LINE);
  await choose(second, '12', P.menu);
  await second.hears(prompt(P.nobody), { skipping: true });
  expect(requestFields(second).at(-1)).toMatchObject({ bridge_result: 'USER_BUSY', call_result: 'USER_BUSY' });
  await second.hangUp();
  await first.hangUp();
  await lastOf(first);
});
