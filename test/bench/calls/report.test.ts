import { expect, test } from 'vitest';
import { ratios, summarise, table } from './report.js';
import type { StepResult } from './step.js';

function step(calls: number, applicationMs: number, latenciesMs: number[]): StepResult {
  return {
    server: 's',
    callsPerSecond: 10,
    calls,
    failed: 0,
    failure: undefined,
    latenciesMs,
    lateP50Ms: 1,
    asterisk: { totalMs: 100, threadsMs: { main: 60, asterisk: 40 } },
    application: { totalMs: applicationMs, threadsMs: { main: applicationMs } },
  };
}

const slow = summarise(
  { name: 'slow', notes: '' },
  { callsPerSecond: 20, bounded: true },
  { cold: [step(10, 800, [90])], warm: [step(10, 300, [30, 10]), step(30, 500, [20, 40])] },
);
const fast = summarise(
  { name: 'fast', notes: '' },
  { callsPerSecond: 60, bounded: false },
  { cold: [step(10, 400, [50])], warm: [step(40, 400, [10, 10, 10])] },
);

test('a summary is of all calls of the warm steps, cold ones apart', () => {
  expect(slow.warm.latencyMs).toMatchObject({ count: 4, p50: 30, max: 40 });
  expect(slow.warm.cpuMsPerCall).toEqual({
    asterisk: 5,
    application: 20,
    total: 25,
    asteriskThreads: { main: 3, asterisk: 2 },
    applicationThreads: { main: 20 },
  });
  expect(slow.cold.cpuMsPerCall.application).toBe(80);
});

test('ratios are multiples of the first server', () => {
  expect(ratios([slow, fast])).toMatchObject({
    slow: { sustained: 1, application_cpu: 1 },
    fast: { sustained: 3, latency_p50: 0.333, application_cpu: 0.5, asterisk_cpu: 0.5 },
  });
});

test('there is no ratio to what the first server does not use', () => {
  const none = summarise(
    { name: 'none', notes: '' },
    { callsPerSecond: 0, bounded: true },
    { cold: [], warm: [step(1, 0, [1])] },
  );
  expect(ratios([none, fast])['fast']).toMatchObject({ sustained: null, application_cpu: null });
});

test('the table marks a rate that was not seen to fail', () => {
  expect(table([slow, fast])).toMatch(/fast\s+>=60/);
});
