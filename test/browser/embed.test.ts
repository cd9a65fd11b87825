import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ARTIFACTS } from './browser-harness.js';
import { EmbedHarness } from './embed-harness.js';
import { CUSTOMER, hearsOperator, JANS_LINE, LINE, silentForMs, speaks } from './phone-harness.js';
import { pickUp } from '../support/sip/phone.js';

/** The phone of an operator in a page of another server: real calls, by methods and events of `phone.js`. */

let harness: EmbedHarness;

beforeAll(async () => {
  harness = await EmbedHarness.open();
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

test('a call rings, is answered and transferred; the page hears of it with the id of the call and the number', async () => {
  const desk = await harness.phones.handset('desk', pickUp);
  const eva = await harness.page('eva');
  await eva.reaches('ready');
  const call = await (await harness.phones.caller(CUSTOMER)).dial(LINE);
  const ringing = await eva.event('ringing');
  expect(ringing).toMatchObject({ direction: 'incoming', number: CUSTOMER, line: LINE, stage: 'ringing' });
  await eva.frame.getByText('Jana Nováková').waitFor();
  await eva.page.screenshot({ path: path.join(ARTIFACTS, 'embed-ringing.png') });
  expect(await eva.run('answer')).toBeUndefined();
  const answered = await eva.event('answered');
  expect(answered).toMatchObject({ callId: ringing.callId, number: CUSTOMER, stage: 'talking' });
  speaks(call);
  await hearsOperator(call);
  expect(await eva.run('transfer', { handset: 'desk' })).toBeUndefined();
  const ended = await eva.event('ended');
  expect(ended).toMatchObject({ callId: ringing.callId, why: 'over' });
  await expect.poll(() => desk.invites.length).toBeGreaterThan(0);
  await call.hangUp();
  const [stored] = await harness.phones.gateway.calls(CUSTOMER);
  expect(ringing.callId).toBe(stored?.id);
  expect(eva.complaints).toEqual([]);
  expect(
    (await eva.events()).map(({ name }) => name).filter((name) => name !== 'state' && name !== 'tokenneeded'),
  ).toEqual(['ringing', 'answered', 'ended']);
});

test('no token is in an address, in the page or in a storage of the browser', async () => {
  const eva = await harness.page('eva');
  await eva.reaches('ready');
  const [token = ''] = harness.host.tokens.slice(-1);
  expect(token).not.toBe('');
  expect(eva.requested.some((url) => url.includes('/phone-frame?'))).toBe(true);
  for (const url of eva.requested) expect(url).not.toMatch(/token\.|token=|Bearer/i);
  const [, inner] = eva.page.frames();
  for (const frame of [eva.page.mainFrame(), inner!]) {
    const stored = await frame.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );
    expect(stored).not.toContain(token);
    expect(stored).not.toMatch(/[\w-]{43}/);
  }
  expect(await eva.page.content()).not.toContain(token);
});

test('the page dials, holds, mutes and hangs up', async () => {
  const eva = await harness.page('eva');
  await eva.reaches('ready');
  expect(await eva.run('answer')).toBe('not_possible');
  expect(await eva.run('dial', '')).toBe('invalid');
  expect(await eva.run('dial', '777 000 111')).toBeUndefined();
  const calling = await eva.event('calling');
  expect(calling).toMatchObject({ direction: 'outgoing', number: '777000111' });
  await eva.event('answered');
  const call = harness.phones.provider.invites.at(-1)!;
  await hearsOperator(call);
  expect(await eva.run('mute', true)).toBeUndefined();
  await expect.poll(() => silentForMs(call), { timeout: 15_000 }).toBeGreaterThan(1000);
  expect(await eva.run('mute', false)).toBeUndefined();
  await hearsOperator(call);
  expect(await eva.run('hold')).toBeUndefined();
  await expect.poll(() => eva.stage()).toBe('held');
  expect(await eva.run('hold')).toBe('not_possible');
  expect(await eva.run('resume')).toBeUndefined();
  await expect.poll(() => eva.stage()).toBe('talking');
  expect(await eva.run('hangUp')).toBeUndefined();
  await call.ended();
  expect(await eva.event('ended')).toMatchObject({ callId: calling.callId, direction: 'outgoing' });
});

test('an operator who may not see numbers gets none: not in events, not in SIP, not in the page', async () => {
  const secret = '+420777123456';
  const received: string[] = [];
  const context = await harness.context();
  context.on('page', (page) =>
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(payload.toString()))),
  );
  const jan = await harness.page('jan', { context });
  await jan.reaches('ready');
  const call = await (await harness.phones.caller(secret)).dial(JANS_LINE);
  expect(await jan.event('ringing')).toMatchObject({ number: null, name: '', direction: 'incoming' });
  expect((await jan.event('ringing')).callId).toMatch(/^c_/);
  await jan.run('answer');
  await jan.event('answered');
  await call.hangUp();
  await jan.event('ended');
  const shown = await jan.frame.locator('body').textContent();
  const seen = [JSON.stringify(await jan.events()), shown ?? '', ...received].join('\n');
  expect(received.join('\n')).toContain('INVITE sip:');
  expect(seen).not.toContain('777123456');
});

