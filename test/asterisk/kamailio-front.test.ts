import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { orderOf } from '../../src/cluster/placement.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { Kamailio } from '../support/kamailio.js';
import { freePort } from '../support/ports.js';
import { Baresip, Phone, pickUp, prompt, type PhoneCall, type PhoneOptions } from '../support/sip/caller.js';
import { toneSamples } from '../support/tones.js';

/** Two nodes behind the Kamailio of `cordboard kamailio`. Phones, the provider and strangers have a loopback address each. */

const [FRONT, PHONE, PROVIDER, STRANGER] = ['127.0.0.8', '127.0.0.3', '127.0.0.5', '127.0.0.9'];
const LINE = '+420222333444';
const GREETING = 61;
/** For a node that is away: two questions without an answer, of which each may take two seconds, and one call that waits. */
const AWAY_MS = 10_000;

const providerPort = await freePort();
const company = {
  dial_policy: { countries: ['CZ'] },
  prompts: prompts(GREETING),
  handsets: [
    { name: 'h1', extension: '201' },
    { name: 'h2', extension: '202' },
  ],
  lines: [{ number: LINE, plan: ['answer', { play: GREETING }, { ring: { handset: 'h1' } }] }],
  trunks: [{ name: 'provider', way: 'address', server: `${PROVIDER}:${providerPort}`, checks: false }],
};

interface Node {
  name: string;
  asterisk: TestAsterisk;
  gateway: Gateway;
}

let dir: string;
let front: { host: string; port: number };
let nodes: Node[];
let kamailio: Kamailio;
let watching: Promise<number>;
let written = '';
const stop = new AbortController();
const phones: Phone[] = [];

/** The nodes of the line and of its handset. */
let home: Node;
let other: Node;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cordboard-front-'));
  front = { host: FRONT, port: await freePort() };
  const variables = { CORDBOARD_DEMO: '0', SIP_FRONT: `${FRONT}:${front.port}`, SIP_ALLOWED: '127.0.0.1' };
  const [a, b] = await Promise.all([startAsterisk({ variables }), startAsterisk({ variables })]);
  const env = { SIP_FRONT: variables.SIP_FRONT };
  const first = await Gateway.start({ asterisk: { ...a.gatewayEnv(), ...env }, company });
  // The same phones on both nodes.
  const data = path.join(dir, 'data');
  await mkdir(data);
  await cp(path.join(path.dirname(first.database), 'secrets'), path.join(data, 'secrets'), { recursive: true });
  const second = await Gateway.start({
    asterisk: { ...b.gatewayEnv(), ...env },
    company,
    env: { CORDBOARD_DATA: data },
  });
  nodes = [
    { name: 'a', asterisk: a, gateway: first },
    { name: 'b', asterisk: b, gateway: second },
  ];
  const [chosen] = orderOf('handset h1', ['a', 'b']);
  home = nodes.find(({ name }) => name === chosen)!;
  other = nodes.find(({ name }) => name !== chosen)!;
  const folder = path.join(dir, 'kamailio');
  await command('kamailio', folder);
  kamailio = await Kamailio.startIn(folder);
  watching = command('kamailio', folder, '--watch');
});
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.stop()));
});
afterAll(async () => {
  stop.abort();
  await watching;
  await Promise.all(phones.map((phone) => phone.stop()));
  await kamailio.stop();
  await Promise.all(nodes.flatMap(({ gateway }) => gateway.stop()));
  await Promise.all(nodes.map(({ asterisk }) => asterisk.stop()));
  await rm(dir, { recursive: true, force: true });
});

function command(...args: string[]): Promise<number> {
  const out = (text: string) => void (written += text);
  const env = {
    PATH: process.env['PATH'],
    CORDBOARD_URL: nodes[0]!.gateway.url,
    CORDBOARD_API_TOKEN: nodes[0]!.gateway.token,
    SIP_FRONT: `${front.host}:${front.port}`,
    SIP_NODES: nodes.map(({ name, asterisk }) => `${name}=127.0.0.1:${asterisk.sipPort}`).join(','),
    // The nodes and the provider are in this network too.
    SIP_PHONES: '127.0.0.0/29',
  };
  return runCommand(args, { env, out, error: out, until: stop.signal });
}

async function start(options: Omit<PhoneOptions, 'server'>): Promise<Phone> {
  const phone = await new Phone({ server: front, ...options }).start();
  phones.push(phone);
  return phone;
}

async function handset(user: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
  const password = await nodes[0]!.gateway.handsetPassword(user);
  return start({ user, host: PHONE, password, incoming: pickUp, ...options });
}

async function callIn(): Promise<PhoneCall> {
  const caller = await start({ user: '777888991', host: PROVIDER });
  return caller.dial(LINE);
}

