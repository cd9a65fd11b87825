import { createSocket } from 'node:dgram';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import type { Phone, PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { guessWithSipp } from '../support/sip/sipp-scanner.js';

/** Addresses of this machine that guess passwords, while a talk of other addresses goes on. */

const LINE = '+420222333444';
const [OVER_UDP, OVER_TCP, OVER_HTTP, ALLOWED, BY_HAND, INNOCENT] = [
  '127.0.0.21',
  '127.0.0.22',
  '127.0.0.23',
  '127.0.0.24',
  '127.0.0.25',
  '127.0.0.26',
];
/** The server of a trunk of the company, and another address that it calls from. */
const [TRUNK, OF_TRUNK] = ['127.0.0.27', '127.0.0.33'];
const LIMIT = 10;
const WITHIN_MS = 20_000;

interface Ban {
  address: string;
  source: string | null;
}

let asterisk: TestAsterisk;
let gateway: Gateway;
let phones: Phones;
let handset: Phone;
let talk: PhoneCall;

beforeAll(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      version: 1,
      bans: { failures: LIMIT, allow: [ALLOWED] },
      handsets: [{ name: 'a1' }],
      trunks: [{ name: 'provider', way: 'address', server: `${TRUNK}:9`, addresses: ['127.0.0.32/29'] }],
      lines: [{ number: LINE, plan: [{ ring: { handset: 'a1', timeout: '30s' } }] }],
    },
  });
  phones = new Phones(asterisk, gateway);
  handset = await phones.handset('a1');
  talk = await phones.call(LINE, '+420777888999');
  const ringing = await handset.nextCall({ withinMs: WITHIN_MS });
  ringing.answer();
  await talk.answered();
});
afterAll(async () => {
  await phones.stop();
  await gateway.stop();
  await asterisk.stop();
});

const bans = async () => (await gateway.api<{ bans: Ban[] }>('/api/v1/bans')).bans;
const sourceOf = async (address: string) => (await bans()).find((ban) => ban.address === address)?.source;

/** @returns the status of a REGISTER without credentials: 401 is a challenge */
function register(from: string): Promise<number> {
  const socket = createSocket('udp4');
  const id = Math.random().toString(36).slice(2);
  const packet = [
    'REGISTER sip:127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP ${from}:9;rport;branch=z9hG4bK${id}`,
    'From: <sip:a1@127.0.0.1>;tag=1',
    'To: <sip:a1@127.0.0.1>',
    `Call-ID: ${id}`,
    'CSeq: 1 REGISTER',
    'Content-Length: 0',
  ].join('\r\n');
  return new Promise((resolve) => {
    const send = () => socket.send(`${packet}\r\n\r\n`, asterisk.sipPort, '127.0.0.1');
    const again = setInterval(send, 500);
    socket.once('message', (message) => {
      clearInterval(again);
      socket.close();
      resolve(Number(/^SIP\/2\.0 (\d{3})/.exec(message.toString())?.[1]));
    });
    socket.bind(0, from, send);
  });
}

