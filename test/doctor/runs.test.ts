import { expect, it } from 'vitest';
import { Doctor, type Check } from '../../src/doctor/doctor.js';
import { ok, warning } from '../../src/doctor/finding.js';
import { allRemedyCodes, remedyText } from '../../src/doctor/remedies.js';
import { doctorRoutes, presentRun } from '../../src/doctor/routes.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { asAdmin, startServer } from '../http/http-harness.js';

/** Runs of checks: one at a time, bounded, with progress. */

function doctorOf(checks: Check[], clock = new VirtualClock(0)) {
  let closed = 0;
  const doctor = new Doctor({
    clock,
    prepare: () => ({
      checks,
      close: () => {
        closed += 1;
        return Promise.resolve();
      },
    }),
  });
  return { doctor, clock, closed: () => closed };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('shows the progress of each check, and closes what was opened', async () => {
  let finish: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const { doctor, closed } = doctorOf([
    { id: 'disk', run: () => ok('fine') },
    { id: 'nat', run: () => slow.then(() => warning('half', 'nat_half')) },
    { id: 'trunk', run: () => Promise.reject(new Error('broken')) },
  ]);
  const run = doctor.begin(false);
  await settled();
  expect(run?.rows.map(({ state }) => state)).toEqual(['done', 'running', 'waiting']);
  expect(doctor.begin(false)).toBeUndefined();
  finish();
  await doctor.stop();
  expect(closed()).toBe(1);
  expect(run && presentRun(run).rows.map(({ status }) => status)).toEqual(['ok', 'warning', null]);
});

it('a check that throws, or does not end, fails; the others are made', async () => {
  const { doctor, clock } = doctorOf([
    { id: 'trunk', run: () => Promise.reject(new Error('broken')) },
    { id: 'nat', run: () => new Promise(() => undefined) },
    { id: 'disk', run: () => ok('fine') },
  ]);
  const run = doctor.begin(false);
  await settled();
  clock.advanceBy(60_000);
  await settled();
  expect(run?.finishedAt).toBe(60_000);
  expect(run && presentRun(run)).toMatchObject({
    status: 'failed',
    rows: [
      { status: 'failed', value: 'could not be checked: broken' },
      { status: 'failed', value: 'no result within 60 s' },
      { status: 'ok' },
    ],
  });
});

it('the API begins one run at a time', async () => {
  const { doctor } = doctorOf([{ id: 'disk', run: () => new Promise(() => undefined) }]);
  const server = await startServer(doctorRoutes(doctor));
  try {
    const post = () =>
      fetch(`${server.url}/api/v1/system/checks`, {
        method: 'POST',
        headers: { ...asAdmin, 'content-type': 'application/json' },
        body: '{}',
      });
    expect(await (await fetch(`${server.url}/api/v1/system/checks`, { headers: asAdmin })).json()).toEqual({
      run: null,
    });
    expect((await post()).status).toBe(202);
    expect((await post()).status).toBe(409);
  } finally {
    await server.stop();
  }
});

it('each code has a remedy in English', () => {
  for (const code of allRemedyCodes) expect(remedyText(code)).not.toBe('');
});
