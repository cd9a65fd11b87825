import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connect as runConnect } from '../../src/cli/connect.js';
import type { RunAnswer } from '../../src/doctor/routes.js';
import { SIP_CALL_CHECKS } from '../../src/doctor/sip-call/make-sip-call.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { Phone, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { holdsNumber } from '../support/sip/number-search.js';
import { becomeCompanyAsterisk, LINE, olderAri, ownersFiles, OWN_NUMBER, PHONES } from './company-asterisk.js';

/**
 * A company's own Asterisk is joined, used and left again: its own calls work all the time, its files are never written, and at the end
 * nothing of the gateway is left. The steps depend on each other.
 */

const CALLER = '420777888999';
const MASKED_LINE = '420222333445';
const company = {
  prompts: prompts(1),
  handsets: [{ name: 'eva', endpoint: '101', extension: '101' }, { name: 'jan', endpoint: '102' }, { name: 'sales' }],
  queues: [
    { id: 1, name: 'Sales', handsets: ['eva'], join_when: 'always' },
    { id: 2, name: 'Masked', handsets: ['jan'], join_when: 'always' },
  ],
  trunks: [{ name: 'partner', way: 'registration', server: '127.0.0.9:9', user: 'shop' }],
  roles: { operator: { numbers: false } },
  operators: [{ id: 1, login: 'jan', name: 'Jan', handset: 'jan' }],
  lines: [
    { number: `+${LINE}`, plan: [{ answer: {} }, { play: 1 }, { enqueue: { queue: 1 } }] },
    { number: `+${MASKED_LINE}`, plan: [{ answer: {} }, { enqueue: { queue: 2 } }] },
  ],
};

let asterisk: TestAsterisk;
let etc: string;
let data: string;
let gateways: Gateway[];
let phones: Phone[];
let untouched: Record<string, string>;

beforeAll(async () => {
  gateways = [];
  phones = [];
  data = await mkdtemp(path.join(tmpdir(), 'cordboard-connect-'));
  asterisk = await startAsterisk();
  etc = await becomeCompanyAsterisk(asterisk);
  untouched = await ownersFiles(etc);
});
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.stop()));
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.stop();
  await asterisk.stop();
  await rm(data, { recursive: true, force: true });
});

/** Runs `cordboard connect`. */
async function connect(
  options: { check?: boolean; remove?: boolean } = {},
  app = 'cordboard',
): Promise<{ code: number; text: string }> {
  let text = '';
  const out = (more: string) => void (text += more);
  const env = {
    ARI_URL: asterisk.ariUrl,
    AMI_PORT: String(asterisk.amiPort),
    ARI_APP: app,
    ARI_USER: app,
    AMI_USER: app,
    AMI_CONFIG_USER: `${app}-config`,
    TRUNK_ENDPOINT: 'provider',
    CORDBOARD_DATA: path.join(data, app),
  };
  const code = await runConnect({ check: false, remove: false, config: etc, ...options }, { env, out, error: out });
  return { code, text };
}

