import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDataFolder } from '../../src/app/data-folder.js';
import { COMPANY_LEASE, readLease } from '../../src/storage/node-lease/lease-rows.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { onServer, PostgresServer } from '../support/postgres-server.js';
import { Shop, text } from '../support/shop.js';
import { callerOf, Phone, prompt, type PhoneCall } from '../support/sip/caller.js';

/** Two gateways, each with an Asterisk of its own (a node), on one PostgreSQL and for one company. */

const P = { menu: 1, chosen: 2, news: 3 };
const LINE = '+420222333441';
const NEW_LINE = '+420222333442';
const LATER = { skipping: true, withinMs: 30_000 };
const YAML = { 'content-type': 'application/yaml' };

let server: PostgresServer;
let asterisks: TestAsterisk[] = [];
let hooks: Shop;
let a: Gateway;
let b: Gateway;
const phones: Phone[] = [];
let databaseUrl = '';

beforeAll(async () => {
  hooks = await new Shop(() => text('')).start();
  [server, ...asterisks] = await Promise.all([
    PostgresServer.start(),
    startAsterisk({ variables: { SYSTEM_NAME: 'a' } }),
    startAsterisk({ variables: { SYSTEM_NAME: 'b' } }),
  ]);
  databaseUrl = await server.createDatabase();
  const menu = { prompt: P.menu, timeout: '60s', keys: { '7': [{ play: P.chosen }, 'hang_up'] } };
  const company = {
    country: 'CZ',
    languages: ['cs'],
    prompts: prompts(...Object.values(P)),
    webhooks: [{ name: 'shop', url: hooks.url }],
    lines: [{ number: LINE, plan: ['answer', { menu }] }],
  };
  const [first, second] = asterisks as [TestAsterisk, TestAsterisk];
  const env = { DATABASE_URL: databaseUrl };
  a = await Gateway.start({ asterisk: first.gatewayEnv(), company, env });
  const shared = { CORDBOARD_DATA: path.dirname(a.database), CORDBOARD_API_TOKEN: a.token };
  b = await Gateway.start({ asterisk: second.gatewayEnv(), company, env: { ...env, ...shared, NODE: 'b' } });
});

afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await b.stop();
  await a.stop();
  await hooks.stop();
  await Promise.all(asterisks.map((asterisk) => asterisk.stop()));
  await server.stop();
});

/** A caller of each node who hears the menu. */
async function callers(): Promise<{ onA: PhoneCall; onB: PhoneCall }> {
  const [onA, onB] = (await Promise.all(
    asterisks.map(async ({ sipPort }, node) => {
      const user = `+4206010020${phones.length + node}0`;
      const phone = await new Phone({ server: { host: '127.0.0.1', port: sipPort }, user }).start();
      return phone;
    }),
  ).then((started) => {
    phones.push(...started);
    return Promise.all(started.map((phone) => phone.dial(LINE)));
  })) as [PhoneCall, PhoneCall];
  await Promise.all([onA.hears(prompt(P.menu), LATER), onB.hears(prompt(P.menu), LATER)]);
  return { onA, onB };
}

async function idOf(call: PhoneCall, gateway: Gateway): Promise<string> {
  const [found] = await gateway.calls(callerOf(call));
  return found?.id ?? '';
}

const running = async (gateway: Gateway) =>
  (await gateway.calls()).flatMap(({ id, ended_at }) => (ended_at === null ? [id] : [])).sort();

/** Its events arrived, each once and in order. */
async function eventsArrive(call: PhoneCall): Promise<void> {
  const number = callerOf(call).replace(/^\+420/, '');
  const ofCall = () => hooks.requests.filter(({ fields }) => fields['caller_number'] === number);
  await hooks.request(({ fields }) => fields['caller_number'] === number && fields['event'] === 'hangup', {
    withinMs: 30_000,
  });
  expect(ofCall().map(({ fields }) => fields['seq'])).toEqual(ofCall().map((_, index) => index + 1));
}

async function companyHolder(): Promise<string> {
  const db = await openDataFolder({ dataDir: path.dirname(a.database), databaseUrl, sqlite: {} });
  try {
    return (await readLease(db, COMPANY_LEASE)).owner ?? '';
  } finally {
    await db.destroy();
  }
}

