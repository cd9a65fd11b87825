import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Documents } from '../../src/app/documents.js';
import { JobFailed, WorkerQueue } from '../../src/lib/worker-queue.js';
import { companySchema } from '../../src/company/company.js';
import { simulateRoutes } from '../../src/company/simulate-routes.js';
import { asAdmin, startServer } from '../http/http-harness.js';

/** Threads run JavaScript: of these modules the tests use the built ones. */
const { Documents: BuiltDocuments } = (await import(path.resolve('dist/app/documents.js'))) as {
  Documents: typeof Documents;
};

let documents: Documents;

beforeEach(() => {
  const company = companySchema.parse({ version: 1 });
  documents = new BuiltDocuments(
    { soundsDir: 'sounds', webhookSecrets: {}, logLevel: 'silent' },
    { company, promptFacts: { ids: { '7': 'gone' }, present: [], next: 8 } },
  );
});
afterEach(() => documents.stop());

it('lints in a thread, without blocking the event loop', async () => {
  const wrong = Array.from({ length: 3_000 }, (_, index) => `  p${index}: [{go_to_part: q${index}}]`).join('\n');
  const before = performance.eventLoopUtilization();
  const linted = await documents.lint(`version: 1\nparts:\n${wrong}\n`);
  const { active, idle } = performance.eventLoopUtilization(before);
  expect(linted).toMatchObject({ ok: true });
  expect(active).toBeLessThan(idle);
});

it('knows the ids that prompts had', async () => {
  const read = await documents.read('version: 1\nprompts:\n  - { id: 7, name: other }\n');
  expect(read).toMatchObject({ ok: true, company: { prompts: [{ id: 7 }] } });
  const problems = read.ok ? read.checked.problems : [];
  expect(problems.map(({ message }) => message)).toContain('prompt 7 was "gone"; ids of prompts are not used again');
});

const plain = { keys: '', pause: false, nobody_answers: false };

it('simulates a call', async () => {
  const source = "version: 1\nlines:\n  - { number: '+420222333444', plan: [hang_up] }\n";
  expect(await documents.simulate(source, { ...plain, line: '+420222333444' })).toMatchObject({
    ok: true,
    call: { line: '+420222333444', ended_by: 'plan' },
  });
  expect(await documents.simulate(source, { ...plain, line: '+420999999999' })).toMatchObject({
    ok: false,
    why: expect.stringContaining('there is no line') as unknown,
  });
});

it('ends a simulated call whose client has left, and its request to the shop', async () => {
  let requests = 0;
  let asked: (() => void) | undefined;
  let leftAlone: (() => void) | undefined;
  const [shopAsked, shopLeft] = [
    new Promise<void>((done) => (asked = done)),
    new Promise<void>((done) => (leftAlone = done)),
  ];
  const shop = createServer((_, response) => {
    requests += 1;
    asked?.();
    response.once('close', () => leftAlone?.());
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const { port } = shop.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/launch.php?s=telfa`;
  const server = await startServer(simulateRoutes({ documents, draftSource: () => Promise.reject(new Error()) }));
  const config = `version: 1
lines: [{ number: '+420222333444', plan: [${`{ hand_over: { url: '${url}' } }, `.repeat(15)} hang_up] }]
`;
  const leaving = new AbortController();
  const post = (body: object, signal?: AbortSignal) =>
    fetch(`${server.url}/api/v1/simulate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...asAdmin },
      body: JSON.stringify({ line: '+420222333444', config, ...body }),
      signal: signal ?? null,
    });
  const first = post({}, leaving.signal).catch((error: unknown) => (error as Error).name);
  await shopAsked;
  leaving.abort();
  expect(await first).toBe('AbortError');
  await shopLeft;
  // The thread is free again: otherwise it would wait for the shop fifteen times, in vain.
  const next = await post({ stub: [] });
  expect(await next.json()).toMatchObject({ shop: 'stub' });
  expect(requests).toBe(1);
  await server.stop();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
}, 30_000);

