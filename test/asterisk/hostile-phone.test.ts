import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Phone } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { userOf } from '../support/sip/message.js';
import { holdsNumber } from '../support/sip/number-search.js';

/**
 * A caller with a handset's password, or with access over the trunk, cannot call out through Asterisk itself: no number is
 * called without a check by the dial policy, which allows none of these here.
 */

const [QUEUE, RING] = ['+420222333444', '+420222333555'];
const READER = 'a-token-that-sees-no-numbers';
const PEOPLE = ['+420777000111', '+420777000222', '+420777000333', '+420777000444'];
const PREMIUM = '900123456';
const rings = { withinMs: 20_000 };

const company = {
  version: 1,
  dial_policy: { allow: ['+420777000444'] },
  handsets: [{ name: 'a1' }, { name: 'a2', max_contacts: 2 }],
  operators: [{ id: 1, login: 'jana', name: 'Jana', handset: 'a1', mobile: '+420777000111' }],
  priority_callers: [{ name: 'VIP', numbers: ['+420777000222'], priority: 5 }],
  notifications: { do_not_call: ['+420777000333'] },
  parts: { night: [{ ring: { number: '+420777000444' } }] },
  webhooks: [{ name: 'shop', url: 'http://127.0.0.1:9/' }],
  runtel: {},
  queues: [{ id: 12, name: 'Prodej', handsets: ['a1'], join_when: 'always', stay_when: 'always', ring_timeout: 30 }],
  lines: [
    { number: QUEUE, plan: [{ enqueue: { queue: 12 } }] },
    { number: RING, plan: [{ ring: { handset: 'a2', timeout: '30s' } }] },
  ],
};

let asterisk: TestAsterisk;
let gateway: Gateway;
/** All callees on the trunk. */
let outside: Phone;
let phones: Phones;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  outside = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user: 'outside', port }).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company,
    env: { OUTSIDE_URL: 'https://pbx.example', CORDBOARD_READER_TOKEN: READER },
  });
  phones = new Phones(asterisk, gateway);
});
afterAll(async () => {
  await outside.stop();
  await gateway.stop();
  await asterisk.stop();
});
afterEach(async () => {
  await phones.stop();
});

const callsSoFar = async () => (await gateway.api<{ calls: unknown[] }>('/api/v1/calls?limit=200')).calls.length;

describe('a handset that redirects its calls (302)', () => {
  it.each([
    ['a number', `sip:+420${PREMIUM}@127.0.0.1`],
    ['a channel on the trunk', `sip:PJSIP%2F${PREMIUM}%40trunk@127.0.0.1`],
    ['the dialplan', `sip:Local%2F${QUEUE}%40cordboard-from-trunk@127.0.0.1`],
    ['a line of the company', `sip:${QUEUE}@127.0.0.1`],
  ])('to %s: no other number is called, and the handset rings again', async (_what, contact) => {
    const thief = await phones.handset('a1', { incoming: { do: 'reject', status: 302, contact } });
    const before = await callsSoFar();
    const caller = await phones.start({ user: '+420777888999' });
    await caller.dial(QUEUE);
    for (let time = 0; time < 3; time += 1) await thief.nextCall(rings);
    expect(outside.invites).toEqual([]);
    expect(await callsSoFar()).toBe(before + 1);
  });
});

describe('a handset that registers an address with extra parts', () => {
  it.each([
    ['another channel', `a2&PJSIP/trunk/sip:${PREMIUM}`],
    ['options', 'a2,30,m'],
  ])('%s: is rung, and nothing else', async (_what, contactUser) => {
    const [thief, honest] = [await phones.handset('a2', { contactUser }), await phones.handset('a2')];
    const caller = await phones.start({ user: '+420777888998' });
    await caller.dial(RING);
    await vi.waitUntil(() => thief.invites.length + honest.invites.length > 0, 30_000);
    const called = [...thief.invites, ...honest.invites, ...outside.invites].map(({ invite }) => invite.uri);
    expect(called.map((uri) => userOf(`<${uri}>`))).not.toContain(PREMIUM);
    expect(called).not.toEqual([]);
  });
});

describe('a caller who dials names of the dialplan', () => {
  it.each(['T', 's', 'h', 'i'])('%s: hears that there is no such number', async (name) => {
    const caller = await phones.start({ user: '+420777888997' });
    const call = await caller.dial(`sip:${name}@127.0.0.1:${asterisk.sipPort}`);
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'rejected', status: 404 });
  });
});

