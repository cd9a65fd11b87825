import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Phone } from '../support/sip/phone.js';
import { WebSocketPhone } from '../support/sip/websocket-phone.js';

/**
 * A browser that knows a handset's password cannot send calls, or requests within its calls, to another host: neither by the
 * address that it registers over the gateway's WebSocket, nor by the one that it calls with.
 */

const QUEUE = '+420222333446';
const PROVIDER = '127.0.0.2';
const PREMIUM = '+420900123456';
/** The time for a request to arrive. */
const SETTLE_MS = 1500;
const WITHIN_MS = 15_000;

const company = {
  version: 1,
  dial_policy: { allow: [] },
  handsets: [{ name: 'web1', webrtc: true }, { name: 'honest' }],
  queues: [
    {
      id: 12,
      name: 'Prodej',
      handsets: ['web1', 'honest'],
      strategy: 'ringall',
      join_when: 'always',
      stay_when: 'always',
      ring_timeout: 30,
    },
  ],
  lines: [{ number: QUEUE, plan: [{ enqueue: { queue: 12 } }] }],
};

let asterisk: TestAsterisk;
let gateway: Gateway;
let port: number;
let provider: Socket;
let sentToProvider: string[] = [];
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  port = await freePort();
  provider = createSocket('udp4').on('message', (data, { port: from, address }) => {
    const text = data.toString();
    sentToProvider.push(text.split('\r\n')[0] ?? '');
    if (text.startsWith('OPTIONS ')) provider.send(okTo(text), from, address);
  });
  provider.bind(port, PROVIDER);
  await once(provider, 'listening');
});
afterAll(async () => {
  provider.close();
  await gateway.stop();
  await asterisk.stop();
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  sentToProvider = [];
});

/** A page that knows the handset's password. */
async function openBrowser(user: string): Promise<WebSocketPhone> {
  const browser = await WebSocketPhone.open(gateway.url, user, {
    user,
    password: await gateway.handsetPassword(user),
  });
  stops.push(() => {
    browser.stop();
    return Promise.resolve();
  });
  return browser;
}

const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 UDP/TLS/RTP/SAVPF 8',
  'a=rtpmap:8 PCMA/8000',
  'a=rtcp-mux',
  'a=mid:0',
  'a=sendrecv',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  'a=candidate:1 1 UDP 2130706431 127.0.0.1 40000 typ host',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=setup:actpass',
  '',
].join('\r\n');

/** Without a response to its OPTIONS, Asterisk considers the contact unreachable, and would not call it in any case. */
function okTo(request: string): string {
  const copied = request.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
  const lines = copied.map((line) => (/^To:/i.test(line) ? `${line};tag=provider` : line));
  return ['SIP/2.0 200 OK', ...lines, 'Content-Length: 0', '', ''].join('\r\n');
}

const atProvider = () => `sip:${PREMIUM}@${PROVIDER}:${port}`;
const lies: [string, () => string][] = [
  [
    'a second contact behind one that is over',
    () => `<sip:x@browser.invalid;transport=ws>;expires=0, <${atProvider()}>`,
  ],
  ['maddr', () => `<sip:${PREMIUM}@browser.invalid:${port};transport=udp;maddr=${PROVIDER}>`],
  ['a route in its address', () => `<sip:x@browser.invalid;transport=ws?Route=%3Csip:${PROVIDER}:${port}%3Blr%3E>`],
  ['the provider itself', () => `<${atProvider()};transport=udp>`],
];
const calls = () => sentToProvider.filter((request) => !request.startsWith('OPTIONS '));

async function phoneOf(user: string, more: { password?: string } = {}): Promise<Phone> {
  const phone = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user, ...more }).start();
  stops.push(() => phone.stop());
  return phone;
}

describe.each(lies)('%s', (_lie, contact) => {
  it('of a registration sends no call to another host', async () => {
    const honest = await phoneOf('honest', { password: await gateway.handsetPassword('honest') });
    await honest.registerSoon();
    const browser = await openBrowser('web1');
    const answer = await browser.asks('REGISTER', 'sip:127.0.0.1', contact());
    // The gateway closes the socket on a list; Asterisk corrects or the gateway drops the rest.
    if (answer === undefined) expect(browser.closed).toBe(1008);
    else expect(answer.status).toBe(200);
    const caller = await phoneOf('+420777888991');
    const call = await caller.dial(QUEUE);
    await honest.nextCall({ withinMs: WITHIN_MS });
    await delay(SETTLE_MS);
    await call.hangUp();
    expect(calls()).toEqual([]);
  });

  it('of a call sends no request of that call to another host', async () => {
    const honest = await phoneOf('honest', { password: await gateway.handsetPassword('honest') });
    await honest.registerSoon();
    const browser = await openBrowser('web1');
    const asking = browser.asks('INVITE', `sip:${QUEUE}@127.0.0.1`, contact(), OFFER);
    const call = await Promise.race([honest.nextCall({ withinMs: WITHIN_MS }), asking.then(() => undefined)]);
    if (call !== undefined) {
      call.answer();
      expect((await asking)?.status).toBe(200);
      await delay(SETTLE_MS);
      // The end of the call is a request of Asterisk's to the browser's address.
      await call.hangUp();
    } else expect(browser.closed).toBe(1008);
    await asterisk.cli('channel request hangup all');
    await delay(SETTLE_MS);
    expect(sentToProvider).toEqual([]);
  });
});
