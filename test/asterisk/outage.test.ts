import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { freePort } from '../support/ports.js';
import { callerOf, Phone, prompt, ringForEver, type PhoneCall } from '../support/sip/caller.js';
import { faults, say } from '../support/shop.js';
import { toneSamples } from '../support/tones.js';
import { goodShop, LINE, P, startWorld, type World } from './shop-line.js';

/** Asterisk dies under calls in every state that they can be in. */

/** The promise: whole again so soon after Asterisk is. */
const WHOLE_WITHIN_MS = 2000;
const POLL_MS = 10;

let asterisk: TestAsterisk;
let provider: Phone;
let world: World;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  provider = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user: 'provider', port }).start();
  world = await startWorld(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { more: { dial_policy: { countries: ['CZ'] } } },
  );
}, 60_000);

afterAll(async () => {
  await provider.stop();
  await world.stop();
  await asterisk.stop();
}, 30_000);

async function inMenu() {
  const call = await (await world.caller()).dial(LINE);
  await call.hears(prompt(P.menu));
  return call;
}

async function inQuestion() {
  const call = await inMenu();
  await call.press('9');
  await call.hears(prompt(P.ask));
  return call;
}

async function ringing() {
  const call = await inMenu();
  await call.press('2');
  return { call, leg: await provider.nextCall() };
}

it('killed and started again: every call is closed with the reason, and all is whole within 2 s', async () => {
  // One answer comes while Asterisk is down, the other one when it is back.
  const takesMs: Record<string, number> = { '1001': 400, '1002': 4000 };
  world.shop.behave((request) => {
    const { hangup, received_digits: digits } = request.fields;
    const takes = hangup === true ? undefined : takesMs[String(digits)];
    return takes === undefined
      ? goodShop({ menu: { timeoutS: 20, max: 10 } })(request)
      : faults.slow(takes, say.menu(P.ask, { timeoutS: 20 }));
  });
  provider.onIncoming(ringForEver);
  const menu = await inMenu();
  const question = await inQuestion();
  await question.press('10');
  const { call: rung } = await ringing();
  const { call: talking, leg } = await ringing();
  leg.answer();
  leg.say(toneSamples(50, 'cs', 20_000));
  await talking.hears(prompt(50), { skipping: true });
  const [asked, askedLong] = await Promise.all([inQuestion(), inQuestion()]);
  await Promise.all([asked.press('1001#'), askedLong.press('1002#')]);
  await Promise.all(
    Object.keys(takesMs).map((digits) => world.shop.request(({ fields }) => fields['received_digits'] === digits)),
  );

  await asterisk.kill();
  await expect.poll(async () => (await fetch(`${world.gateway.url}/readyz`)).status).toBe(503);
  const [answersAt, wholeAt] = await Promise.all([
    until(ariAnswers),
    until(async () => (await fetch(`${world.gateway.url}/readyz`)).ok),
    asterisk.revive(),
  ]);
  expect(wholeAt - answersAt).toBeLessThan(WHOLE_WITHIN_MS);

  const next = await (await world.caller()).dial(LINE);
  await next.hears(prompt(P.menu));
  await next.hangUp();
  const handset = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'tester',
    password: await world.gateway.handsetPassword('tester'),
  }).start();
  await handset.register();
  await handset.stop();

  for (const call of [menu, question, rung, talking, asked, askedLong]) {
    const timeline = await world.gateway.finished(callerOf(call));
    expect(timeline.find(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'asterisk' });
    expect(timeline.find(({ kind }) => kind === 'recovered')?.data).toMatchObject({ after: 'asterisk_restart' });
  }
  await expect
    .poll(() => world.shop.requests.filter(({ fields }) => fields['hangup'] === true).length, { timeout: 6000 })
    .toBe(3);
  expect(bodiesOf(menu)).toEqual([]);
  expect(bodiesOf(question)).toMatchObject([{ step: 1 }, { step: 2, hangup: true, received_digits: '10' }]);
  // Its answer, another question, came while Asterisk was down: of that one nothing was typed.
  expect(bodiesOf(asked)).toMatchObject([{}, { step: 2 }, { step: 3, received_digits: '', hangup: true }]);
  expect(bodiesOf(askedLong)).toMatchObject([{}, { step: 2 }, { step: 3, received_digits: '1002', hangup: true }]);
}, 60_000);

const bodiesOf = (call: PhoneCall) =>
  world.shop.requestsFrom(callerOf(call).slice('+420'.length)).map(({ fields }) => fields);

async function ariAnswers(): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64')}`;
  const response = await fetch(`${asterisk.ariUrl}/ari/asterisk/info`, {
    headers: { authorization, connection: 'close' },
  });
  await response.arrayBuffer();
  return response.ok;
}

/** When it became true. */
async function until(happened: () => Promise<boolean>): Promise<number> {
  const deadline = Date.now() + 30_000;
  while (!(await happened().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('it never happened');
    await delay(POLL_MS);
  }
  return Date.now();
}
