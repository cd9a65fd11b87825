import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallHistory } from '../../src/calls/call-history.js';
import { handsetCallRoutes } from '../../src/calls/handset-call-routes.js';
import { HandsetCalls } from '../../src/calls/handset-calls.js';
import { IdempotencyKeys } from '../../src/storage/idempotency-keys.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, asPerson, startServer, type TestServer } from '../http/http-harness.js';

/** Operators call a number from their own handset. */

let db: Database;
let http: TestServer;
const called: [handset: string, number: string][] = [];

beforeAll(async () => {
  db = await openDatabase(':memory:');
  const eva = { name: 'eva', scopes: ['operators:read' as const], operator: { id: 1, handset: 'eva' } };
  const call = ({ handset, number }: { handset: string; number: string }) => {
    if (number === '12')
      return Promise.resolve({ ok: false as const, why: 'bad_number' as const, detail: 'not a phone number' });
    called.push([handset, number]);
    return Promise.resolve({ ok: true as const, callId: 'c_1' });
  };
  http = await startServer(
    handsetCallRoutes({
      control: { call },
      keys: new IdempotencyKeys(db),
      calls: new HandsetCalls(db),
      history: new CallHistory(db),
      checkNumber: (number) => ({ number }),
      company: () => ({ country: 'CZ', lines: [], contacts: [] }),
    }),
    {
      people: [eva, { ...eva, name: 'jan', operator: { id: 2, handset: 'jan' } }],
    },
  );
});

afterAll(async () => {
  await http.stop();
  await db.destroy();
});

async function call(handset: string, number: string, headers: Record<string, string>) {
  const response = await fetch(`${http.url}/api/v1/handsets/${handset}/call`, {
    method: 'POST',
    body: JSON.stringify({ number }),
    headers: { ...headers, 'content-type': 'application/json' },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('from the own handset, and from another one only with the right to control calls', async () => {
  expect(await call('eva', '777 000 111', asPerson('eva'))).toEqual({ status: 202, body: { call_id: 'c_1' } });
  expect((await call('eva', '777 000 111', asPerson('jan'))).status).toBe(403);
  expect((await call('eva', '777 000 222', asAdmin)).status).toBe(202);
  expect(called.splice(0)).toEqual([
    ['eva', '777 000 111'],
    ['eva', '777 000 222'],
  ]);
});

test('what is no number is refused at its field', async () => {
  expect((await call('eva', '12', asPerson('eva'))).body).toMatchObject({
    status: 422,
    errors: [{ field: 'body.number', code: 'bad_number' }],
  });
});