async function channels({ asterisk }: Node): Promise<number> {
  return (await asterisk.cli('core show channels concise')).split('\n').filter((row) => row.startsWith('PJSIP/'))
    .length;
}

/** Of a running Kamailio, to which `kamcmd` speaks. */
async function kamcmd(...args: string[]): Promise<string> {
  const socket = `unix:${path.join(dir, 'kamailio', 'control')}`;
  return (await promisify(execFile)('kamcmd', ['-s', socket, ...args])).stdout;
}

/** Both directions of both phones. */
async function talks(one: PhoneCall, two: PhoneCall): Promise<void> {
  for (const [speaker, listener, tone] of [
    [one, two, 60],
    [two, one, 62],
  ] as const) {
    speaker.say(toneSamples(tone, 'cs', 2000));
    await listener.hears(prompt(tone), { skipping: true });
  }
}

it('a caller hears the line, and the phone that registered through Kamailio talks with them: all on one node', async () => {
  const phone = await handset('h1');
  await phone.registerSoon();
  const call = await callIn();
  await call.hears(prompt(GREETING), { skipping: true });
  const answered = await phone.nextCall();
  await talks(call, answered);
  expect(await channels(home)).toBe(2);
  expect(await channels(other)).toBe(0);
  // Asterisk asks this phone through Kamailio, and hangs it up.
  await call.hangUp();
  expect(await answered.ended()).toMatchObject({ by: 'peer' });
  // The phone is told to come back in a minute, at its own address.
  const { host, port } = phone.address;
  expect(phone.trace.join('\n')).toContain(`Contact: <sip:h1@${host}:${port}>;expires=60`);
});

it('a phone calls through Kamailio', async () => {
  const [caller, called] = [await handset('h2'), await handset('h1')];
  await Promise.all([caller.registerSoon(), called.registerSoon()]);
  const call = await caller.dial('201');
  const taken = await called.nextCall();
  await call.answered();
  await talks(call, taken);
  await call.hangUp();
  await taken.ended();
});

it('a softphone is called over TCP', async () => {
  const password = await home.gateway.handsetPassword('h1');
  const voice = toneSamples(62, 'cs', 20_000);
  const softphone = await new Baresip({
    server: front,
    user: 'h1',
    password,
    answers: 'auto',
    overTcp: true,
    voice,
  }).start();
  try {
    await softphone.register();
    const call = await callIn();
    await call.hears(prompt(62), { skipping: true });
    await call.hangUp();
  } finally {
    await softphone.stop();
  }
});

it('calls go out to the provider through Kamailio, which the provider knows', async () => {
  const provider = await start({ user: 'provider', host: PROVIDER, port: providerPort, incoming: pickUp });
  const caller = await handset('h1');
  await caller.registerSoon();
  const call = await caller.dial('777888992');
  const taken = await provider.nextCall();
  await call.answered();
  expect(taken.invite.headers.get('Via')).toContain(FRONT);
  expect(taken.invite.headers.get('X-Cordboard-Trunk')).toBe('');
  await talks(call, taken);
  await taken.hangUp();
  await call.ended();
});

