import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import type { App } from '../../src/app.js';
import { createApp } from '../support/app.js';
import { readConfig } from '../../src/config.js';
import { formatCompany, readDocument } from '../../src/company/document/document.js';
import { ADOPT_FILE } from '../../src/storage/installation.js';
import { openDatabase } from '../../src/storage/database.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';
import { freePort } from '../support/ports.js';
import { faults, say, Shop, text } from '../support/shop.js';
import { toneWav } from '../support/tones.js';
import {
  moveServer,
  PumpedClock,
  queueVisitsIn,
  RestoredAsterisk,
  restoreChannels,
  serverNames,
  type Fixture,
  type ServerName,
} from './earlier-versions-harness.js';

/** Data that earlier versions wrote (test/data/earlier-versions) is read, and their calls in progress go on to their end. */

const running = vi.hoisted((): { asterisk?: unknown; clock?: unknown } => ({}));
vi.mock('../../src/asterisk/asterisk.js', () => ({
  Asterisk: function Asterisk() {
    return running.asterisk;
  },
}));
vi.mock('../../src/lib/clock.js', () => ({
  get systemClock() {
    return running.clock;
  },
}));

const PASSWORD = 'fixture password, not a secret';
const TOKEN = 'token-of-this-test';
const WAIT = { timeout: 30_000 };
const HOUR_MS = 3_600_000;

interface Call {
  id: string;
  caller: string;
  ended_at: string | null;
  ended_by: string | null;
}

interface Delivery {
  call_id: string;
  seq: number;
  event: string;
}

const ENDED = [
  ['menu', 'plan'],
  ['handed', 'plan'],
  ['queued', 'handset'],
  ['talked', 'caller'],
  ['abandoned', 'caller'],
];
const RUNNING = ['a bridge', 'choosing', 'question', 'talks', 'waits'];
const isRunning = ({ ended_at: at }: Call): boolean => at === null;

const folderOf = (version: string) => path.join(import.meta.dirname, '../data/earlier-versions', version);

const OWN_TABLES = "name not like 'sqlite_%' and name not like 'kysely_%'";

/** The number of rows of each table. */
async function countRows(filename: string): Promise<Record<string, number>> {
  const connection = await openConnection({ filename, pragmas: [] });
  const rowsOf = async (sql: string) => (await connection.execute({ sql, parameters: [] })).rows;
  const tables = (await rowsOf(`select name from sqlite_master where type = 'table' and ${OWN_TABLES}`)) as {
    name: string;
  }[];
  const counts: Record<string, number> = {};
  for (const { name } of tables)
    counts[name] = ((await rowsOf(`select count(*) as n from "${name}"`)) as { n: number }[])[0]?.n ?? 0;
  await connection.close();
  return counts;
}

async function countIn(filename: string, from: string): Promise<number> {
  const connection = await openConnection({ filename, pragmas: [] });
  const { rows } = await connection.execute({ sql: `select count(*) as n from ${from}`, parameters: [] });
  await connection.close();
  return (rows as { n: number }[])[0]?.n ?? Number.NaN;
}

