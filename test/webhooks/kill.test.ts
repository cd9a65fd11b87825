import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';

const KILLS = 30;
const MOST_LIFE_MS = 300;

interface Heard {
  call: string;
  seq: number;
  eventId: string;
  body: string;
}

let dir: string;
const heard: Heard[] = [];
/** Requests that the shop has and has not answered. */
let open = 0;
let requests = 0;

const shop = createServer((request, response) => {
  open += 1;
  response.once('close', () => (open -= 1));
  request.on('error', () => undefined);
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    const {
      call_id: call,
      seq,
      event_id: eventId,
    } = JSON.parse(body) as { call_id: string; seq: number; event_id: string };
    heard.push({ call, seq, eventId, body });
    requests += 1;
    // No event fails more than once, so that the test is not long.
    const first = heard.filter((one) => one.eventId === eventId).length === 1;
    const bad = first && requests % 10 === 0;
    setTimeout(() => (bad ? response.destroy() : response.writeHead(200).end('{}')), Math.random() * 60);
  });
});

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-outbox-'));
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
});

afterEach(async () => {
  shop.closeAllConnections();
  shop.close();
  await once(shop, 'close');
  await rm(dir, { recursive: true, force: true });
});

it(
  `killed ${KILLS} times while it delivers: nothing is lost, and what comes twice has the same event id`,
  { timeout: 180_000 },
  async () => {
    const file = path.join(dir, 'outbox.db');
    const stored: string[] = [];
    let killedInFlight = 0;

    const run = async (life: number, calls: number) => {
      const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/telfa/`;
      const script = path.join(import.meta.dirname, 'kill-process.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script, file, url, String(life), String(calls)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: child.stdout });
      const up = once(lines, 'line');
      // It ends by itself too, when nothing waits any more.
      const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]);
      lines.on('line', (line) => {
        if (line.startsWith('stored ')) stored.push(line.slice('stored '.length));
      });
      await up;
      return { child, ended };
    };

    for (let life = 0; life < KILLS; life += 1) {
      const { child, ended } = await run(life, 1000);
      await delay(Math.random() * MOST_LIFE_MS);
      if (open > 0) killedInFlight += 1;
      child.kill('SIGKILL');
      await ended;
    }

    const { child, ended } = await run(KILLS, 0);
    const db = await openDatabase(file);
    const waiting = async () =>
      (await db.selectFrom('webhook_deliveries').where('state', '=', 'waiting').select('id').execute()).length;
    while ((await waiting()) > 0) await delay(200);
    const rows = await db.selectFrom('webhook_deliveries').selectAll().execute();
    await db.destroy();
    child.kill('SIGKILL');
    await ended;

    expect(stored.length).toBeGreaterThan(KILLS);
    expect(killedInFlight).toBeGreaterThan(KILLS / 3);
    const perCall = groupBy(heard, ({ call }) => call);
    for (const call of stored) {
      const seqs = perCall.get(call)?.map(({ seq }) => seq) ?? [];
      expect(new Set(seqs), call).toEqual(new Set([1, 2, 3]));
      expect(seqs, call).toEqual([...seqs].sort((a, b) => a - b));
    }
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['delivered']));
    // The same event is the same event every time, to the letter.
    for (const same of groupBy(heard, ({ call, seq }) => `${call} ${seq}`).values())
      expect(new Set(same.map(({ eventId, body }) => `${eventId} ${body}`)).size).toBe(1);
    expect(heard.length).toBeGreaterThan(rows.length);
  },
);

function groupBy<T>(all: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
