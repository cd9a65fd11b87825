import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { on, once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { WebSocket } from 'ws';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import {
  callerOf,
  prompt,
  ringForEver,
  type IncomingBehaviour,
  type Phone,
  type PhoneCall,
} from '../support/sip/caller.js';
import { Phones } from '../support/sip/phones.js';
import { digestAnswer } from '../support/sip/digest.js';
import { Dialog } from '../support/sip/dialog.js';
import { buildSip, isRequest, parseSip } from '../support/sip/message.js';
import { toneSamples, toneWav } from '../support/tones.js';

/** Operators log in, out and pause from real phones; handsets have several phones, browsers and passwords. */

const [SALES, STORE, DIRECT] = ['+420222333444', '+420222333555', '+420222333666'];
/** The tone of each confirmation. */
const SAID = { 'duty-logged-in': 71, 'duty-logged-out': 72, 'duty-paused': 73, 'duty-active': 74, 'duty-no-queue': 75 };
const VOICE = 60;
/** A queue retries its handsets every second. */
const QUEUE_TRIES_MS = 2500;

const patient = { join_when: 'always', stay_when: 'always', ring_timeout: 30 };
const company = {
  version: 1,
  handsets: [
    { name: 'a1', language: 'cs' },
    { name: 'a2', max_contacts: 2 },
    { name: 'b1', webrtc: true },
    { name: 'idle' },
  ],
  queues: [
    { id: 12, name: 'Prodej', handsets: ['a1'], ...patient },
    { id: 13, name: 'Sklad', handsets: ['a2', 'a1'], ...patient },
  ],
  operators: [{ id: 1, login: 'jana', name: 'Jana', handset: 'a1' }],
  pause_reasons: ['oběd', 'porada'],
  lines: [
    { number: SALES, plan: [{ enqueue: { queue: 12 } }] },
    { number: STORE, plan: [{ enqueue: { queue: 13 } }] },
    { number: DIRECT, plan: [{ ring: { handset: 'a2' } }] },
  ],
};

interface Standing {
  queue: number;
  logged_in: boolean;
  paused: boolean;
  pause_reason: string;
}
interface Handset {
  name: string;
  registered: boolean;
  contacts: { address: string; user_agent: string }[];
  queues: Standing[];
}

let asterisk: TestAsterisk;
let gateway: Gateway;
let sounds: string;
let phones: Phones;
let lastCaller = 0;

beforeAll(async () => {
  sounds = await mkdtemp(path.join(tmpdir(), 'operators-sounds-'));
  await mkdir(path.join(sounds, 'cs'));
  for (const [name, id] of Object.entries(SAID))
    await writeFile(path.join(sounds, 'cs', `${name}.wav`), toneWav(id, 'cs', 800));
  asterisk = await startAsterisk();
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company, env: { CORDBOARD_SOUNDS: sounds } });
  phones = new Phones(asterisk, gateway);
});
afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
  await rm(sounds, { recursive: true, force: true });
});
beforeEach(async () => {
  await apply((document) => document);
  for (const name of ['a1', 'a2']) {
    await command(name, 'log-in');
    await command(name, 'unpause');
  }
});
afterEach(async () => {
  await phones.stop();
});

async function apply(change: (document: typeof company) => object): Promise<void> {
  const document = parse(await (await gateway.fetch('/api/v1/config')).text()) as typeof company;
  const headers = { 'content-type': 'application/yaml' };
  const body = stringify(change(document));
  expect(await gateway.api('/api/v1/config', { method: 'PUT', body, headers })).toMatchObject({ not_settled: [] });
}

const command = (name: string, word: string, said: object = {}) =>
  gateway.api<Handset>(`/api/v1/handsets/${name}/${word}`, {
    method: 'POST',
    body: JSON.stringify(said),
    headers: { 'content-type': 'application/json' },
  });

async function standing(name: string): Promise<Handset> {
  const { handsets } = await gateway.api<{ handsets: Handset[] }>('/api/v1/handsets');
  return handsets.find((one) => one.name === name)!;
}
const inQueue = async (name: string, queue: number) => (await standing(name)).queues.find((one) => one.queue === queue);

const phone = (name: string, incoming: IncomingBehaviour = ringForEver) => phones.handset(name, { incoming });

function calling(line: string): Promise<PhoneCall> {
  lastCaller += 1;
  return phones.call(line, `+420777${String(200_000 + lastCaller)}`);
}

/** Dials a code and hears its confirmation. */
async function dials(from: Phone, code: string, said: keyof typeof SAID): Promise<void> {
  const call = await from.dial(code);
  await call.hears(prompt(SAID[said]), { withinMs: 15_000 });
  expect(await call.ended({ withinMs: 10_000 })).toMatchObject({ by: 'peer' });
}

async function becomes(what: string, so: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!(await so().catch(() => false))) {
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(50);
  }
}