/** The owner adds the lines that the sheet asks for. */
async function addLines(text: string): Promise<void> {
  for (const [, file, line = ''] of text.matchAll(/Add to the end of (\S+): (#.*)$/gm))
    await appendFile(path.join(etc, file ?? ''), `${line}\n`);
  for (const [, file, section, line = ''] of text.matchAll(/Add to the end of (\S+) two lines: (\S+) and (#.*)$/gm))
    await appendFile(path.join(etc, file ?? ''), `${section}\n${line}\n`);
  for (const [, section = '', file = '', line = ''] of text.matchAll(/Add to the section (\S+) of (\S+): (#.*)$/gm)) {
    const conf = path.join(etc, file);
    await writeFile(conf, (await readFile(conf, 'utf8')).replace(`${section}\n`, `${section}\n${line}\n`));
  }
}

async function phone(user: keyof typeof PHONES): Promise<Phone> {
  const started = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user,
    password: PHONES[user],
    incoming: pickUp,
  }).start();
  phones.push(started);
  await started.registerSoon();
  return started;
}

async function outsideCall(number: string): Promise<PhoneCall> {
  const caller = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user: CALLER }).start();
  phones.push(caller);
  return caller.dial(number);
}

/** A call between two of the company's telephones, and one from outside to its own number, by its own dialplan. */
async function expectOwnCalls(): Promise<void> {
  const [first, second] = [await phone('101'), await phone('102')];
  const inside = await first.dial('102');
  await inside.answered();
  await expect.poll(() => second.invites.length).toBe(1);
  await inside.hangUp();
  const outside = await outsideCall(OWN_NUMBER);
  await outside.answered();
  await expect.poll(() => second.invites.length).toBe(2);
  await outside.hangUp();
  await Promise.all(phones.splice(0).map((one) => one.stop()));
}

it('the sheet says what is missing and which lines to add, and no file of the owner is written', async () => {
  await expectOwnCalls();
  const { code, text } = await connect();
  expect(code).toBe(1);
  expect(text).toContain('Add to the end of extensions_custom.conf: #tryinclude cordboard/extensions.conf');
  expect(text).toContain('Add to the end of manager_custom.conf: #tryinclude cordboard/manager.conf');
  expect(text).toContain(
    'Add to the end of sorcery.conf two lines: [res_pjsip] and #tryinclude cordboard/sorcery.conf',
  );
  expect(text).toMatch(/missing +ari +Asterisk rejects the ARI user: HTTP 401/);
  expect(text).toMatch(/unknown +ami +AMI login/);
  expect(await ownersFiles(etc)).toEqual(untouched);
  await addLines(text);
  await writeFile(
    path.join(etc, 'extensions_custom.conf'),
    `#tryinclude cordboard/extensions.conf
[from-pstn-custom]
exten => ${LINE},1,Goto(cordboard-from-trunk,+\${EXTEN},1)
exten => ${MASKED_LINE},1,Goto(cordboard-from-trunk,+\${EXTEN},1)
[from-internal-custom]
exten => _*X!,1,Goto(cordboard-from-handset,\${EXTEN},1)
`,
  );
  await asterisk.restart();
  untouched = await ownersFiles(etc);
});

it('with the lines nothing is missing, and the company calls as before', async () => {
  const { code, text } = await connect({ check: true });
  expect(text).not.toMatch(/^missing/m);
  expect(text).toMatch(/ok +modules/);
  expect(text).toMatch(/ok +dialplan/);
  expect(text).toMatch(/warning +nat/);
  expect(code).toBe(0);
  await expectOwnCalls();
});

async function startGateway(app = 'cordboard', more: object = {}, ariUrl = asterisk.ariUrl): Promise<Gateway> {
  const secret = async (name: string) => (await readFile(path.join(data, app, 'secrets', name), 'utf8')).trim();
  const gateway = await Gateway.start({
    asterisk: {
      ...asterisk.gatewayEnv(),
      ARI_URL: ariUrl,
      ARI_APP: app,
      ARI_USER: app,
      AMI_USER: app,
      AMI_CONFIG_USER: `${app}-config`,
      ARI_PASSWORD: await secret('ari'),
      AMI_PASSWORD: await secret('ami'),
      AMI_CONFIG_PASSWORD: await secret('ami-config'),
      TRUNK_ENDPOINT: 'provider',
    },
    env: { SIP_SERVER: '127.0.0.1' },
    company: { ...company, ...more },
  });
  gateways.push(gateway);
  return gateway;
}

interface Handsets {
  handsets: { name: string; endpoint: string | null; registered: boolean; queues: { state: string }[] }[];
}

async function handset(gateway: Gateway, name: string): Promise<Handsets['handsets'][number] | undefined> {
  const { handsets } = (await (await gateway.fetch('/api/v1/handsets')).json()) as Handsets;
  return handsets.find((one) => one.name === name);
}

/** The statuses of its parts. */
async function testCallOverSip(gateway: Gateway): Promise<(string | null | undefined)[]> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ loop_back: true });
  await gateway.api('/api/v1/system/checks', { method: 'POST', headers, body });
  const lastRun = () => gateway.api<{ run: RunAnswer | null }>('/api/v1/system/checks');
  await expect.poll(async () => (await lastRun()).run?.finished_at ?? null, { timeout: 90_000 }).not.toBeNull();
  const { run } = await lastRun();
  return SIP_CALL_CHECKS.map((id) => run?.rows.find(({ check }) => check === id)?.status);
}

it("a caller of a line reaches the company's own telephone through a queue, which is shown live", async () => {
  const gateway = await startGateway();
  const eva = await phone('101');
  await expect.poll(() => handset(gateway, 'eva')).toMatchObject({ endpoint: '101', registered: true });
  expect(await testCallOverSip(gateway)).toEqual(['ok', 'ok', 'ok', 'ok']);
  const sheet = await gateway.api<{ rows: { topic: string; state: string }[] }>('/api/v1/system/connect-sheet');
  expect(sheet.rows.filter(({ state }) => state === 'missing')).toEqual([]);
  expect(sheet.rows.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['version', 'ari', 'ami', 'dialplan']));
  await expect.poll(async () => (await handset(gateway, 'eva'))?.queues[0]?.state).toBe('free');
  const call = await outsideCall(LINE);
  await call.hears(prompt(1));
  await expect.poll(() => eva.invites.length).toBe(1);
  await expect.poll(async () => (await handset(gateway, 'eva'))?.queues[0]?.state).toBe('busy');
  await call.hangUp();
  await expect.poll(async () => (await handset(gateway, 'eva'))?.queues[0]?.state).toBe('free');
  const trunks = async () => (await gateway.fetch('/api/v1/trunks')).text();
  await expect.poll(trunks).toContain('no password of shop is stored');
  await gateway.fetch('/api/v1/trunks/partner/password', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'correct-horse' }),
  });
  for (const family of ['ps_endpoints', 'ps_registrations', 'ps_endpoint_id_ips'])
    await expect.poll(() => asterisk.cli(`database show ${family}`)).toContain('partner');
  const refused = await gateway.fetch('/api/v1/handsets/eva/password', { method: 'POST' });
  expect(refused.status).toBe(409);
});

