import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusedCallRoutes } from '../../src/calls/refused-call-routes.js';
import { RefusedCalls, type RefusedCall } from '../../src/calls/refused-calls.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

const CALL: RefusedCall = { reason: 'unknown_line', dialled: '222333555', caller: '+420777888999', endpoint: 'trunk' };

let db: Database;
let http: TestServer;
let refused: RefusedCalls;
let errors: unknown[];
const clock = new VirtualClock(Date.parse('2026-11-21T10:00:00Z'));

beforeEach(async () => {
  db = await openDatabase(':memory:');
  errors = [];
  refused = new RefusedCalls({ db, clock, onError: (error) => errors.push(error) });
  http = await startServer(refusedCallRoutes(refused, () => 'CZ'));
});
afterEach(async () => {
  await refused.stop();
  await http.stop();
  await db.destroy();
});

async function list(query = '', headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1/refused-calls?${query}`, { headers });
  return (await response.json()) as { calls: Record<string, unknown>[]; next: number | null };
}

test('equal calls are one record with their number; others are records of their own', async () => {
  refused.record(CALL);
  refused.record(CALL);
  refused.record({ ...CALL, reason: 'line_full' });
  await refused.stop();
  refused.record(CALL);
  await refused.stop();
  const { calls } = await list();
  expect(calls.map(({ reason, times }) => [reason, times])).toEqual([
    ['unknown_line', 1],
    ['line_full', 1],
    ['unknown_line', 2],
  ]);
  expect(calls[0]).toMatchObject({
    dialled: '222333555',
    number: '+420222333555',
    caller: '+420777888999',
    endpoint: 'trunk',
  });
  expect((await list('reason=line_full')).calls).toHaveLength(1);
});

test('a flood of different calls is counted with few rows', async () => {
  for (let index = 0; index < 10_000; index += 1) refused.record({ ...CALL, caller: `+420${600_000_000 + index}` });
  await refused.stop();
  const rows = await db.selectFrom('refused_calls').select(['times', 'caller']).execute();
  expect(rows).toHaveLength(201);
  expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(10_000);
  expect(rows.at(-1)).toEqual({ caller: '', times: 9_800 });
});

test('calls are kept until the database can be written', async () => {
  await db.schema.alterTable('refused_calls').renameTo('elsewhere').execute();
  refused.record(CALL);
  await refused.stop();
  expect(errors).toHaveLength(1);
  await db.schema.alterTable('elsewhere').renameTo('refused_calls').execute();
  refused.record(CALL);
  await refused.stop();
  expect((await list()).calls).toMatchObject([{ times: 2 }]);
});

test('pages, without numbers for readers who must not see them', async () => {
  for (const dialled of ['222333501', '222333502', '222333503']) {
    refused.record({ ...CALL, dialled });
    await refused.stop();
  }
  const first = await list('limit=2', { authorization: `Bearer ${READER}` });
  expect(JSON.stringify(first)).not.toMatch(/2223335|777888/);
  const second = await list(`limit=2&before=${first.next}`);
  expect(second).toMatchObject({ calls: [{ dialled: '222333501' }], next: null });
});

test('the number of records is limited, and old ones are removed', async () => {
  refused.record(CALL);
  await refused.stop();
  await db.updateTable('refused_calls').set({ id: -6_000 }).execute();
  refused.record(CALL);
  await refused.stop();
  expect((await list()).calls).toHaveLength(1);
  const job = refused.cleanupJob(() => 30);
  expect(await job.run(clock.now() + 29 * 86_400_000)).toBe(0);
  expect(await job.run(clock.now() + 31 * 86_400_000)).toBe(1);
});
