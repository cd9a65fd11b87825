import { MINUTE_MS } from '../../../src/lib/time.js';
import type { Gateway } from '../../support/gateway.js';
import { messageOf } from '../../../src/lib/error-message.js';
import { copyId } from './multiply.js';
import { latencies, type Latencies } from '../lib/statistics.js';

/** What people and programs read of a long history. */

const PAGES_DOWN = 20;
/** A read that takes longer is given up. */
const READ_WITHIN_MS = 5 * MINUTE_MS;
const TIME_FOR_EACH_MS = 15_000;
/** A read that takes longer at first is not measured: all reads must have ended when the first clean-up begins. */
const FIRST_READ_WITHIN_MS = 10_000;

interface Page {
  calls: { id: string }[];
  next: string | null;
}

type Read = (gateway: Gateway, signal: AbortSignal) => Promise<unknown>;

const get =
  (address: string): Read =>
  (gateway, signal) =>
    gateway.api(address, { signal });

const reads: Record<string, Read> = {
  'newest 100 calls': get('/api/v1/calls?limit=100'),
  [`page ${PAGES_DOWN} of 100`]: async (gateway, signal) => gateway.api(await deepPage(gateway), { signal }),
  'calls of an outcome': get('/api/v1/calls?limit=100&outcome=served'),
  'a handset that took none': get('/api/v1/calls?limit=100&handset=nobody'),
  'one call with its timeline': get(`/api/v1/calls/${copyId(5000)}`),
  'all of a person': (gateway, signal) =>
    gateway.api('/api/v1/people/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number: '+420608005000' }),
      signal,
    }),
};

const deepPages = new WeakMap<Gateway, string>();

/** Address of a page far down; found once. */
async function deepPage(gateway: Gateway): Promise<string> {
  const known = deepPages.get(gateway);
  if (known !== undefined) return known;
  let address = '/api/v1/calls?limit=100';
  for (let page = 1; page < PAGES_DOWN; page += 1) {
    const { next } = await gateway.api<Page>(address);
    if (next !== null) address = `/api/v1/calls?limit=100&cursor=${encodeURIComponent(next)}`;
  }
  deepPages.set(gateway, address);
  return address;
}

/** The reads that this gateway knows and answers in time; an old revision may lack one. */
export async function knownReads(gateway: Gateway): Promise<string[]> {
  const known: string[] = [];
  for (const [name, read] of Object.entries(reads))
    try {
      await read(gateway, AbortSignal.timeout(FIRST_READ_WITHIN_MS));
      known.push(name);
    } catch (error) {
      console.error(`not read: ${name}: ${messageOf(error)}`);
    }
  return known;
}

/** Milliseconds of each read, one after another: so many times, or until it has taken a while in all. */
export async function timeReads(
  gateway: Gateway,
  names: readonly string[],
  times: number,
): Promise<Record<string, Latencies>> {
  const results: Record<string, Latencies> = {};
  for (const name of names) {
    const taken: number[] = [];
    const until = performance.now() + TIME_FOR_EACH_MS;
    while (taken.length < times && (taken.length === 0 || performance.now() < until)) {
      const from = performance.now();
      await reads[name]?.(gateway, AbortSignal.timeout(READ_WITHIN_MS));
      taken.push(performance.now() - from);
    }
    results[name] = latencies(taken);
  }
  return results;
}

/** Reads all of it again and again until the signal aborts, also in the middle of a read. Resolves with the number of reads. */
export async function readUntil(gateway: Gateway, names: readonly string[], signal: AbortSignal): Promise<number> {
  let made = 0;
  for (; !signal.aborted; made += 1)
    await reads[names[made % names.length] ?? '']?.(gateway, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  return made;
}