/** @returns the status of a request with this token */
function get(from: string, token = gateway.token, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const asked = request(
      `${gateway.url}/api/v1/bans`,
      { localAddress: from, headers, method, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

const guess = (from: string, transport: 'udp' | 'tcp', account = 'a1') =>
  guessWithSipp({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    from,
    account,
    times: 100,
    perSecond: 50,
    transport,
  });

it('guesses over UDP ban the address for SIP, and for HTTP not, since it may be forged', async () => {
  const { checked, banned } = await guess(OVER_UDP, 'udp');
  expect(checked + banned).toBe(100);
  expect(banned).toBeGreaterThan(20);
  expect(await sourceOf(OVER_UDP)).toBe('sip_udp');
  expect(await register(OVER_UDP)).toBe(403);
  expect(await get(OVER_UDP)).toBe(200);
});

it('scans over TCP for accounts that do not exist ban the address for both', async () => {
  await guess(OVER_TCP, 'tcp', 'nobody');
  await vi.waitFor(async () => expect(await sourceOf(OVER_TCP)).toBe('sip'), WITHIN_MS);
  await vi.waitFor(async () => expect(await register(OVER_TCP)).toBe(403), WITHIN_MS);
  expect(await get(OVER_TCP)).toBe(403);
});

it('wrong tokens over HTTP ban the address for both, within a second', async () => {
  for (let time = 0; time < LIMIT; time += 1) expect(await get(OVER_HTTP, 'wrong')).toBe(401);
  await vi.waitFor(async () => expect(await get(OVER_HTTP)).toBe(403), WITHIN_MS);
  const bannedAt = performance.now();
  await vi.waitFor(async () => expect(await register(OVER_HTTP)).toBe(403), WITHIN_MS);
  // The promise is one second; a loaded machine gets more.
  expect(performance.now() - bannedAt).toBeLessThan(5000);
});

it('an allowed address is not banned', async () => {
  for (let time = 0; time < 2 * LIMIT; time += 1) expect(await get(ALLOWED, 'wrong')).toBe(401);
  expect(await sourceOf(ALLOWED)).toBeUndefined();
  await vi.waitFor(() => expect(gateway.output).toContain('that is not banned'), WITHIN_MS);
});

it.each([TRUNK, OF_TRUNK])('an address of a trunk of the company is not banned: %s', async (address) => {
  for (let time = 0; time < 2 * LIMIT; time += 1) expect(await get(address, 'wrong')).toBe(401);
  expect(await sourceOf(address)).toBeUndefined();
  await vi.waitFor(() => expect(gateway.output).toContain(`"address":"${address}"`), WITHIN_MS);
});

it('alarms hear of the bans, and of guesses of an address that is never banned', async () => {
  const about = async () =>
    (await gateway.api<{ alarms: { rule: string; about: string }[] }>('/api/v1/alarms')).alarms
      .map((alarm) => `${alarm.rule} ${alarm.about}`)
      .sort();
  const heard = ['address_banned http', 'address_banned sip', 'address_banned sip_udp', `password_guessing ${ALLOWED}`];
  await vi.waitFor(async () => expect(await about()).toEqual(expect.arrayContaining(heard)), 60_000);
});

it('meanwhile the talk goes on, new calls work, and other addresses are served', async () => {
  expect(await talk.hangUp()).toMatchObject({ by: 'phone' });
  const [caller, ringing] = await Promise.all([
    phones.call(LINE, '+420777888998'),
    handset.nextCall({ withinMs: WITHIN_MS }),
  ]);
  ringing.answer();
  await caller.answered();
  await caller.hangUp();
  expect(await register(INNOCENT)).toBe(401);
  expect(await get(INNOCENT)).toBe(200);
});

it('a person bans an address; all bans hold over restarts of the gateway and of Asterisk', async () => {
  await gateway.api('/api/v1/bans', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: BY_HAND, note: 'test' }),
  });
  await vi.waitFor(async () => expect(await register(BY_HAND)).toBe(403), WITHIN_MS);
  await gateway.kill();
  await gateway.run();
  await gateway.ready();
  expect((await bans()).map(({ address }) => address).sort()).toEqual([OVER_UDP, OVER_TCP, OVER_HTTP, BY_HAND]);
  expect(await get(OVER_HTTP)).toBe(403);
  expect(await register(OVER_UDP)).toBe(403);
  await asterisk.restart();
  for (const address of [OVER_UDP, OVER_TCP, OVER_HTTP, BY_HAND])
    await vi.waitFor(async () => expect(await register(address)).toBe(403), 60_000);
  expect(await register(INNOCENT)).toBe(401);
});

it('a lifted address is served again, over both', async () => {
  for (const address of [OVER_HTTP, OVER_UDP])
    expect((await gateway.fetch(`/api/v1/bans/${address}`, { method: 'DELETE' })).status).toBe(204);
  expect(await get(OVER_HTTP)).toBe(200);
  for (const address of [OVER_HTTP, OVER_UDP])
    await vi.waitFor(async () => expect(await register(address)).toBe(401), WITHIN_MS);
  expect(await register(OVER_TCP)).toBe(403);
});
