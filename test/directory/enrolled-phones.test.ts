import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Enrolment } from '../../src/directory/enrolment-routes.js';
import { EnrolledPhones } from '../../src/directory/enrolled-phones.js';
import { phoneKeysOf } from '../../src/directory/phone-keys.js';
import { PhoneProvisioning } from '../../src/directory/phone-provisioning.js';
import { handsetSchema, queueSchema } from '../../src/directory/schema.js';
import { zoneRulesOf } from '../../src/directory/phone-time-zone.js';
import { createLogger } from '../../src/lib/logger.js';
import type { RecordAction } from '../../src/storage/audit-log.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

/** Desk phones that are set up by their MAC address, with the requests of each maker. */

const MINUTE_MS = 60_000;
const MAC = '805ec0001122';
const YEALINK = 'Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:11:22';
const GRANDSTREAM = 'Grandstream Model HW GRP2614 SW 1.0.5.15 DevId 805ec0001122';
const SNOM = 'Mozilla/4.0 (compatible; snomD785-SIP 10.1.33.33 2010.12-00004-g9ba52f5 805EC0001122 SXM:0 UXM:0)';
const handsets = [
  handsetSchema.parse({ name: 'sklad', display_name: 'Sklad <1>' }),
  handsetSchema.parse({ name: 'eva', display_name: 'Eva', extension: '101' }),
  handsetSchema.parse({ name: 'web', webrtc: true }),
];
const queues = [queueSchema.parse({ id: 3, name: 'Orders', extension: '300', handsets: ['sklad'] })];

let db: Database;
let http: TestServer;
let log: string[];
let now: number;
let sipPassword: string;
let recorded: Parameters<RecordAction>[0][];

beforeEach(async () => {
  now = Date.parse('2026-11-21T10:00:00Z');
  sipPassword = 'deadbeef';
  recorded = [];
  log = [];
  db = await openDatabase(':memory:');
  const clock = { now: () => now, wakeAt: () => () => undefined };
  const record: RecordAction = (entry) => {
    recorded.push(entry);
    return Promise.resolve();
  };
  const enrolment = new Enrolment({
    phones: new EnrolledPhones(db, clock),
    handsets: () => handsets,
    sipPassword: () => sipPassword,
    describe: ({ name, display_name: displayName }) => ({
      account: { server: '192.0.2.1', port: 5070, transport: 'udp', srtp: 'off', user: name, displayName },
      language: 'ru',
      zone: zoneRulesOf('Europe/Prague', 2026),
      keys: phoneKeysOf({
        handset: name,
        language: 'ru',
        handsets,
        queues,
        codes: { blind_transfer: '*1', attended_transfer: 'off' },
      }),
    }),
    outsideUrl: 'https://pbx.example',
    clock,
    record,
    recordOnce: record,
  });
  const provisioning = new PhoneProvisioning(clock, 'https://pbx.example', record, enrolment);
  const logger = createLogger({ level: 'trace' }, { write: (line: string) => void log.push(line) });
  http = await startServer([...enrolment.routes(), ...provisioning.routes()], { logger });
});

afterEach(async () => {
  await http.stop();
  await db.destroy();
});

interface Login {
  user: string;
  password: string;
}

/** What the administrator enters into the phone. */
async function enrol(mac = '80:5E:C0:00:11:22', handset = 'sklad'): Promise<string> {
  const headers = { ...asAdmin, 'content-type': 'application/json' };
  const path = `${http.url}/api/v1/handsets/${handset}/enrolled-phone`;
  const response = await fetch(path, { method: 'PUT', headers, body: JSON.stringify({ mac }) });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return ((await response.json()) as { url: string }).url;
}

/** Fetches a file as a phone does. */
async function get(folder: string, file: string, device: string, login?: Login) {
  const headers: Record<string, string> = { 'user-agent': device };
  if (login) headers['authorization'] = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const response = await fetch(http.url + new URL(file, folder).pathname, { headers });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    challenge: response.headers.get('www-authenticate'),
    body: await response.text(),
  };
}

const statusOf = async (...of: Parameters<typeof get>) => (await get(...of)).status;

/** The login that the file of a Yealink has for its next requests. */
function loginIn(body: string): Login {
  const value = (name: string) =>
    new RegExp(`^static.auto_provision.server.${name} = (.*)$`, 'm').exec(body)?.[1] ?? '';
  return { user: value('username'), password: value('password') };
}

