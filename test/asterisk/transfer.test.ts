import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { busy, decline, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { callerOf, prompt, ringback } from '../support/sip/caller.js';
import { json, say, type ShopBehaviour } from '../support/shop.js';
import { toneSamples } from '../support/tones.js';
import { LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** `transfer_to_group`, `answer` and `hangup` of the webhook API, on real handsets; the rest is in order-status.test.ts. */

let asterisk: TestAsterisk;
let harness: ShopHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    // The call must not be answered before the shop decides so.
    {
      more: (url) => ({
        queues: [{ id: 1, name: 'Fronta volajících', handsets: ['tester'], ring_timeout: 5 }],
        lines: [
          {
            number: LINE,
            plan: [{ hand_over: { url, fallback_prompt: P.fallback } }, 'answer', { play: P.goodbye }],
          },
        ],
      }),
    },
  );
});

afterAll(async () => {
  await harness.stop();
  await asterisk.stop();
});

afterEach(() => harness.stopPhones());

/** Transfers, and then says goodbye by continuing with the plan. */
const transferring =
  (more: Record<string, unknown> = {}): ShopBehaviour =>
  ({ fields }) => {
    if (fields['hangup'] === true || fields['bridge_result'] !== undefined) return say.goOn();
    return fields['answered'] === undefined
      ? say.answer({ answered: '1' })
      : json({ action: 'transfer_to_group', call_group_id: '1', answered: '1', ...more });
  };

async function transferred(
  more: Record<string, unknown> = {},
): Promise<{ call: PhoneCall; requests: () => Record<string, unknown>[] }> {
  harness.shop.behave(transferring(more));
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  const number = (/sip:\+420(\d+)@/.exec(call.invite.headers.get('From')) ?? [])[1] ?? '';
  return { call, requests: () => harness.shop.requestsFrom(number).map(({ fields }) => fields) };
}

describe('transfer_to_group', () => {
  it('no registered handset: USER_NOT_REGISTERED', async () => {
    const { call, requests } = await transferred();
    await call.hears(prompt(P.goodbye), { skipping: true });
    await call.ended();
    expect(requests().at(-1)).toMatchObject({
      bridge_result: 'USER_NOT_REGISTERED',
      call_result: 'USER_NOT_REGISTERED',
    });
    // A premature one reads as a failed transfer.
    for (const fields of requests().slice(0, -1)) expect(Object.keys(fields)).not.toContain('call_result');
  });

  it.each([
    ['busy', busy],
    ['rejected', decline],
  ])('%s: USER_BUSY', async (_what, behaviour) => {
    await harness.registerTester(behaviour);
    const { call, requests } = await transferred();
    await call.hears(prompt(P.goodbye), { skipping: true });
    await call.ended();
    expect(requests().at(-1)).toMatchObject({ bridge_result: 'USER_BUSY' });
  });

  it('answered, then hung up by the handset: SUCCESS, and the shop continues the dialogue', async () => {
    const phone = await harness.registerTester(pickUp);
    const { call, requests } = await transferred();
    const leg = await phone.nextCall();
    await leg.answered();
    leg.say(toneSamples(50, 'cs', 1000), { repeats: true });
    await call.hears(prompt(50), { skipping: true });
    await leg.hangUp();
    await call.hears(prompt(P.goodbye), { skipping: true });
    await call.ended();
    expect(requests().at(-1)).toMatchObject({ bridge_result: 'SUCCESS' });
  });

  it('plays the announcement first, then ringback; the handset shows the caller', async () => {
    const phone = await harness.registerTester(ringForEver);
    const { call, requests } = await transferred({ group_transfer_recording_id: String(P.connecting) });
    await call.hears(prompt(P.connecting), { toItsEnd: true });
    const leg = await phone.nextCall();
    expect(leg.invite.headers.get('From')).toContain(callerOf(call).replace(/^\+/, ''));
    await call.hears(ringback, { skipping: true });
    await call.hangUp();
    expect((await leg.ended()).how).toBe('cancelled');
    await harness.shop.request(
      ({ fields }) => fields['hangup'] === true && fields['call_id'] === requests()[0]?.['call_id'],
    );
  });

  it('with skip_caller_id_transfer the handset shows the line', async () => {
    const phone = await harness.registerTester(busy);
    const { call } = await transferred({ skip_caller_id_transfer: '1' });
    const leg = await phone.nextCall();
    expect(leg.invite.headers.get('From')).toContain('420222333444');
    expect(leg.invite.headers.get('From')).not.toContain(callerOf(call).replace(/^\+/, ''));
    await call.ended();
  });

  it('a group that does not exist: USER_NOT_REGISTERED', async () => {
    const { call, requests } = await transferred({ call_group_id: '99' });
    await call.ended();
    expect(requests().at(-1)).toMatchObject({ bridge_result: 'USER_NOT_REGISTERED' });
  });
});

it('answer answers, hangup hangs up, and no more requests follow', async () => {
  harness.shop.behave(({ step }) => (step === 0 ? say.answer() : say.hangUp()));
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  await call.answered();
  expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
  const number = callerOf(call).replace(/^\+420/, '');
  await harness.gateway.finished(number);
  expect(harness.shop.requestsFrom(number)).toHaveLength(2);
});

it('no answer: NO_ANSWER', async () => {
  await harness.registerTester(ringForEver);
  const { call, requests } = await transferred();
  await call.hears(prompt(P.goodbye), { skipping: true, withinMs: 40_000 });
  await call.ended();
  expect(requests().at(-1)).toMatchObject({ bridge_result: 'NO_ANSWER' });
});