it('a telephone whose operator may not see numbers is sent none', async () => {
  const jan = await phone('102');
  const call = await outsideCall(MASKED_LINE);
  await expect.poll(() => jan.invites.length).toBe(1);
  await call.answered();
  await call.hangUp();
  const [invite] = jan.invites;
  await invite?.ended({ withinMs: 10_000 });
  const received = jan.trace.join('\n');
  expect(received).toContain('anonymous');
  expect(holdsNumber(received, CALLER, '420')).toBe(false);
});

it("the company's telephone logs out and in with the gateway's feature code", async () => {
  const [gateway] = gateways;
  if (gateway === undefined) throw new Error('no gateway');
  const eva = await phone('101');
  const call = await eva.dial('*45');
  await call.ended({ withinMs: 20_000 });
  const state = async () => (await (await gateway.fetch('/api/v1/handsets/eva/queues')).json()) as object;
  await expect.poll(state).toMatchObject({ queues: [{ logged_in: false }] });
});

it('another gateway beside it leaves its things alone, and is removed without a trace', async () => {
  const { text } = await connect({}, 'other');
  await addLines(text);
  await asterisk.restart();
  const [gateway] = gateways;
  await gateway?.ready();
  const second = await startGateway('other', {
    handsets: [{ name: 'support' }],
    queues: [{ id: 1, name: 'Support', handsets: ['support'] }],
    operators: [],
    trunks: [],
    lines: [{ number: '+420222333446', plan: ['answer', { enqueue: { queue: 1 } }] }],
  });
  const endpoints = () => asterisk.cli('database show ps_endpoints');
  await expect.poll(endpoints).toContain('support');
  expect(await endpoints()).toContain('sales');
  const queues = await asterisk.cli('queue show');
  expect(queues).toMatch(/^q1 has/m);
  expect(queues).toMatch(/^other-q1 has/m);
  await second.stop();
  gateways.splice(gateways.indexOf(second), 1);
  const { code } = await connect({ remove: true }, 'other');
  expect(code).toBe(0);
  expect(await endpoints()).not.toContain('support');
  expect(await endpoints()).toContain('sales');
  expect(await asterisk.cli('queue show')).toMatch(/^q1 has/m);
  await expectOwnCalls();
});

it('an older Asterisk, whose ARI works over HTTP only, is used in the same way', async () => {
  for (const gateway of gateways.splice(0)) await gateway.stop();
  const older = await olderAri(asterisk.ariPort);
  try {
    const gateway = await startGateway('cordboard', {}, older.url);
    expect(gateway.output).toContain('no REST over WebSocket here');
    const eva = await phone('101');
    await expect.poll(async () => (await handset(gateway, 'eva'))?.queues[0]?.state).toBe('free');
    const call = await outsideCall(LINE);
    await call.hears(prompt(1));
    await expect.poll(() => eva.invites.length).toBe(1);
    await call.hangUp();
    await gateways.pop()?.stop();
  } finally {
    older.close();
  }
  await startGateway();
});

it('--remove refuses while the gateway runs, and then leaves nothing behind', async () => {
  await expect(connect({ remove: true })).rejects.toThrow('stop it first');
  for (const gateway of gateways.splice(0)) await gateway.stop();
  untouched = await ownersFiles(etc);
  const { code, text } = await connect({ remove: true });
  expect(code).toBe(0);
  expect(text).toContain('extensions_custom.conf:1: #tryinclude cordboard/extensions.conf');
  expect(await ownersFiles(etc)).toEqual(untouched);
  expect((await readdir(etc)).filter((name) => /cordboard|other/.test(name))).toEqual([]);
  await asterisk.cli('core reload');
  // The cache of media has random file names, which may contain any of the short names below.
  const lines = (await asterisk.cli('database show')).split('\n').filter((line) => !line.includes('bucket-'));
  const database = lines.join('\n');
  for (const trace of ['sales', 'partner', 'cordboard', 'q1', 'support/']) expect(database).not.toContain(trace);
  await expectOwnCalls();
});