describe('what phones of each maker ask for', () => {
  test('a Yealink asks for files for all phones, then for its own', async () => {
    const folder = await enrol();
    for (const common of ['y000000000000.boot', `${MAC}.boot`, 'y000000000096.cfg'])
      expect(await statusOf(folder, common, YEALINK)).toBe(404);
    const { status, type, body } = await get(folder, `${MAC}.cfg`, YEALINK);
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    const lines = body.split('\n');
    expect(lines[0]).toBe('#!version:1.0.0.1');
    for (const line of [
      'account.1.user_name = sklad',
      'account.1.password = deadbeef',
      'account.1.sip_server.1.port = 5070',
      'account.1.codec.pcma.priority = 1',
      'lang.gui = Russian',
      'local_time.ntp_server1 = pool.ntp.org',
      'local_time.time_zone = +1',
      'local_time.start_time = 3/5/7/2',
      'local_time.end_time = 10/5/7/3',
      `static.auto_provision.server.url = ${folder}`,
      'linekey.2.type = 11',
      'linekey.2.value = *1',
      'linekey.3.type = 16',
      'linekey.3.value = 300',
      'linekey.3.label = Orders',
      'linekey.4.value = 101',
      'linekey.5.value = web',
    ])
      expect(lines).toContain(line);
  });

  test('a Grandstream asks for its binary file, then for its XML file', async () => {
    const folder = await enrol();
    expect(await statusOf(folder, `cfg${MAC}`, GRANDSTREAM)).toBe(404);
    const { status, body } = await get(folder, `cfg${MAC}.xml`, GRANDSTREAM);
    expect(status).toBe(200);
    for (const value of [
      '<P47>192.0.2.1:5070</P47>',
      '<P34>deadbeef</P34>',
      '<P3>Sklad &lt;1&gt;</P3>',
      '<P57>8</P57>',
      '<P1362>ru</P1362>',
      '<P246>STD-1DST-2,M3.5.0/02:00:00,M10.5.0/03:00:00</P246>',
      '<P212>2</P212>',
      `<P237>${folder.replace('https://', '').replace(/\/$/, '')}</P237>`,
      `<P1360>${MAC}</P1360>`,
      '<P1365>dialdtmf</P1365>',
      '<P1468>*1</P1468>',
      '<P1367>blf</P1367>',
      '<P1470>300</P1470>',
    ])
      expect(body).toContain(value);
  });

  test('a Snom asks for the file of its model with its address, which refers to the settings', async () => {
    const folder = await enrol();
    const index = await get(folder, `snomD785-${MAC.toUpperCase()}.htm`, SNOM);
    const file = `${MAC.toUpperCase()}.xml`;
    expect(index.body).toContain(`<file url="${folder}${file}"/>`);
    expect(index.body).not.toContain('deadbeef');
    const { status, body } = await get(folder, file, SNOM);
    expect(status).toBe(200);
    for (const element of [
      '<user_name idx="1" perm="RW">sklad</user_name>',
      '<user_pass idx="1" perm="RW">deadbeef</user_pass>',
      '<user_realname idx="1" perm="RW">Sklad &lt;1&gt;</user_realname>',
      '<language perm="RW">Russian</language>',
      '<timezone perm="RW">GER+1</timezone>',
      `<setting_server perm="RW">${folder}</setting_server>`,
      `<http_client_user perm="RW">${MAC}</http_client_user>`,
      '<fkey idx="0" context="active" label="" perm="RW">line</fkey>',
      '<fkey idx="1" context="active" label="Перевести" perm="RW">dtmf *1</fkey>',
      '<fkey idx="2" context="active" label="Orders" perm="RW">blf 300</fkey>',
    ])
      expect(body).toContain(element);
  });
});

test('the secret is exchanged once; later requests need the login from the first file, and get changed settings', async () => {
  const folder = await enrol();
  const file = `${MAC}.cfg`;
  const login = loginIn((await get(folder, file, YEALINK)).body);
  expect(login.user).toBe(MAC);
  now += 3 * MINUTE_MS;
  const challenge = await get(folder, file, YEALINK);
  expect([challenge.status, challenge.challenge]).toEqual([401, 'Basic realm="Cordboard"']);
  expect(challenge.body).not.toContain('deadbeef');
  expect(await statusOf(folder, file, YEALINK, { ...login, password: 'guessed' })).toBe(404);
  const again = await get(folder, file, YEALINK, login);
  expect(again.status).toBe(200);
  expect(loginIn(again.body)).toEqual(login);
  // A new password of the handset locks out the phone: it may have been stolen.
  sipPassword = 'feedface';
  expect(await statusOf(folder, file, YEALINK, login)).toBe(404);
});

test('a phone whose answer was lost asks again at once, but no longer after it has used its login', async () => {
  const folder = await enrol();
  const file = `${MAC}.cfg`;
  const login = loginIn((await get(folder, file, YEALINK)).body);
  expect(await statusOf(folder, file, YEALINK)).toBe(200);
  expect(await statusOf(folder, file, YEALINK, login)).toBe(200);
  expect(await statusOf(folder, file, YEALINK)).toBe(401);
});