const events = async () =>
  (await gateway.api<{ events: Record<string, unknown>[] }>('/api/v1/operator-events?handset=a1&limit=50')).events;

describe('feature codes', () => {
  it('log a handset out and in; it rings only while it is logged in', async () => {
    const operator = await phone('a1');
    await dials(operator, '*45', 'duty-logged-out');
    expect(await inQueue('a1', 12)).toMatchObject({ logged_in: false });
    const caller = await calling(SALES);
    await caller.rings();
    await delay(QUEUE_TRIES_MS);
    expect(operator.invites).toHaveLength(0);
    await dials(operator, '*45', 'duty-logged-in');
    expect(callerOf(await operator.nextCall({ withinMs: 15_000 }))).toBe(callerOf(caller));
    await caller.hangUp();
    expect((await events()).slice(0, 2)).toMatchObject([
      { event: 'logged_in', by: 'handset', operator: 'jana' },
      { event: 'logged_in', by: 'handset' },
    ]);
  });

  it('pause a handset, for a reason, and end the pause', async () => {
    const operator = await phone('a1');
    await dials(operator, '*46', 'duty-paused');
    await dials(operator, '*462', 'duty-paused');
    expect(await inQueue('a1', 12)).toMatchObject({ logged_in: true, paused: true, pause_reason: 'porada' });
    const caller = await calling(SALES);
    await caller.rings();
    await delay(QUEUE_TRIES_MS);
    expect(operator.invites).toHaveLength(0);
    await dials(operator, '*46', 'duty-active');
    await operator.nextCall({ withinMs: 15_000 });
    await caller.hangUp();
  });

  it.each(['before-send', 'after-send'])('change the state once when the gateway is killed %s', async (place) => {
    const operator = await phone('a1');
    const known = (await events()).length;
    await gateway.kill();
    await gateway.run({ CORDBOARD_FAILPOINT: `${place}:duty:1` });
    await gateway.ready();
    const call = await operator.dial('*45');
    await gateway.died();
    await gateway.run();
    await gateway.ready();
    await call.hears(prompt(SAID['duty-logged-out']), { withinMs: 20_000 });
    await call.ended({ withinMs: 10_000 });
    expect(await inQueue('a1', 12)).toMatchObject({ logged_in: false });
    const since = (await events()).slice(0, -known);
    expect(since).toMatchObject([{ event: 'logged_out' }, { event: 'logged_out' }]);
  });

  it('confirm when there is nothing to do, and are unknown when they are off', async () => {
    const idle = await phone('idle');
    await dials(idle, '*45', 'duty-no-queue');
    await apply((document) => ({ ...document, feature_codes: { log_in: 'off' } }));
    expect(await (await idle.dial('*45')).ended({ withinMs: 10_000 })).toMatchObject({ how: 'rejected', status: 404 });
    await apply(({ ...document }) => ({ ...document, feature_codes: {} }));
  });
});

describe('the state of logins and pauses', () => {
  it('survives a kill of the gateway and a change of the queue; Asterisk reports the changes meanwhile', async () => {
    await command('a1', 'log-out', { queues: [12] });
    await command('a2', 'pause', { reason: 'oběd' });
    await gateway.kill();
    await asterisk.cli('queue remove member Local/a1@cordboard-ring-handset from q13');
    await gateway.run();
    await gateway.ready();
    await becomes('learned', async () => (await inQueue('a1', 13))?.logged_in === false);
    await apply((document) => ({
      ...document,
      queues: document.queues.map((queue) => ({ ...queue, weight: 4 })),
    }));
    const shown = await asterisk.cli('queue show q12');
    expect(shown).toContain('W:4');
    expect(shown).not.toContain('PJSIP/a1');
    expect(await inQueue('a1', 12)).toMatchObject({ logged_in: false });
    expect(await inQueue('a2', 13)).toMatchObject({ paused: true, pause_reason: 'oběd' });
    expect((await events())[0]).toMatchObject({ event: 'logged_out', queue: 13, by: 'asterisk' });
  });

  it('is updated at once when it changes in Asterisk', async () => {
    await asterisk.cli('queue pause member Local/a1@cordboard-ring-handset queue q12 reason siesta');
    await becomes('learned', async () => (await inQueue('a1', 12))?.pause_reason === 'siesta');
    expect((await events())[0]).toMatchObject({ event: 'paused', reason: 'siesta', by: 'asterisk' });
  });

  it('is restored when Asterisk dies at once and has lost it', async () => {
    await delay(1500);
    await command('a1', 'log-out', { queues: [12] });
    await command('a2', 'pause', { reason: 'porada' });
    await asterisk.restart();
    await gateway.ready();
    await becomes('paused again', async () => (await asterisk.cli('queue show q13')).includes('paused:porada'));
    expect(await asterisk.cli('queue show q12')).not.toContain('PJSIP/a1');
    expect(await inQueue('a1', 12)).toMatchObject({ logged_in: false });
    expect(await inQueue('a1', 13)).toMatchObject({ logged_in: true });
  });
});

