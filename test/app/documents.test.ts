import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Documents } from '../../src/app/documents.js';
import { JobFailed, WorkerQueue } from '../../src/lib/worker-queue.js';
import { companySchema } from '../../src/company/company.js';

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
    parentPort.on('message', (job) => {
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

it('passes on what a job fails with, and stops with jobs in progress', async () => {
  const jobs = queue();
  expect(await reasonOf(jobs.run('fail'))).toBe('failed');
  const [running, waiting] = [reasonOf(jobs.run('silent')), reasonOf(jobs.run('x'))];
  await jobs.stop();
  expect([await running, await waiting]).toEqual(['failed', 'busy']);
});