test('of two first requests at once, one gets the settings', async () => {
  const folder = await enrol();
  const phones = new EnrolledPhones(db, { now: () => now });
  const secret = folder.split('/').at(-2) ?? '';
  const visit = (address: string) => ({ secret, mac: MAC, address, device: YEALINK, login: undefined });
  const answers = await Promise.all(['192.0.2.8', '192.0.2.9'].map((each) => phones.admit(visit(each), sipPassword)));
  expect(answers.filter((answer) => answer === 'login needed')).toHaveLength(1);
});

test('another phone, a browser and a phone with a foreign file name get nothing', async () => {
  const folder = await enrol();
  const OTHER = '805ec0009999';
  expect(await statusOf(folder, `${OTHER}.cfg`, YEALINK.replace('11:22', '99:99'))).toBe(404);
  expect(await statusOf(folder, `${MAC}.cfg`, YEALINK.replace('11:22', '99:99'))).toBe(404);
  expect(await statusOf(folder, `${MAC}.cfg`, 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0')).toBe(404);
  expect(await statusOf(folder, `cfg${MAC}.xml`, YEALINK)).toBe(404);
  expect(recorded.map(({ action }) => action)).toEqual([
    'phone_enrolled',
    ...Array<string>(2).fill('phone_settings_refused'),
  ]);
  // The right phone still gets them.
  expect(await statusOf(folder, `${MAC}.cfg`, YEALINK)).toBe(200);
  expect(recorded.at(-1)).toEqual({
    action: 'phone_settings_fetched',
    subject: 'sklad',
    detail: { address: '127.0.0.1', mac: MAC },
  });
});

test('an address expires unused after a week, and is withdrawn by the next one and by request', async () => {
  const first = await enrol();
  now += 7 * 24 * 60 * MINUTE_MS;
  expect(await statusOf(first, `${MAC}.cfg`, YEALINK)).toBe(404);
  const second = await enrol();
  const third = await enrol('00-04-13-92-2d-24');
  expect(await statusOf(second, `${MAC}.cfg`, YEALINK)).toBe(404);
  const path = `${http.url}/api/v1/handsets/sklad/enrolled-phone`;
  const shown = (await (await fetch(path, { headers: asAdmin })).json()) as { phone: unknown };
  expect(shown.phone).toMatchObject({ mac: '000413922d24', first_fetched_at: null, device: '' });
  expect((await fetch(path, { method: 'DELETE', headers: asAdmin })).status).toBe(204);
  expect(await statusOf(third, '000413922D24.xml', SNOM.replace('805EC0001122', '000413922D24'))).toBe(404);
  expect(await (await fetch(path, { headers: asAdmin })).json()).toEqual({ phone: null });
});

test('whoever guesses is stopped, and the log has no secret', async () => {
  const folder = await enrol();
  const statuses: number[] = [];
  for (let index = 0; index < 40; index += 1)
    statuses.push(
      await statusOf(folder.replace(/provisioning\/.*/, `provisioning/guess-${index}/`), `${MAC}.cfg`, YEALINK),
    );
  expect(statuses[0]).toBe(404);
  expect(statuses.at(-1)).toBe(429);
  expect(await statusOf(folder, `${MAC}.cfg`, YEALINK)).toBe(200);
  expect(log.length).toBeGreaterThan(0);
  expect(log.join('')).not.toContain(folder.split('/').at(-2));
});

test('enrolment needs config:write, a desk handset and a MAC address', async () => {
  const path = (handset: string) => `${http.url}/api/v1/handsets/${handset}/enrolled-phone`;
  const put = async (handset: string, mac: string, headers: Record<string, string>) => {
    const body = JSON.stringify({ mac });
    return (
      await fetch(path(handset), { method: 'PUT', headers: { ...headers, 'content-type': 'application/json' }, body })
    ).status;
  };
  expect(await put('sklad', MAC, { authorization: `Bearer ${READER}` })).toBe(403);
  expect(await put('web', MAC, asAdmin)).toBe(409);
  expect(await put('nobody', MAC, asAdmin)).toBe(404);
  expect(await put('sklad', '80:5e:c0', asAdmin)).toBe(422);
});

test.each([
  ['Europe/Prague', { offsetH: 1, hasSummerTime: true }],
  ['Europe/Moscow', { offsetH: 3, hasSummerTime: false }],
  ['Asia/Yekaterinburg', { offsetH: 5, hasSummerTime: false }],
  ['America/New_York', undefined],
  ['Asia/Kolkata', undefined],
])('the rules of %s', (zone, rules) => {
  expect(zoneRulesOf(zone, 2026)).toEqual(rules);
});
