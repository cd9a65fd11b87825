import { afterEach, beforeEach, expect, test } from 'vitest';
import { handsetRoutes } from '../../src/directory/handset-routes.js';
import { phoneFiles } from '../../src/directory/phone-files.js';
import { PhoneProvisioning } from '../../src/directory/phone-provisioning.js';
import { handsetSchema } from '../../src/directory/schema.js';
import type { RecordAction } from '../../src/storage/audit-log.js';
import { becomes } from '../support/becomes.js';
import { notFound } from '../../src/http/problem.js';
import { asAdmin, startServer, type TestServer } from '../http/http-harness.js';

const ACCOUNT = {
  server: '192.0.2.1',
  port: 5070,
  transport: 'udp',
  srtp: 'off',
  user: 'sklad',
  password: 'deadbeef',
  displayName: 'Sklad <1> & "2"\n',
} as const;

test('the file for Linphone is an XML configuration with the account', () => {
  const file = phoneFiles.linphone.write(ACCOUNT);
  expect(file).toContain('<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd"');
  expect(file).toContain('<entry name="reg_proxy" overwrite="true">&lt;sip:192.0.2.1:5070;transport=udp&gt;</entry>');
  expect(file).toContain('>&quot;Sklad &lt;1&gt; &amp; 2&quot; &lt;sip:sklad@192.0.2.1&gt;<');
  expect(file).toContain('<entry name="passwd" overwrite="true">deadbeef</entry>');
});

test('the file for Yealink begins with its version, and has one setting a line', () => {
  const lines = phoneFiles.yealink.write(ACCOUNT).split('\n');
  expect(lines[0]).toBe('#!version:1.0.0.1');
  expect(lines).toContain('account.1.label = Sklad <1> & "2"');
  expect(lines).toContain('account.1.auth_name = sklad');
  expect(lines).toContain('account.1.password = deadbeef');
  expect(lines).toContain('account.1.sip_server.1.address = 192.0.2.1');
  expect(lines).toContain('account.1.sip_server.1.port = 5070');
});

test('the file for Grandstream has the values of the first account', () => {
  const file = phoneFiles.grandstream.write(ACCOUNT);
  expect(file).toMatch(/^<\?xml[^]*<gs_provision version="1">[^]*<config version="1">/);
  for (const value of ['<P271>1</P271>', '<P47>192.0.2.1:5070</P47>', '<P35>sklad</P35>', '<P34>deadbeef</P34>'])
    expect(file).toContain(value);
  expect(file).toContain('<P3>Sklad &lt;1&gt; &amp; &quot;2&quot;</P3>');
});

/** No phone has an address that stays. */
const nothingEnrolled = { serve: () => Promise.reject(notFound('no such address')) };

let http: TestServer;
const clock = { at: Date.parse('2026-11-21T10:00:00Z') };
let passwords: number;
/** Passwords that take longer until Asterisk has them. */
let settled: Record<string, Promise<void>>;

let recorded: Parameters<RecordAction>[0][];

beforeEach(async () => {
  passwords = 0;
  settled = {};
  clock.at = Date.parse('2026-11-21T10:00:00Z');
  recorded = [];
  const record: RecordAction = (entry) => {
    recorded.push(entry);
    return Promise.resolve();
  };
  const provisioning = new PhoneProvisioning({ now: () => clock.at }, 'https://pbx.example', record, nothingEnrolled);
  const handsets = [handsetSchema.parse({ name: 'sklad' }), handsetSchema.parse({ name: 'eva', webrtc: true })];
  http = await startServer([
    ...handsetRoutes({
      handsets: () => handsets,
      keeper: {
        async renewPassword() {
          const password = `password-${(passwords += 1)}`;
          await settled[password];
          return password;
        },
      },
      accounts: { issue: () => undefined },
      provisioning,
      record,
      recordOnce: record,
      iceServersFor: () => ({ ice_servers: [], expires_at: null }),
      servers: {
        server: '192.0.2.1',
        port: 5070,
        transports: ['udp', 'tcp'],
        tls_port: null,
        websocket_url: 'wss://pbx.example/ws',
        websocket_domain: 'pbx.example',
      },
    }),
    ...provisioning.routes(),
  ]);
});

