import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Baresip, prompt, soundsOf } from '../support/sip/caller.js';
import { toneSamples } from '../support/tones.js';
import { goodShop, LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** A real softphone (baresip) with a handed out account, as caller and as handset. */

/** The audio of the softphone, and of the caller. */
const [ITS_VOICE, CALLERS_VOICE] = [60, 61];
const SAYS_MS = 30_000;

let asterisk: TestAsterisk;
let harness: ShopHarness;
let softphone: Baresip;

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness({ gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort });
  harness.shop.behave(goodShop({ menu: { timeoutS: 4, max: 10 } }));
  const { user, password } = await harness.gateway.api<{ user: string; password: string }>(
    '/api/v1/handsets/tester/password',
    { method: 'POST' },
  );
  softphone = await new Baresip({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user,
    password,
    voice: toneSamples(ITS_VOICE, 'cs', SAYS_MS),
  }).start();
  await softphone.register();
});

afterAll(async () => {
  await softphone.stop();
  await harness.stop();
  await asterisk.stop();
});

it('dials the line, types an order as RFC 4733 digits and hears its status', async () => {
  await softphone.dial(LINE);
  await softphone.event('CALL_ESTABLISHED');
  await softphone.hears(prompt(P.menu));
  await softphone.press('9');
  await softphone.hears(prompt(P.ask));
  await softphone.press('0042#');
  await softphone.hears(prompt(P.shipped));
  await softphone.hears(prompt(P.goodbye));
  expect((await softphone.ended()).by).toBe('peer');
  expect(soundsOf(await softphone.heard())).toEqual(
    [P.menu, P.ask, P.shipped, P.goodbye].map((id) => `prompt ${id} cs`),
  );
  const timeline = await harness.gateway.finished('tester');
  expect(
    timeline
      .filter(({ kind }) => kind === 'digit')
      .map(({ data }) => data['digit'])
      .join(''),
  ).toBe('90042#');
  expect(harness.shop.requests.map(({ fields }) => fields['received_digits'])).toEqual([undefined, '0042', undefined]);
});

it('rings as a handset, answers, and both sides hear each other', async () => {
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  await call.hears(prompt(P.menu));
  await call.press('1');
  const caller = /\d{9,}/.exec(call.invite.headers.get('From'))?.[0] ?? '';
  const { peeruri } = await softphone.event('CALL_INCOMING');
  expect(peeruri).toContain(caller);
  await softphone.accept();
  call.say(toneSamples(CALLERS_VOICE, 'cs', SAYS_MS));
  await call.hears(prompt(ITS_VOICE), { skipping: true });
  await softphone.hears(prompt(CALLERS_VOICE), { skipping: true });
  await softphone.hangUp();
  expect(await call.ended()).toMatchObject({ by: 'peer' });
  const timeline = await harness.gateway.finished(caller);
  expect(timeline.at(-1)?.data).toMatchObject({ by: 'handset' });
});
