import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';

/** Outboxes side by side, each with a database of its own; one process of each lives at a time. */
const OUTBOXES = 2;
/** Half of them meet a request without an answer, the others a request that has just been answered. */
const KILLS = 100;
/** A life ends at one of its first requests. */
const MOST_REQUESTS = 40;
const MOST_ANSWER_MS = 40;
/** What one webhook may have under way. */
const AT_ONCE = 8;

interface Heard {
  call: string;
  seq: number;
  eventId: string;
  body: string;
}

let dir: string;
let program: string;
const heard: Heard[] = [];
const times = new Map<string, number>();
/** Answers that the shop broke off. */
let broken = 0;
type Moment = 'arrived' | 'answered';
/** Told what happens to each request: the outbox, and what has happened. */
const watchers = new Set<(outbox: string, moment: Moment) => void>();
const tell = (outbox: string, moment: Moment) => watchers.forEach((watch) => watch(outbox, moment));

const shop = createServer((request, response) => {
  const outbox = request.url ?? '';
  response.once('finish', () => tell(outbox, 'answered'));
  request.on('error', () => undefined);
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    const { call_id: call, seq, event_id: eventId } = JSON.parse(body) as Record<string, string> & { seq: number };
    heard.push({ call: call ?? '', seq, eventId: eventId ?? '', body });
    const time = (times.get(eventId ?? '') ?? 0) + 1;
    times.set(eventId ?? '', time);
    // No event fails more than once, so that the test is not long.
    const bad = time === 1 && heard.length % 20 === 0;
    if (bad) broken += 1;
    setTimeout(() => (bad ? response.destroy() : response.writeHead(200).end('{}')), Math.random() * MOST_ANSWER_MS);
    tell(outbox, 'arrived');
  });
});

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-outbox-'));
  // As deep as the file that reads the version in package.json.
  program = path.join(dir, 'dist/lib/outbox.mjs');
  await bundle(program);
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
});

afterEach(async () => {
  shop.closeAllConnections();
  shop.close();
  await once(shop, 'close');
  await rm(dir, { recursive: true, force: true });
});

/** One file, so that a life begins in a quarter of a second. */
async function bundle(outfile: string): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  for (const name of ['node_modules', 'package.json']) await symlink(path.join(root, name), path.join(dir, name));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'kill-process.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['sqlite3'],
    banner: {
      js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`,
    },
    logLevel: 'error',
  });
}

/** One outbox in its database, and the processes that deliver from it, one after another. */
class Outbox {
  readonly stored: string[] = [];
  readonly file: string;
  kills = 0;
  #life = 0;

  constructor(private readonly name: string) {
    this.file = path.join(dir, `${name}.db`);
  }

  /** Killed while it delivers, again and again. */
  async killRepeatedly(): Promise<void> {
    while (this.kills < KILLS / OUTBOXES) await this.#live(this.kills % 2 === 0 ? 'arrived' : 'answered');
  }

  async #live(end: Moment): Promise<void> {
    const { child, ended, firstStored } = await this.#run(1000);
    await firstStored;
    await this.#killAt(child, end, 1 + Math.floor(Math.random() * MOST_REQUESTS));
    this.kills += 1;
    await ended;
  }

  /** Kills it at that moment of a request, counted from now on, and not a turn of the event loop later. */
  #killAt(child: ChildProcess, end: Moment, request: number): Promise<void> {
    let left = request;
    return new Promise((resolve, reject) => {
      const onExit = () => settle(() => reject(new Error('it ended before it was killed')));
      const watch = (outbox: string, moment: Moment) => {
        if (outbox !== `/${this.name}` || moment !== end || --left > 0) return;
        child.kill('SIGKILL');
        settle(resolve);
      };
      const settle = (how: () => void) => {
        watchers.delete(watch);
        child.off('exit', onExit);
        how();
      };
      watchers.add(watch);
      child.once('exit', onExit);
    });
  }

  /** Until nothing waits. Resolves with the state of each delivery that was ever stored, by call. */
  async drain(): Promise<Map<string, string[]>> {
    const { child, ended } = await this.#run(0);
    const db = await openDatabase(this.file);
    const waiting = async () =>
      (await db.selectFrom('webhook_deliveries').where('state', '=', 'waiting').select('id').execute()).length;
    while ((await waiting()) > 0) await delay(100);
    const rows = await db.selectFrom('webhook_deliveries').select(['flow_id', 'state']).execute();
    await db.destroy();
    child.kill('SIGKILL');
    await ended;
    return new Map(groupBy(rows, (row) => row.flow_id).map(([call, each]) => [call, each.map(({ state }) => state)]));
  }

  async #run(calls: number): Promise<{ child: ChildProcess; ended: Promise<unknown>; firstStored: Promise<unknown> }> {
    const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/${this.name}`;
    this.#life += 1;
    const child = spawn(process.execPath, [program, this.file, url, `${this.name}_${this.#life}`, String(calls)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const up = once(lines, 'line');
    // It ends by itself too, when nothing waits any more.
    const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]);
    let hasStored = () => {};
    const stored = new Promise<void>((resolve) => (hasStored = resolve));
    lines.on('line', (line) => {
      if (!line.startsWith('stored ')) return;
      this.stored.push(line.slice('stored '.length));
      hasStored();
    });
    await Promise.race([up, ended.then(() => Promise.reject(new Error('it did not come up')))]);
    return { child, ended, firstStored: Promise.race([stored, ended]) };
  }
}

it(
  `killed ${KILLS} times while it delivers: nothing is lost, and what comes twice has the same event id`,
  // Ends a test that hangs: nearly all of the time is that of processes that start.
  { timeout: 1_800_000 },
  async () => {
    const outboxes = Array.from({ length: OUTBOXES }, (_, index) => new Outbox(`o${index}`));
    const lives = await Promise.all(
      outboxes.map(async (outbox) => {
        await outbox.killRepeatedly();
        return outbox.drain();
      }),
    );
    const calls = new Map(lives.flatMap((each) => [...each]));
    const receivedByCall = new Map(groupBy(heard, ({ call }) => call));

    const stored = outboxes.flatMap((outbox) => outbox.stored);
    const kills = outboxes.reduce((sum, one) => sum + one.kills, 0);
    expect(stored.length).toBeGreaterThanOrEqual(kills);
    expect(kills).toBe(KILLS);
    // What was said to be stored is there, and all that is there was heard, in its order.
    for (const call of stored) expect(calls.has(call), call).toBe(true);
    for (const [call, states] of calls) {
      expect(states, call).toEqual(['delivered', 'delivered', 'delivered']);
      const seqs = receivedByCall.get(call)?.map(({ seq }) => seq) ?? [];
      expect(new Set(seqs), call).toEqual(new Set([1, 2, 3]));
      expect(seqs, call).toEqual([...seqs].sort((a, b) => a - b));
    }
    // Nothing else was heard, and the same event is the same every time, to the letter.
    expect([...receivedByCall.keys()].sort()).toEqual([...calls.keys()].sort());
    for (const [, same] of groupBy(heard, ({ call, seq }) => `${call} ${seq}`))
      expect(new Set(same.map(({ eventId, body }) => `${eventId} ${body}`)).size).toBe(1);
    // Twice comes only what was broken off, by the shop or by a kill.
    const again = heard.length - times.size;
    expect(again).toBeGreaterThanOrEqual(KILLS / 2);
    expect(again).toBeLessThanOrEqual(broken + kills * AT_ONCE);
  },
);

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups];
}