afterEach(() => http.stop());

interface Created {
  user: string;
  password: string;
  provisioning: Record<'linphone' | 'yealink' | 'grandstream' | 'expires_at', string> | null;
}

async function create(name: string): Promise<Created> {
  const response = await fetch(`${http.url}/api/v1/handsets/${name}/password`, { method: 'POST', headers: asAdmin });
  return (await response.json()) as Created;
}

/** Fetches as a phone does: without a login. */
async function fetchFile(url: string | undefined) {
  const response = await fetch(http.url + new URL(url ?? '').pathname);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

test('a phone fetches its settings without a login, for a quarter of an hour', async () => {
  const { password, provisioning } = await create('sklad');
  expect(provisioning?.linphone).toMatch(/^https:\/\/pbx\.example\/provisioning\/[\w-]{32}\/linphone\.xml$/);
  for (const maker of ['linphone', 'yealink', 'grandstream'] as const) {
    const { status, body } = await fetchFile(provisioning?.[maker]);
    expect(status).toBe(200);
    expect(body).toContain(password);
  }
  expect((await fetchFile(provisioning?.linphone)).type).toMatch(/^application\/xml/);
  const fetched = { action: 'phone_settings_fetched', subject: 'sklad', detail: { address: '127.0.0.1' } };
  expect(recorded).toEqual([{ action: 'handset_password_set', subject: 'sklad' }, fetched, fetched, fetched, fetched]);
  expect(provisioning?.expires_at).toBe('2026-11-21T10:15:00.000Z');
  clock.at += 15 * 60 * 1000;
  expect((await fetchFile(provisioning?.linphone)).status).toBe(404);
});

test('phones that are given the folder find a file with their MAC address, and no file for all phones', async () => {
  const { provisioning } = await create('sklad');
  const named = (name: string) => fetchFile(new URL(name, provisioning?.yealink).href);
  expect((await named('cfgc074ad001122.xml')).body).toContain('<gs_provision');
  expect((await named('805ec0001122.cfg')).body).toContain('#!version:1.0.0.1');
  for (const common of [
    'y000000000000.boot',
    '805ec0001122.boot',
    'y000000000108.cfg',
    'cfgc074ad001122',
    'cfggrp2614.xml',
  ])
    expect((await named(common)).status).toBe(404);
});

test('a new password withdraws the former address; a browser phone has none', async () => {
  const first = await create('sklad');
  const second = await create('sklad');
  expect((await fetchFile(first.provisioning?.yealink)).status).toBe(404);
  expect((await fetchFile(second.provisioning?.yealink)).body).toContain('password-2');
  expect((await create('eva')).provisioning).toBeNull();
  expect((await fetchFile('https://pbx.example/provisioning/unknown/linphone.xml')).status).toBe(404);
});

test('of two passwords that are created at once, the later one is offered', async () => {
  let release: () => void = () => undefined;
  settled['password-1'] = new Promise((resolve) => (release = resolve));
  const first = create('sklad');
  await becomes('the first password', () => passwords === 1);
  const second = create('sklad');
  await create('eva');
  release();
  const [one, two] = await Promise.all([first, second]);
  const newest = one.password > two.password ? one : two;
  expect((await fetchFile(newest.provisioning?.yealink)).body).toContain(newest.password);
});

test('the addresses of the servers need no password', async () => {
  const response = await fetch(`${http.url}/api/v1/phone-servers`, { headers: asAdmin });
  expect(await response.json()).toMatchObject({ server: '192.0.2.1', port: 5070, websocket_domain: 'pbx.example' });
});