it('computes public holidays', async () => {
  expect(await documents.holidays('CZ', [2026, 2027], 'cs')).toContainEqual({
    date: '2027-03-29',
    name: 'Velikonoční pondělí',
  });
  expect(await documents.holidays('XX', [2026], 'cs')).toBeUndefined();
  expect(await documents.regions('DE', 'en')).toContainEqual({ code: 'DE-BY', name: 'Bayern' });
});

it('compares past calls with a document', async () => {
  const source = "version: 1\nlines:\n  - { number: '+420222333444', plan: [hang_up] }\n";
  const program = JSON.stringify({ line: { number: '+420222333000' } });
  const calls = [{ id: 'c_1', startedAt: 0, program: 'p', timeline: [] }];
  expect(await documents.compare(source, { programs: { p: program }, calls })).toMatchObject({
    ok: true,
    comparisons: [{ id: 'c_1', result: 'different', would: { type: 'no_line' } }],
  });
  expect(await documents.compare('nothing', { programs: {}, calls: [] })).toMatchObject({ ok: false });
});

/** A thread that does what the job says. */
const THREAD = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let present;
    parentPort.on('message', ({ job, cancel }) => {
      if (cancel && present === 'silent') parentPort.postMessage({ error: 'canceled' });
      present = job;
      if (cancel) return;
      if (job === 'loop') for (;;);
      if (job === 'fail') parentPort.postMessage({ error: 'as it was told' });
      else if (job !== 'silent') parentPort.postMessage({ result: job });
    });
    parentPort.postMessage({ ready: true });
  `)}`,
);

function queue(more: { totalMs?: number; waiting?: number } = {}): WorkerQueue<string, string> {
  return new WorkerQueue({
    module: THREAD,
    workerData: undefined,
    busyMs: 300,
    totalMs: 60_000,
    maxWaiting: 2,
    ...more,
  });
}

async function reasonOf(job: Promise<unknown>): Promise<unknown> {
  return job.then(
    (result) => result,
    (error: unknown) => (error instanceof JobFailed ? error.reason : error),
  );
}

it('ends a job that blocks its thread, and runs the next one in a new thread', async () => {
  const jobs = queue();
  const [looping, next] = [jobs.run('loop'), jobs.run('next')];
  expect([await reasonOf(looping), await reasonOf(next)]).toEqual(['too_long', 'next']);
  await jobs.stop();
});

it('ends a job that never answers', async () => {
  const jobs = queue({ totalMs: 300 });
  expect(await reasonOf(jobs.run('silent'))).toBe('too_long');
  await jobs.stop();
});

it('refuses jobs beyond those that may wait', async () => {
  const jobs = queue();
  const all = ['1', '2', '3', '4'].map((job) => reasonOf(jobs.run(job)));
  expect(await Promise.all(all)).toEqual(['1', '2', '3', 'busy']);
  await jobs.stop();
});

it('never refuses a job that may always wait', async () => {
  const jobs = queue();
  const all = ['1', '2', '3'].map((job) => reasonOf(jobs.run(job)));
  all.push(reasonOf(jobs.run('4', { alwaysWaits: true })));
  expect(await Promise.all(all)).toEqual(['1', '2', '3', '4']);
  await jobs.stop();
});

it('cancels a job that runs, waits, or was canceled before it began', async () => {
  const jobs = queue();
  await jobs.run('started');
  const [running, waiting] = [new AbortController(), new AbortController()];
  const all = [
    reasonOf(jobs.run('silent', { signal: running.signal })),
    reasonOf(jobs.run('never', { signal: waiting.signal })),
    reasonOf(jobs.run('never', { signal: AbortSignal.abort() })),
    reasonOf(jobs.run('next')),
  ];
  waiting.abort();
  running.abort();
  expect(await Promise.all(all)).toEqual(['canceled', 'canceled', 'canceled', 'next']);
  await jobs.stop();
});

it('passes on what a job fails with, and stops with jobs in progress', async () => {
  const jobs = queue();
  expect(await reasonOf(jobs.run('fail'))).toBe('failed');
  const [running, waiting] = [reasonOf(jobs.run('silent')), reasonOf(jobs.run('x'))];
  await jobs.stop();
  expect([await running, await waiting]).toEqual(['failed', 'busy']);
});
