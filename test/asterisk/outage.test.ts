import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { freePort } from '../support/ports.js';
import { callerOf, Phone, prompt, ringForEver, type PhoneCall } from '../support/sip/caller.js';
import { say } from '../support/shop.js';
import { toneSamples } from '../support/tones.js';
import { goodShop, LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** Asterisk dies under calls in every possible state. */

/** The promise: recovered within this time after Asterisk. */
const WHOLE_WITHIN_MS = 2000;
const POLL_MS = 10;

let asterisk: TestAsterisk;
let provider: Phone;
let harness: ShopHarness;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  provider = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user: 'provider', port }).start();
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { more: { dial_policy: { countries: ['CZ'] } } },
  );
});

afterAll(async () => {
  await provider.stop();
  await harness.stop();
  await asterisk.stop();
});

async function inMenu() {
  const call = await (await harness.caller()).dial(LINE);
  await call.hears(prompt(P.menu), { skipping: true });
  return call;
}

async function inQuestion() {
  const call = await inMenu();
  await call.press('9');
  await call.hears(prompt(P.ask), { skipping: true });
  return call;
}

async function ringing() {
  const call = await inMenu();
  await call.press('2');
  return { call, leg: await provider.nextCall() };
}

it('killed and restarted: closes every call with the reason, and recovers within 2 s', async () => {
  // One answer comes while Asterisk is down, the other one when it is back.
  const gates: Record<string, Gate> = { '1001': makeGate(), '1002': makeGate() };
  harness.shop.behave(async (request) => {
    const { hangup, received_digits: digits } = request.fields;
    const gate = hangup === true ? undefined : gates[String(digits)];
    if (gate === undefined) return goodShop({ menu: { timeoutS: 20, max: 10 } })(request);
    await gate.opened;
    return say.menu(P.ask, { timeoutS: 20 });
  });
  provider.onIncoming(ringForEver);
  const question = await inQuestion();
  await question.press('10');
  const { call: talking, leg } = await ringing();
  leg.answer();
  leg.say(toneSamples(50, 'cs', 20_000));
  await talking.hears(prompt(50), { skipping: true });
  const [promptCall, longPromptCall] = await Promise.all([inQuestion(), inQuestion()]);
  // Those that do not wait for long come last.
  const { call: rung } = await ringing();
  const menu = await inMenu();
  await Promise.all([promptCall.press('1001#'), longPromptCall.press('1002#')]);
  await Promise.all(
    Object.keys(gates).map((digits) => harness.shop.request(({ fields }) => fields['received_digits'] === digits)),
  );

  await asterisk.kill();
  await expect.poll(async () => (await fetch(`${harness.gateway.url}/readyz`)).status).toBe(503);
  gates['1001']?.open();
  const answersTo = async (call: PhoneCall) =>
    (await harness.gateway.timeline(callerOf(call))).filter(({ kind }) => kind === 'shop_answer').length;
  await expect.poll(() => answersTo(promptCall), { timeout: 5000 }).toBe(2);
  const [answersAt, completeAt] = await Promise.all([
    until(ariAnswers),
    until(async () => (await fetch(`${harness.gateway.url}/readyz`)).ok),
    asterisk.revive(),
  ]);
  expect(completeAt - answersAt).toBeLessThan(WHOLE_WITHIN_MS);
  gates['1002']?.open();

  const next = await (await harness.caller()).dial(LINE);
  await next.hears(prompt(P.menu));
  await next.hangUp();
  const handset = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'tester',
    password: await harness.gateway.handsetPassword('tester'),
  }).start();
  await handset.registerSoon();
  await handset.stop();

  for (const call of [menu, question, rung, talking, promptCall, longPromptCall]) {
    const timeline = await harness.gateway.finished(callerOf(call));
    expect(timeline.find(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'asterisk' });
    expect(timeline.find(({ kind }) => kind === 'recovered')?.data).toMatchObject({ after: 'asterisk_restart' });
  }
  await expect
    .poll(() => harness.shop.requests.filter(({ fields }) => fields['hangup'] === true).length, { timeout: 6000 })
    .toBe(3);
  const first = [1, undefined, undefined];
  expect(requestsOf(menu)).toEqual([]);
  expect(requestsOf(question)).toEqual([first, [2, '10', true]]);
  // The answer was another question, for which no digit was typed.
  expect(requestsOf(promptCall)).toEqual([first, [2, '1001', undefined], [3, '', true]]);
  expect(requestsOf(longPromptCall)).toEqual([first, [2, '1002', undefined], [3, '1002', true]]);
});

/** Each request's step and digits, and whether it was the last. */
const requestsOf = (call: PhoneCall) =>
  harness.shop
    .requestsFrom(callerOf(call).slice('+420'.length))
    .map(({ fields: { step, received_digits: digits, hangup } }) => [step, digits, hangup]);

interface Gate {
  opened: Promise<void>;
  open: () => void;
}

function makeGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

async function ariAnswers(): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64')}`;
  const response = await fetch(`${asterisk.ariUrl}/ari/asterisk/info`, {
    headers: { authorization, connection: 'close' },
  });
  await response.arrayBuffer();
  return response.ok;
}

/** The time when it became true. */
async function until(happened: () => Promise<boolean>): Promise<number> {
  const deadline = Date.now() + 30_000;
  while (!(await happened().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('it never happened');
    await delay(POLL_MS);
  }
  return Date.now();
}