it('no module is loaded that admits unknown phones, accepts messages, or runs programs', async () => {
  const loaded = await asterisk.cli('module show');
  expect(loaded).toContain('chan_pjsip.so');
  // res_pjsip_refer refuses REFER: in-a-talk.test.ts. app_originate serves the dialplan's recordings alone: AMI may not use it.
  const pjsip = ['res_pjsip_messaging', 'res_pjsip_endpoint_identifier_anonymous', 'chan_iax2'];
  const others = ['app_system', 'app_disa', 'func_shell', 'func_curl', 'res_agi', 'pbx_spool'];
  for (const module of [...pjsip, ...others]) expect(loaded).not.toContain(`${module}.so`);
});

it('the AMI user may not start calls: the gateway uses ARI for that', async () => {
  const socket = connect(asterisk.amiPort, '127.0.0.1');
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  const { amiUser, amiPassword } = asterisk;
  socket.write(`Action: Login\r\nUsername: ${amiUser}\r\nSecret: ${amiPassword}\r\nEvents: off\r\n\r\n`);
  socket.write(`Action: Originate\r\nActionID: call\r\nChannel: PJSIP/${PREMIUM}@trunk\r\nApplication: Wait\r\n\r\n`);
  await vi.waitUntil(() => /ActionID: call\r\n[^]*\r\n\r\n/.test(said), 30_000);
  socket.destroy();
  expect(said).toContain('Authentication accepted');
  expect(said).toMatch(/Response: Error\r\nActionID: call\r\nMessage: Permission denied/);
});

describe('other users of the machine and the network', () => {
  it('the number of a refused call is not in the log', async () => {
    const caller = await phones.start({ user: '+420777888996' });
    const call = await caller.dial('+420777123456');
    expect(await call.ended({ withinMs: 15_000 })).toMatchObject({ how: 'rejected' });
    await vi.waitUntil(() => gateway.output.includes('call refused'), 30_000);
    for (const number of ['777123456', '777888996']) expect(gateway.output).not.toContain(number);
  });

  it('no other user can read the files that the gateway has written', async () => {
    const folder = path.join(gateway.dir, 'data');
    expect((await stat(folder)).mode & 0o077).toBe(0);
    const names = await readdir(folder, { recursive: true });
    expect(names).toEqual(expect.arrayContaining(['cordboard.db']));
    for (const name of names) expect([name, (await stat(path.join(folder, name))).mode & 0o077]).toEqual([name, 0]);
  });

  it('the session cookie is sent over TLS only, when the browser uses TLS', async () => {
    const response = await fetch(`${gateway.url}/login`, {
      method: 'POST',
      headers: { origin: gateway.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${gateway.token}`,
      redirect: 'manual',
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
  });
});

describe('a reader without permission for numbers', () => {
  const read = (place: string) => gateway.fetch(place, { headers: { authorization: `Bearer ${READER}` } });
  const pages = [
    'calls',
    'calls/{call}',
    'webhooks',
    'webhooks/1',
    'notifications',
    'bridges',
    'dispatch',
    'monitor',
    'handsets/a1',
  ];
  const facades = ['calls.xml', 'calls/{call}.json', 'users.xml', 'recipes.json', 'integration/runtel/calls'];

  it('finds no number in any readable resource', async () => {
    const { calls } = await gateway.api<{ calls: { id: string; caller: string }[] }>('/api/v1/calls?limit=200');
    const numbers = new Set([...calls.map(({ caller }) => caller), ...PEOPLE]);
    expect(numbers.size).toBeGreaterThan(PEOPLE.length);
    const { paths } = await gateway.api<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    // The description itself is the same for every company; its examples are numbers.
    const api = Object.keys(paths).filter((place) => 'get' in (paths[place] ?? {}) && place !== '/openapi.json');
    const places = [...api, ...[...pages, ...facades].map((place) => `/${place}`)].map((place) =>
      place
        .replace(/\{call\}|(?<=calls\/)\{id\}/, calls[0]?.id ?? '')
        .replace('{number}', QUEUE.slice(1))
        .replace(/\{\w+\}/, '1'),
    );
    let answered = 0;
    for (const place of places) {
      const response = await read(place);
      if (response.status === 200) answered += 1;
      const text = JSON.stringify([...response.headers]) + (await response.text());
      expect([place, [...numbers].filter((number) => holdsNumber(text, number, '420'))]).toEqual([place, []]);
    }
    expect(answered).toBeGreaterThan(30);
  });
});