describe('a handset with two phones', () => {
  for (const [way, line] of Object.entries({ 'by a queue': STORE, 'by the plan': DIRECT }))
    it(`rings both ${way}; one answers, the other stops`, async () => {
      await command('a1', 'log-out');
      const [desk, soft] = [await phone('a2'), await phone('a2')];
      expect((await standing('a2')).contacts).toHaveLength(2);
      const caller = await calling(line);
      const [first, second] = await Promise.all([
        desk.nextCall({ withinMs: 15_000 }),
        soft.nextCall({ withinMs: 15_000 }),
      ]);
      expect(callerOf(first)).toBe(callerOf(caller));
      second.answer();
      second.say(toneSamples(VOICE, 'cs', 1000), { repeats: true });
      await caller.hears(prompt(VOICE), { skipping: true, withinMs: 15_000 });
      expect(await first.ended({ withinMs: 10_000 })).toMatchObject({ by: 'peer', how: 'cancelled' });
      await second.hangUp();
      expect(await caller.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer' });
      const timeline = await gateway.finished(callerOf(caller).replace(/^\+420/, ''));
      expect(timeline.map(({ kind }) => kind)).toContain(way === 'by a queue' ? 'queue_left' : 'talking');
      expect(timeline.at(-1)).toMatchObject({ kind: 'ended', data: { by: 'handset' } });
    });

  it('is busy for the plan when both refuse', async () => {
    await phone('a2', { do: 'reject', status: 486 });
    await phone('a2', { do: 'reject', status: 486 });
    const caller = await calling(DIRECT);
    await caller.ended({ withinMs: 15_000 });
    const timeline = await gateway.finished(callerOf(caller).replace(/^\+420/, ''));
    expect(JSON.stringify(timeline)).toContain('busy');
  });
});

describe('a password', () => {
  it('that is changed invalidates the old one and its registrations', async () => {
    const before = await gateway.handsetPassword('a1');
    await phone('a1');
    await becomes('registered', async () => (await standing('a1')).registered);
    const { user, password } = await gateway.api<{ user: string; password: string }>('/api/v1/handsets/a1/password', {
      method: 'POST',
    });
    expect(user).toBe('a1');
    expect(password).toMatch(/^[0-9a-f]{40}$/);
    expect(await standing('a1')).toMatchObject({ registered: false, contacts: [] });
    expect((await gateway.fetch('/api/v1/handsets/a1/password')).status).toBe(405);
    const old = await phones.start({ user: 'a1', password: before });
    await expect(old.register()).rejects.toThrow(/401|403/);
    await (await phones.start({ user: 'a1', password })).register();
    expect(gateway.output).not.toContain(password);
  });
});

it('lets a browser register over WebSocket, on loopback', async () => {
  const account = { user: 'b1', password: await gateway.handsetPassword('b1') };
  const socket = new WebSocket(`ws://127.0.0.1:${asterisk.ariPort}/ws`, 'sip');
  try {
    await once(socket, 'open');
    const dialog = Dialog.outgoing({ local: '<sip:b1@browser.invalid>', targetUri: 'sip:127.0.0.1' });
    const register = async (challenge?: string) => {
      const made = dialog.request('REGISTER', { host: 'browser.invalid', port: 5060 });
      made.headers.add('Expires', '300');
      if (challenge !== undefined) made.headers.add('Authorization', digestAnswer(challenge, made, account));
      const headers = made.headers
        .with('To', '<sip:b1@127.0.0.1>')
        .with('Via', made.headers.get('Via').replace('/UDP', '/WS'))
        .with('Contact', '<sip:b1@browser.invalid;transport=ws>');
      const signal = AbortSignal.timeout(15_000);
      const messages = on(socket, 'message', { signal });
      socket.send(buildSip({ ...made, headers }));
      for await (const [data] of messages as AsyncIterable<[Buffer]>) {
        const message = parseSip(data.toString());
        // Asterisk sends an OPTIONS request to the browser in between.
        if (message !== undefined && !isRequest(message)) return message;
      }
      throw new Error('no answer to REGISTER');
    };
    const refused = await register();
    expect(refused.status).toBe(401);
    expect((await register(refused.headers.get('WWW-Authenticate'))).status).toBe(200);
    expect((await standing('b1')).contacts).toMatchObject([{ user_agent: 'test phone' }]);
    const endpoint = await asterisk.cli('pjsip show endpoint b1');
    for (const setting of ['webrtc', 'rtcp_mux', 'ice_support', 'use_avpf'])
      expect(endpoint).toMatch(new RegExp(`${setting} +: (yes|true)`));
    expect(endpoint).toMatch(/media_encryption +: dtls/);
    expect(endpoint).toMatch(/allow +: \(opus\|ulaw\|alaw\)/);
  } finally {
    socket.close();
  }
  await becomes('gone with its socket', async () => (await standing('b1')).contacts.length === 0);
});