/** A raw request; resolves with the first line of the answer, or undefined after a second. */
async function answerTo(
  from: string,
  to: { host: string; port: number },
  lines: string[],
): Promise<string | undefined> {
  const socket = createSocket('udp4').bind(0, from);
  await once(socket, 'listening');
  const branch = `z9hG4bK${socket.address().port}`;
  const text = [
    ...lines.slice(0, 1),
    `Via: SIP/2.0/UDP ${from}:${socket.address().port};rport;branch=${branch}`,
    ...lines.slice(1),
    'Max-Forwards: 10',
    `Call-ID: ${branch}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  socket.send(text, to.port, to.host);
  const limit = AbortSignal.timeout(1000);
  const answer = await once(socket, 'message', { signal: limit }).catch(() => undefined);
  socket.close();
  return (answer?.[0] as Buffer | undefined)?.toString().split('\r\n')[0];
}

it('strangers get no answer from Kamailio, and nothing from a node', async () => {
  const options = [
    'OPTIONS sip:100@anywhere SIP/2.0',
    'From: <sip:100@anywhere>;tag=1',
    'To: <sip:100@anywhere>',
    'CSeq: 1 OPTIONS',
  ];
  expect(await answerTo(STRANGER, front, options)).toBeUndefined();
  expect(
    await answerTo(
      STRANGER,
      front,
      options.map((line) => line.replaceAll('OPTIONS', 'INVITE')),
    ),
  ).toBeUndefined();
  const node = { host: '127.0.0.1', port: home.asterisk.sipPort };
  // Who names a trunk must be Kamailio.
  const claim = [...options.map((line) => line.replaceAll('OPTIONS', 'INVITE')), 'X-Cordboard-Trunk: provider'];
  expect(await answerTo(STRANGER, node, claim)).toMatch(/^SIP\/2.0 403/);
});

it('phones are no way to other hosts, and have one address each', async () => {
  const relayed = createSocket('udp4').bind(0, STRANGER);
  await once(relayed, 'listening');
  relayed.unref();
  let arrived = 0;
  relayed.on('message', () => (arrived += 1));
  const outside = `${STRANGER}:${relayed.address().port}`;
  const dialog = [
    `INVITE sip:1@${outside} SIP/2.0`,
    `Route: <sip:${front.host}:${front.port};lr>`,
    'From: <sip:h1@x>;tag=1',
    'To: <sip:1@x>;tag=2',
    'CSeq: 1 INVITE',
    `Contact: <sip:h1@${PHONE}>`,
  ];
  expect(await answerTo(PHONE, front, dialog)).toMatch(/^SIP\/2.0 403/);
  const initial = dialog.map((line) => line.replace(';tag=2', ''));
  // To the line's node, which asks for the password.
  expect(await answerTo(PHONE, front, initial)).toMatch(/^SIP\/2.0 (100|401)/);
  expect(
    await answerTo(
      PHONE,
      front,
      initial.map((line) => line.replaceAll('h1@', 'nobody@')),
    ),
  ).toMatch(/ 403/);

  const own = `sip:h1@${FRONT}:${front.port};alias=${outside.replace(':', '~')}~1`;
  const two = await handset('h1', { contact: ({ host, port }) => `<sip:h1@${host}:${port}>, <${own}>` });
  await expect(two.register()).rejects.toThrow('403');
  // Kamailio's own word for the address of the phone counts.
  const alias = await handset('h1', {
    contact: ({ host, port }) => `<sip:h1@${host}:${port};alias=${own.split('alias=')[1]}>`,
  });
  await alias.registerSoon();
  const call = await callIn();
  await alias.nextCall();
  await call.hangUp();
  expect(arrived).toBe(0);
});

it('wrong passwords do not ban Kamailio', async () => {
  const thief = await handset('h1', { password: 'not-the-password' });
  for (let times = 0; times < 12; times += 1) await thief.register().catch(() => undefined);
  const phone = await handset('h1');
  await phone.registerSoon();
  expect((await home.gateway.api<{ bans: unknown[] }>('/api/v1/bans')).bans).toEqual([]);
});

it('a new handset reaches Kamailio while it runs', async () => {
  const text = await (await home.gateway.fetch('/api/v1/config')).text();
  const more = text.replace('name: h2', 'name: h3\n  - name: h2');
  for (const { gateway } of nodes) {
    const type = { 'content-type': 'application/yaml' };
    const reply = await gateway.fetch('/api/v1/config', { method: 'PUT', headers: type, body: more });
    expect(await reply.text().then(() => reply.status)).toBe(200);
  }
  await expect
    .poll(() => kamcmd('htable.get', 'routes', 'from/h3').catch(() => ''), { timeout: 30_000 })
    .toContain('=8');
});

it('a node dies: within seconds its calls and phones are on the other one, and back when it is', async () => {
  const phone = await handset('h1');
  await phone.registerSoon();
  await home.asterisk.kill();
  const died = Date.now();
  // The first call finds out itself.
  const found = await callIn();
  await found.hears(prompt(GREETING), { skipping: true });
  const callMs = Date.now() - died;
  await found.hangUp();
  await phone.registerSoon();
  const registerMs = Date.now() - died;
  const call = await callIn();
  const taken = await phone.nextCall();
  await talks(call, taken);
  expect(await channels(other)).toBe(2);
  await call.hangUp();
  console.info(`a call after ${callMs} ms, a registration after ${registerMs} ms`);
  expect(Math.max(callMs, registerMs)).toBeLessThan(AWAY_MS);

  await home.asterisk.revive();
  const revived = Date.now();
  await home.gateway.ready();
  await phone.registerSoon();
  // Calls come back with the phones: it is marked when it was away for long, which a slow machine may reach.
  const uri = `sip:127.0.0.1:${home.asterisk.sipPort}`;
  const place = async () => {
    const again = await callIn();
    await again.hears(prompt(GREETING), { skipping: true });
    const at = await channels(home);
    await again.hangUp();
    return at;
  };
  await expect.poll(place, { timeout: 120_000, interval: 500 }).toBeGreaterThan(0);
  console.info(`new calls after ${Date.now() - revived} ms`);
  await kamcmd('htable.sets', 'returned', uri, '1');
  expect(await place()).toBe(0);
  await kamcmd('htable.delete', 'returned', uri);
  expect(await place()).toBeGreaterThan(0);
}, 240_000);
