import type { Gateway } from '../../support/gateway.js';
import { messageOf } from '../../../src/lib/error-message.js';
import { latencies, type Latencies } from '../lib/statistics.js';

/** What people and programs read of a long history. */

const PAGES_DOWN = 20;

interface Page {
  calls: { id: string }[];
  next: string | null;
}

type Read = (gateway: Gateway) => Promise<unknown>;

const reads: Record<string, Read> = {
  'newest 100 calls': (gateway) => gateway.api('/api/v1/calls?limit=100'),
  [`page ${PAGES_DOWN} of 100`]: async (gateway) => gateway.api(await deepPage(gateway)),
  'calls of an outcome': (gateway) => gateway.api('/api/v1/calls?limit=100&outcome=served'),
  'a handset that took none': (gateway) => gateway.api('/api/v1/calls?limit=100&handset=nobody'),
  'one call with its timeline': (gateway) => gateway.api('/api/v1/calls/copy-5000'),
  'all of a person': (gateway) =>
    gateway
      .fetch('/api/v1/people/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number: '+420608005000' }),
      })
      .then(async (response) => {
        const text = await response.text();
        if (!response.ok) throw new Error(`${response.status} ${text}`);
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

/** The reads that this gateway knows; an old revision may lack one. */
export async function knownReads(gateway: Gateway): Promise<string[]> {
  const known: string[] = [];
  for (const [name, read] of Object.entries(reads))
    try {
      await read(gateway);
      known.push(name);
    } catch (error) {
      console.error(`not read: ${name}: ${messageOf(error)}`);
    }
  return known;
}

/** Milliseconds of each read, one after another. */
export async function timeReads(
  gateway: Gateway,
  names: readonly string[],
  times: number,
): Promise<Record<string, Latencies>> {
  const results: Record<string, Latencies> = {};
  for (const name of names) {
    const taken: number[] = [];
    for (let turn = 0; turn < times; turn += 1) {
      const from = performance.now();
      await reads[name]?.(gateway);
      taken.push(performance.now() - from);
    }
    results[name] = latencies(taken);
  }
  return results;
}

/** Reads all of it again and again until the signal aborts. Resolves with the number of reads. */
export async function readUntil(gateway: Gateway, names: readonly string[], signal: AbortSignal): Promise<number> {
  let made = 0;
  for (; !signal.aborted; made += 1) await reads[names[made % names.length] ?? '']?.(gateway);
  return made;
}