it('each gateway runs the calls of its node, shows those of both, and passes commands on', async () => {
  const { onA, onB } = await callers();
  const ids = [await idOf(onA, a), await idOf(onB, a)];
  expect(await running(a)).toEqual([...ids].sort());
  expect(await running(b)).toEqual([...ids].sort());
  const [idA, idB] = ids;
  expect((await a.fetch(`/api/v1/calls/${idB}/hangup`, { method: 'POST' })).status).toBeLessThan(300);
  expect((await b.fetch(`/api/v1/calls/${idA}/hangup`, { method: 'POST' })).status).toBeLessThan(300);
  await Promise.all([onA.ended(LATER), onB.ended(LATER)]);
  await Promise.all([eventsArrive(onA), eventsArrive(onB)]);
  const stranger = { method: 'POST', body: '{}', headers: { 'x-cordboard-peer': 'guessed 127.0.0.1' } };
  expect((await fetch(`${a.url}/peer/flows`, stranger)).status).toBe(503);
  expect((await fetch(`${a.url}/peer/flows`, { method: 'POST', body: '{}' })).status).toBe(404);
});

it('a change of the company that is made through one gateway counts for the calls of both', async () => {
  const document = await (await b.fetch('/api/v1/config', { headers: { accept: 'application/yaml' } })).text();
  const line = `\n  - number: "${NEW_LINE}"\n    plan: [answer, { play: ${P.news} }, hang_up]\n`;
  const body = document.replace(/^lines:\n/m, (start) => `${start.trimEnd()}${line}`);
  await b.api('/api/v1/config', { method: 'PUT', body, headers: YAML });
  const version = async (gateway: Gateway) => (await gateway.fetch('/api/v1/config')).headers.get('etag');
  const changed = await version(b);
  await becomes('the other gateway has the change', async () => (await version(a)) === changed);
  const call = await phones[0]!.dial(NEW_LINE);
  await call.hears(prompt(P.news), LATER);
  await call.ended(LATER);
});

it('a gateway that is killed takes nothing from the other node, and finds its calls again', async () => {
  const { onA, onB } = await callers();
  await b.kill();
  await onA.press('7');
  await onA.hears(prompt(P.chosen), LATER);
  await onA.ended(LATER);
  const left = await idOf(onB, a);
  await becomes('only its own call is over', async () => (await running(a)).join() === left);
  await b.run();
  await b.ready();
  await onB.press('7');
  await onB.hears(prompt(P.chosen), LATER);
  await onB.ended(LATER);
  await Promise.all([eventsArrive(onA), eventsArrive(onB)]);
});

it('the other gateway delivers webhooks when the one that did is killed', async () => {
  const holder = await companyHolder();
  const [killed, other] = holder.includes(`:${a.port}`) ? [a, b] : [b, a];
  const { onA, onB } = await callers();
  const [its, others] = killed === a ? [onA, onB] : [onB, onA];
  await killed.kill();
  await others.press('7');
  await others.ended(LATER);
  await eventsArrive(others);
  expect(await companyHolder()).toContain(`:${other.port}`);
  await killed.run();
  await killed.ready();
  await its.press('7');
  await its.ended(LATER);
  await eventsArrive(its);
  expect(await companyHolder()).toContain(`:${other.port}`);
  const sent = hooks.requests.map(({ fields }) => fields['event_id']);
  expect(new Set(sent).size).toBe(sent.length);
});

it('a gateway that loses only what one does for all nodes stops in order, and goes on with its calls', async () => {
  const holder = (await companyHolder()).includes(`:${a.port}`) ? a : b;
  const { onA, onB } = await callers();
  const its = holder === a ? onA : onB;
  await onServer(
    databaseUrl,
    `update node_leases set owner = 'x', epoch = epoch + 1, beat = beat + 1 where node = '${COMPANY_LEASE}'`,
  );
  await holder.died();
  expect(holder.exitCode).toBe(4);
  expect(holder.output).toContain('lost what one gateway does for all nodes');
  await holder.run();
  await holder.ready();
  await its.press('7');
  await its.hears(prompt(P.chosen), LATER);
  await Promise.all([onA, onB].map((call) => call.hangUp()));
  await Promise.all([eventsArrive(onA), eventsArrive(onB)]);
});