test('a page of another origin does not get the phone', async () => {
  const { stranger, host } = harness;
  const own = await harness.page('eva', { url: stranger.origin });
  await expect.poll(() => own.complaints.join('\n')).toContain('403');
  // It shows the frame that is meant for the listed page.
  const url = `${harness.phones.gateway.url}/phone-frame?origin=${encodeURIComponent(host.origin)}`;
  const framing = await harness.page('eva', { url: `${stranger.origin}/frames?src=${encodeURIComponent(url)}` });
  await expect.poll(() => framing.complaints.join('\n')).toContain('frame-ancestors');
  expect(await framing.page.frames()[1]?.evaluate(() => document.getElementById('app'))).toBeNull();
  // The listed page itself inside of a page of another origin.
  const around = await harness.page('eva', { url: `${stranger.origin}/frames?src=${encodeURIComponent(host.origin)}` });
  await expect.poll(() => around.complaints.join('\n')).toContain('frame-ancestors');
  const opened = await own.page
    .evaluate(
      (ws) =>
        new Promise((resolve) => {
          const socket = new WebSocket(ws, 'sip');
          socket.onopen = () => resolve(true);
          socket.onerror = () => resolve(false);
        }),
      `${harness.phones.gateway.url.replace('http', 'ws')}/ws`,
    )
    .catch(() => false);
  expect(opened).toBe(false);
});

test('messages of other windows and senseless messages of the page change nothing', async () => {
  const eva = await harness.page('eva');
  await eva.reaches('ready');
  // Another window of the listed origin, and the frame itself, are not the page around the frame.
  const [other] = await Promise.all([
    eva.page.context().waitForEvent('page'),
    eva.page.evaluate((url) => void window.open(url), `${harness.host.origin}/frames?src=about:blank`),
  ]);
  await other.waitForLoadState();
  await other.evaluate(() => {
    const phone = (window.opener as Window).frames[0]!;
    const { port2 } = new MessageChannel();
    phone.postMessage({ cordboard: 'connect', token: 'x', isOn: true }, '*', [port2]);
  });
  // The page's own connection, made by hand, gets what no page should send.
  const answers = await eva.page.evaluate(async (gateway) => {
    const frame = document.createElement('iframe');
    frame.src = `${gateway}/phone-frame?origin=${encodeURIComponent(location.origin)}`;
    const loaded = new Promise((resolve) =>
      addEventListener('message', (event) => {
        if (event.source === frame.contentWindow) resolve(event.data);
      }),
    );
    document.body.append(frame);
    await loaded;
    const channel = new MessageChannel();
    const received: unknown[] = [];
    channel.port1.onmessage = ({ data }) => received.push(data);
    for (const data of [null, 7, 'connect', { cordboard: 'connect' }, { cordboard: 'connect', token: 7 }])
      frame.contentWindow!.postMessage(data, gateway, [new MessageChannel().port2]);
    const token = ((await (await fetch('/token?handset=eva', { method: 'POST' })).json()) as { token: string }).token;
    frame.contentWindow!.postMessage({ cordboard: 'connect', token }, gateway, [channel.port2]);
    const hasState = () => received.some((each) => (each as { type: string }).type === 'event');
    for (const until = Date.now() + 15_000; Date.now() < until && !hasState();)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const senseless = [
      null,
      [],
      'command',
      { type: 'command' },
      { type: 'command', id: 1, name: 'eval', args: [] },
      { type: 'command', id: 2, name: '__proto__', args: [] },
      { type: 'command', id: 3, name: 'dial', args: 'all' },
      { type: 'command', id: 4, name: 'dial', args: [{ toString: 'x' }] },
      { type: 'command', id: 5, name: 'mute', args: ['yes'] },
      { type: 'command', id: 6, name: 'transfer', args: [{ handset: { a: 1 } }] },
      { type: 'command', id: 7, name: 'sendKeys', args: ['<script>'] },
      { type: 'command', id: 8, name: 'hangUp', args: [{}] },
      { type: 'token', token: {} },
    ];
    for (const data of senseless) channel.port1.postMessage(data);
    const settled = () => received.filter((each) => (each as { type: string }).type === 'answer');
    for (const until = Date.now() + 10_000; Date.now() < until && settled().length < 5;)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return settled();
  }, harness.phones.gateway.url);
  expect(answers).toEqual([4, 5, 6, 7, 8].map((id) => ({ type: 'answer', id, error: 'invalid' })));
  expect(eva.complaints).toEqual([]);
  await eva.reaches('ready');
  expect(await eva.run('answer')).toBe('not_possible');
});

test('a used token is refused, and the phone works with the next one; a token of the page alone is enough', async () => {
  const token = await harness.token('eva');
  const tag = encodeURIComponent(`data-token="${token}" data-on`);
  const eva = await harness.page('eva', { url: `${harness.host.origin}/?tag=${tag}` });
  await eva.reaches('ready');
  await eva.page.reload();
  await eva.event('tokenneeded').catch(() => undefined);
  await expect.poll(() => eva.events('tokenneeded').then((all) => all.length), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await eva.frame.locator('.phone-dock').count()).toBe(0);
  const next = await harness.token('eva');
  await eva.page.evaluate((given) => {
    (window as unknown as { CordboardPhone: { useToken: (token: string) => void } }).CordboardPhone.useToken(given);
  }, next);
  await eva.reaches('ready');
});

test('of two pages in one browser one is the phone, and the other can take it over', async () => {
  const context = await harness.context();
  const first = await harness.page('eva', { context });
  await first.reaches('ready');
  const second = await harness.page('eva', { context });
  await second.reaches('elsewhere');
  await second.frame.getByRole('button', { name: 'Use the phone here' }).click();
  await second.reaches('ready');
  await first.reaches('elsewhere');
});

test('it works where the browser gives frames of other sites no storage', async () => {
  const context = await harness.context();
  await context.addInitScript(() => {
    if (window.top === window) return;
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        configurable: true,
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
  });
  const eva = await harness.page('eva', { context });
  await eva.reaches('ready');
  expect(eva.complaints).toEqual([]);
});