describe.each(['f1555d6', '586b8ed'])('data of the version %s', (version) => {
  let fixture: Fixture;
  let dir: string;
  let clock: PumpedClock;
  let asterisk: RestoredAsterisk;
  let servers: Record<ServerName, Shop>;
  let app: App | undefined;
  let url: string;

  const api = async <T>(pathname: string, init: RequestInit = {}): Promise<T> => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/v1${pathname}`, { headers, ...init });
    const content = await response.text();
    if (!response.ok) throw new Error(`${pathname}: ${response.status} ${content}`);
    return (content === '' ? undefined : JSON.parse(content)) as T;
  };
  const callOf = async (name: string): Promise<Call | undefined> => {
    const { calls } = await api<{ calls: Call[] }>('/calls?limit=200');
    const local = fixture.callers[name]?.replace('+420', '') ?? '';
    return calls.find(({ caller }) => caller.endsWith(local));
  };
  const nameOf = (caller: string): string =>
    Object.entries(fixture.callers).find(([, number]) => caller !== '' && number.endsWith(caller))?.[0] ?? 'a bridge';
  const handsetPassword = async (name: string) =>
    (await readFile(path.join(dir, 'data/secrets', `handset-${name}`), 'utf8')).trim();
  const waitingFor = async (hook: string) =>
    (await api<{ deliveries: unknown[] }>(`/webhooks/deliveries?webhook=${hook}&state=waiting&limit=200`)).deliveries
      .length;
  const channelOf = (name: string): string => {
    const found = fixture.channels.find(({ caller }) => caller.number === fixture.callers[name]);
    if (found === undefined) throw new Error(`no channel of ${name}`);
    return found.id;
  };
  const endOf = async (name: string) => {
    await expect.poll(async () => (await callOf(name))?.ended_at, WAIT).not.toBeNull();
    return (await callOf(name))?.ended_by;
  };

  beforeEach(async () => {
    const folder = folderOf(version);
    fixture = JSON.parse(await readFile(path.join(folder, 'state.json'), 'utf8')) as Fixture;
    dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-earlier-'));
    const dataDir = path.join(dir, 'data');
    await mkdir(dataDir);
    await mkdir(path.join(dir, 'sounds/cs'), { recursive: true });
    for (const id of [20, 21, 22, 23, 24, 25])
      await writeFile(path.join(dir, `sounds/cs/p${id}.wav`), toneWav(id, 'cs', 400));
    servers = {
      shop: await new Shop(() => say.goOn()).start(),
      hooks: await new Shop(() => text('')).start(),
      down: await new Shop(() => faults.status(503)).start(),
    };
    const file = path.join(dataDir, 'cordboard.db');
    await writeFile(file, gunzipSync(await readFile(path.join(folder, 'cordboard.db.gz'))));
    await writeFile(path.join(dataDir, ADOPT_FILE), '');
    clock = new PumpedClock(fixture.killedAt + 2000);
    asterisk = new RestoredAsterisk(clock);
    const visits = await queueVisitsIn(file);
    const db = await openDatabase(file);
    for (const name of serverNames) await moveServer(db, fixture.addresses[name], servers[name].url);
    await restoreChannels(visits, fixture, asterisk, clock);
    await db.destroy();
    running.asterisk = asterisk;
    running.clock = clock;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const config = readConfig({
      HTTP_PORT: String(port),
      CORDBOARD_DATA: dataDir,
      CORDBOARD_API_TOKEN: TOKEN,
      CORDBOARD_EXAMPLE: 'none',
      CORDBOARD_SOUNDS: path.join(dir, 'sounds'),
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      LOG_LEVEL: process.env['EARLIER_LOG'] ?? 'silent',
    });
    const created = (app = await createApp(config));
    await created.start();
    clock.run();
  });
  afterEach(async () => {
    await app?.stop('over');
    clock.halt();
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
  });

  it('keeps the rows of every table, and the effects without an acknowledgement', async () => {
    const file = path.join(dir, 'migrated.db');
    await writeFile(file, gunzipSync(await readFile(path.join(folderOf(version), 'cordboard.db.gz'))));
    const { intents, ...before } = await countRows(file);
    expect(intents).toBeGreaterThan(0);
    const wanted = await countIn(file, `intents join flows on flows.id = flow_id where acked_at is null and over = 0`);
    await (await openDatabase(file)).destroy();
    const after = await countRows(file);
    // Which gateways can use the tables.
    expect(after).toMatchObject({ ...before, meta: (before['meta'] ?? 0) + 1 });
    // The effects without an acknowledgement are in the rows of their flows.
    expect(await countIn(file, 'flows, json_each(flows.pending) where over = 0')).toBe(wanted);
    expect(after).not.toHaveProperty('intents');
  });

  it('shows the calls that have ended', async () => {
    const { calls } = await api<{ calls: Call[] }>('/calls?limit=200');
    const ended = calls.filter(({ ended_at: at }) => at !== null);
    const ends = ended.map(({ caller, ended_by: by }) => [nameOf(caller), by]);
    expect(ends).toEqual(expect.arrayContaining(ENDED));
    for (const { id } of ended) {
      const { timeline } = await api<{ timeline: unknown[] }>(`/calls/${encodeURIComponent(id)}`);
      expect(timeline.length, id).toBeGreaterThan(1);
    }
    const outcomes = { answered: ['queued', 'talked'], lost: ['abandoned'], served: ['handed', 'menu'] };
    for (const [outcome, names] of Object.entries(outcomes)) {
      const found = await api<{ calls: Call[] }>(`/calls?outcome=${outcome}&limit=200`);
      expect(
        found.calls.map(({ caller }) => nameOf(caller)),
        outcome,
      ).toEqual(expect.arrayContaining(names));
    }
    const states = [fixture.ids.over, fixture.ids.bridged].map((id) => api<{ state: string }>(`/bridges/${id}`));
    expect((await Promise.all(states)).map(({ state }) => state)).toEqual(['ended', 'bridged']);
    expect(await api(`/notifications/${fixture.ids.heard}`)).toMatchObject({ state: 'done', result: 'delivered' });
  });

  it('accepts the stored passwords and tokens', async () => {
    const signIn = (password: string) =>
      api('/me', { headers: { authorization: `Basic ${btoa(`jana@shop.example:${password}`)}` } });
    expect(await signIn(PASSWORD)).toMatchObject({ scopes: expect.arrayContaining(['config:write']) as unknown });
    await expect(signIn(`${PASSWORD}.`)).rejects.toThrow('401');
    expect(await api('/tokens')).toMatchObject({ tokens: [{ name: 'crm', scopes: ['calls:read'] }] });
  });

  it('continues each call to its end', async () => {
    const runningCalls = async () => (await api<{ calls: Call[] }>('/calls?limit=200')).calls.filter(isRunning);
    expect((await runningCalls()).map(({ caller }) => nameOf(caller)).sort()).toEqual(RUNNING);

    // The two digits that were typed before are not lost.
    asterisk.press(channelOf('question'), '01');
    expect(await endOf('question')).toBe('plan');
    const [typed] = servers.shop.requests.filter(({ fields }) => fields['received_digits'] !== undefined);
    expect(typed?.fields).toMatchObject({ received_digits: '1001', place: 'asked', caller_number: '777100011' });

    asterisk.press(channelOf('choosing'), '5');
    expect(await endOf('choosing')).toBe('plan');

    asterisk.farEndHangsUp(channelOf('talks'));
    expect(await endOf('talks')).toBe('caller');

    const talking = new Promise((resolve) => asterisk.onTalk(resolve));
    asterisk.setCallee('PJSIP/a1', { type: 'answers', afterMs: 100 });
    asterisk.register({ name: 'a1', password: await handsetPassword('a1') });
    await api('/handsets/a1/log-in', { method: 'POST', body: '{}' });
    expect(await talking).toBe(channelOf('waits'));
    asterisk.handsetHangsUp(channelOf('waits'));
    expect(await endOf('waits')).toBe('handset');

    asterisk.farEndHangsUp(`${fixture.ids.bridged}~a`);
    await expect.poll(() => api(`/bridges/${fixture.ids.bridged}`), WAIT).toMatchObject({ state: 'ended' });
    await expect.poll(runningCalls, WAIT).toEqual([]);
    expect(await asterisk.listChannels()).toEqual([]);
    expect(await asterisk.listBridges()).toEqual([]);

    // The events of a call have consecutive numbers across both versions.
    const { deliveries } = await api<{ deliveries: Delivery[] }>('/webhooks/deliveries?webhook=shop&limit=200');
    for (const name of ['question', 'choosing', 'talks', 'waits']) {
      const id = (await callOf(name))?.id;
      const events = deliveries.filter(({ call_id }) => call_id === id).sort((a, b) => a.seq - b.seq);
      expect(
        events.map(({ seq }) => seq),
        name,
      ).toEqual(events.map((_, index) => index + 1));
      expect([events[0]?.event, events.at(-1)?.event], name).toEqual(['call_started', 'hangup']);
    }
  });

  it('delivers the waiting deliveries in order, and repeats the notification', async () => {
    expect(await waitingFor('down')).toBeGreaterThan(20);
    servers.down.behave(() => text(''));
    clock.advanceBy(HOUR_MS);
    await expect
      .poll(() => api(`/notifications/${fixture.ids.waiting}`), WAIT)
      .toMatchObject({ state: 'done', result: 'delivered', attempts: [{ outcome: 'busy' }, { outcome: 'heard' }] });
    await expect.poll(() => waitingFor('down'), WAIT).toBe(0);
    const seqs = new Map<unknown, number[]>();
    for (const { fields } of servers.down.requests) {
      const about = fields['call_id'] ?? fields['bridge_id'] ?? fields['notification_id'];
      seqs.set(about, [...(seqs.get(about) ?? []), Number(fields['seq'])]);
    }
    for (const numbers of seqs.values()) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('reads and writes the document of the company', async () => {
    const stored = await readFile(path.join(folderOf(version), 'company.yaml'), 'utf8');
    const read = readDocument(stored, 'company.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const written = readDocument(formatCompany(read.document.company), 'written.yaml');
    if (!written.ok) throw new Error(JSON.stringify(written.problems));
    expect(written.document.company).toEqual(read.document.company);
    let exported = await (
      await fetch(`${url}/api/v1/config`, { headers: { authorization: `Bearer ${TOKEN}` } })
    ).text();
    for (const name of serverNames) exported = exported.replaceAll(servers[name].url, fixture.addresses[name]);
    expect(parse(exported)).toEqual(parse(formatCompany(read.document.company)));
  });
});
