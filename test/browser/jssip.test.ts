import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { prompt } from '../support/sip/caller.js';
import type { PhoneCall } from '../support/sip/phone.js';
import { sameSound } from '../support/sip/recogniser.js';
import { toneSamples } from '../support/tones.js';
import type { Webphone } from './webphone-harness.js';
import { CALLERS_VOICE, CHOSEN, DRIVER, ITS_VOICE, LINE, MENU_LINE, WebphoneHarness } from './webphone-harness.js';

/** A plain JsSIP page of another site is a handset: over the gateway's /ws, with the login and password that the gateway issues. */

const SAYS_MS = 5_000;

let harness: WebphoneHarness;
let eva: Webphone;

beforeAll(async () => {
  harness = await WebphoneHarness.open();
});

afterAll(() => harness.close());

beforeEach(async () => {
  eva = await harness.webphone('eva');
});

afterEach(() => harness.closePhones());

/** The page plays the caller's tone: both of its sines, within the analyser's resolution. */
async function hearsTheCaller(phone: Webphone): Promise<void> {
  await expect.poll(() => phone.hears(CALLERS_VOICE)).toBe(true);
}

/** How long the caller has not heard the page's voice. */
function quietForMs(call: PhoneCall): number {
  const heard = call.heard();
  const voice = heard.findLast((part) => sameSound(prompt(ITS_VOICE), part));
  return (heard.at(-1)?.toMs ?? 0) - (voice?.toMs ?? 0);
}

const says = toneSamples(CALLERS_VOICE, 'cs', SAYS_MS);

test('answers a queue’s call, heard both ways; holds and resumes', async () => {
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await eva.press('Answer');
  await eva.is('talking');
  call.say(says, { repeats: true });
  await call.hears(prompt(ITS_VOICE), { skipping: true, withinMs: 15_000 });
  await hearsTheCaller(eva);
  const before = await eva.packets();
  await expect.poll(async () => (await eva.packets()).received).toBeGreaterThan(before.received + 50);
  expect((await eva.packets()).sent).toBeGreaterThan(before.sent);

  await eva.press('Hold');
  await eva.is('held');
  // Long enough that later audio cannot be a remainder of the earlier audio.
  await expect.poll(() => quietForMs(call)).toBeGreaterThan(1000);
  await eva.press('Resume');
  await eva.is('talking');
  await call.hears(prompt(ITS_VOICE), { skipping: true, withinMs: 15_000 });
  await eva.press('Hang up');
  await call.ended();
  await eva.is('idle');
});

test('several browsers at once, each its own calls', async () => {
  const jan = await harness.webphone('jan');
  const [first, second] = [await (await harness.caller()).dial(LINE), await (await harness.caller()).dial(LINE)];
  for (const phone of [eva, jan]) {
    await phone.is('ringing');
    await phone.press('Answer');
    await phone.is('talking');
  }
  for (const call of [first, second]) await call.hears(prompt(ITS_VOICE), { skipping: true, withinMs: 15_000 });
  await first.hangUp();
  await second.hangUp();
  await eva.is('idle');
  await jan.is('idle');
});

test('calls out, and sends digits', async () => {
  harness.provider.onIncoming({ do: 'answer' });
  await eva.dial('777 000 111');
  await eva.is('talking');
  const call = harness.provider.invites.at(-1)!;
  expect(call.invite.uri).toContain(DRIVER.slice(1));
  await call.hears(prompt(ITS_VOICE), { skipping: true, withinMs: 15_000 });
  call.say(says, { repeats: true });
  await hearsTheCaller(eva);
  await call.hangUp();
  await eva.is('idle');
  const [made] = await harness.gateway.calls(DRIVER.slice(1));
  expect(made).toMatchObject({ direction: 'outgoing', ended_by: 'caller' });

  await eva.dial(MENU_LINE);
  await eva.is('talking');
  await eva.press('7');
  const timeline = await harness.gateway.finished('eva', 20_000);
  expect(timeline.filter(({ kind }) => kind === 'digit').map(({ data }) => data['digit'])).toEqual(['7']);
  expect(JSON.stringify(timeline)).toContain(String(CHOSEN));
  await eva.is('idle');
});

test('the socket is cut during a call and reconnects: the call continues, and its end is reported', async () => {
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await eva.press('Answer');
  await eva.is('talking');
  call.say(says, { repeats: true });
  await hearsTheCaller(eva);
  await harness.gateway.kill();
  try {
    await eva.stands('no connection');
    await hearsTheCaller(eva);
  } finally {
    await harness.gateway.run();
  }
  await harness.gateway.ready();
  await eva.stands('registered', 40_000);
  await hearsTheCaller(eva);
  await call.hears(prompt(ITS_VOICE), { skipping: true, withinMs: 15_000 });
  await call.hangUp();
  await eva.is('idle');
  const next = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await next.hangUp();
  await eva.is('idle');
});

test('without a password no caller can pose as the trunk that Asterisk identifies by the gateway’s address', async () => {
  await expect(harness.raw('https://elsewhere.example')).rejects.toThrow('403');
  const calls = (await harness.gateway.calls()).length;
  const invite = (from: string, to: string) =>
    [
      `INVITE sip:${LINE}@gateway SIP/2.0`,
      `Via: SIP/2.0/WS x.invalid;branch=z9hG4bK${from}${to.length}`,
      `From: <sip:${from}@gateway>;tag=a`,
      `To: <sip:${LINE}@gateway>${to}`,
      `Call-ID: ${from}${to.length}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:${from}@x.invalid;transport=ws>`,
      'Max-Forwards: 9',
      'Content-Length: 0',
      '\r\n',
    ].join('\r\n');
  // Over UDP that is a call of the trunk's, from the same address.
  const stranger = await harness.raw();
  expect(await stranger.answer(invite('nobody', ''))).toBe('1008 the From is not a handset for browsers');
  const desk = await harness.raw();
  expect(await desk.answer(invite('desk', ''))).toBe('1008 the From is not a handset for browsers');
  const pretender = await harness.raw();
  expect(await pretender.answer(invite('nobody', ';tag=made-up'))).toMatch(/^SIP\/2\.0 481/);
  const known = await harness.raw();
  expect(await known.answer(invite('eva', ''))).toMatch(/^SIP\/2\.0 401/);
  expect((await harness.gateway.calls()).length).toBe(calls);
});

test('a reloaded page ends its call at once', async () => {
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await eva.press('Answer');
  await eva.is('talking');
  await call.hears(prompt(ITS_VOICE), { skipping: true, withinMs: 15_000 });
  await eva.page.reload();
  await call.ended();
});
