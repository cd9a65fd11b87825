import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandsetContact } from '../../../src/asterisk/port.js';
import { handsetPages } from '../../../src/web/pages/handset-pages.js';
import { problemPage } from '../../../src/web/pages/layout.js';
import { operatorSchema, queueSchema } from '../../../src/directory/schema.js';
import type { HandsetMembership, QueuePresence } from '../../../src/agents/handset-membership.js';
import { asAdmin, READER, startServer, type TestServer } from '../../http/http-harness.js';

const AT = Date.parse('2026-11-21T10:00:00Z');
const PASSWORD = 'a-new-password';
const WATCHER = 'a-token-that-sees-who-is-there';

let http: TestServer;
let handsets: HandsetMembership[];
let asterisk: { usable: boolean };
let renewed: string[];

const inQueue = (more: Partial<QueuePresence> = {}): QueuePresence => ({
  queue: 12,
  loggedIn: true,
  paused: false,
  pauseReason: '',
  state: 'free',
  wrapUpUntil: null,
  ...more,
});
const handset = (more: Partial<HandsetMembership> = {}): HandsetMembership => ({
  handset: 'sklad',
  displayName: 'Sklad <1>',
  webrtc: false,
  maxContacts: 1,
  registered: false,
  contacts: [],
  queues: [],
  ...more,
});
const phone: HandsetContact = {
  handset: 'sklad',
  address: '192.0.2.7:5060',
  userAgent: 'Desk phone',
  state: 'reachable',
  expiresAt: AT,
};

beforeEach(async () => {
  handsets = [handset()];
  asterisk = { usable: true };
  renewed = [];
  const company = {
    operators: [operatorSchema.parse({ id: 1, login: 'eva', name: 'Eva', handset: 'sklad' })],
    queues: [queueSchema.parse({ id: 12, name: 'Objednávky' }), queueSchema.parse({ id: 13, name: 'Reklamace' })],
    time_zone: 'Europe/Prague',
  };
  const pages = handsetPages({
    operators: { list: () => Promise.resolve(handsets) },
    keeper: { renewPassword: (name) => Promise.resolve(renewed.push(name)).then(() => PASSWORD) },
    asterisk,
    company: () => company,
    addresses: { sip: { server: '192.0.2.1', port: 5070 }, outsideUrl: 'https://pbx.example' },
  });
  http = await startServer(pages, {
    problemPage,
    tokens: [{ name: 'watcher', token: WATCHER, scopes: ['operators:read'] }],
  });
});

afterEach(() => http.stop());

async function see(address: string, init: RequestInit = {}) {
  const response = await fetch(http.url + address, { headers: { ...asAdmin, origin: http.url }, ...init });
  return { status: response.status, text: (await response.text()).replace(/\s+/g, ' ') };
}

describe('the list of handsets', () => {
  it('says whose each is, which phones are there, and how it stands in its queues', async () => {
    const queues = [
      inQueue({ paused: true, pauseReason: 'oběd & káva', state: 'free' }),
      inQueue({ queue: 13, state: 'wrap_up' }),
    ];
    handsets = [
      handset({ registered: true, contacts: [phone], maxContacts: 3, queues }),
      handset({ handset: 'web', displayName: '', webrtc: true, queues: [inQueue({ loggedIn: false })] }),
    ];
    const { text } = await see('/handsets');
    expect(text).toMatch(
      /href="\/handsets\/sklad">Sklad &lt;1&gt; \(sklad\)<.*registered<\/span\s*> .*\(1 of 3\).*>Eva</,
    );
    expect(text).toContain('Objednávky: <strong>paused: oběd &amp; káva</strong>');
    expect(text).toMatch(/Reklamace: <[^>]*>wrap-up</);
    expect(text).toMatch(/href="\/handsets\/web">web<.*not registered.*in a browser.*>–<.*>logged out</);
  });

  it('does not show phones as absent while Asterisk is unreachable', async () => {
    asterisk.usable = false;
    handsets = [handset({ queues: [inQueue({ state: 'unavailable' })] })];
    const { text } = await see('/handsets?lang=cs');
    expect(text).toContain('Asterisk není dostupný');
    expect(text).not.toMatch(/nepřihlášeno|bez telefonu/);
  });

  it('says where handsets come from when there are none', async () => {
    handsets = [];
    expect((await see('/handsets')).text).toContain('No handsets yet');
  });
});

describe('the page of a handset', () => {
  it('has everything to type into a desk phone, and when its phones have to register again', async () => {
    handsets = [handset({ registered: true, contacts: [phone] })];
    const { text } = await see('/handsets/sklad');
    for (const value of ['192.0.2.1', '5070', 'sklad']) expect(text).toContain(`<code class="copied">${value}</code>`);
    expect(text).toContain('UDP or TCP');
    expect(text).toMatch(/Desk phone<.*192\.0\.2\.7:5060<.*2026-11-21 11:00:00</);
    expect(text).not.toContain('wss:');
  });

  it('has WSS and SIP URLs for a browser, and says that other phones cannot use it', async () => {
    handsets = [handset({ webrtc: true })];
    const { text } = await see('/handsets/sklad');
    expect(text).toContain('wss://pbx.example/ws');
    expect(text).toContain('sip:sklad@pbx.example');
    expect(text).toContain('desk phones and softphones cannot use it');
    expect(text).not.toContain('5070');
  });

  it('makes a new password and shows it with the rest, this once', async () => {
    expect((await see('/handsets/sklad')).text).toContain('action="/handsets/sklad/password"');
    const { text } = await see('/handsets/sklad/password', { method: 'POST' });
    expect(renewed).toEqual(['sklad']);
    expect(text).toMatch(/192\.0\.2\.1.*>Password<.*<code class="copied">a-new-password</);
    expect((await see('/handsets/sklad')).text).not.toContain(PASSWORD);
    asterisk.usable = false;
    expect((await see('/handsets/sklad/password', { method: 'POST' })).text).toContain(
      'becomes valid when Asterisk is reachable',
    );
  });

  it('an unknown handset is not created, and the page links to the list', async () => {
    expect(await see('/handsets/nobody')).toMatchObject({ status: 404 });
    const { status, text } = await see('/handsets/nobody/password', { method: 'POST' });
    expect([status, renewed]).toEqual([404, []]);
    expect(text).toContain('<a href="/handsets">');
  });
});

describe('who may not change the configuration', () => {
  it('sees no form for a password and where phones are from only with the right to numbers', async () => {
    handsets = [handset({ registered: true, contacts: [phone] })];
    const looking = { authorization: `Bearer ${WATCHER}`, origin: http.url };
    const { text } = await see('/handsets/sklad', { headers: looking });
    expect(text).toContain('Desk phone');
    expect(text).not.toMatch(/\/password"|192\.0\.2\.7/);
    const refused = await see('/handsets/sklad/password', { method: 'POST', headers: looking });
    expect([refused.status, renewed]).toEqual([403, []]);
    expect((await see('/handsets', { headers: { authorization: `Bearer ${READER}` } })).status).toBe(403);
  });
});
