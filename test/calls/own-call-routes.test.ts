import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownCallRoutes } from '../../src/calls/own-call-routes.js';
import { talkOf } from '../../src/monitor/talk-of.js';
import type { ShownCall } from '../../src/monitor/protocol.js';
import type { ControlAnswer, TransferTarget } from '../../src/telephony/control.js';
import { asAdmin, asPerson, startServer, type TestServer } from '../http/http-harness.js';

/** Operators transfer the call of their own handset. */

let http: TestServer;
const transfers: [call: string, to: TransferTarget][] = [];
const consultations: unknown[][] = [];
let isAllowed = true;

beforeAll(async () => {
  const eva = { name: 'eva', scopes: ['operators:read' as const], operator: { id: 1, handset: 'eva' } };
  const transfer = (call: string, to: TransferTarget) => {
    transfers.push([call, to]);
    return Promise.resolve({ ok: true as const });
  };
  const answer = (...what: unknown[]): Promise<ControlAnswer> => {
    consultations.push(what);
    return Promise.resolve(isAllowed ? { ok: true } : { ok: false, why: 'not_now', detail: 'not in this phase' });
  };
  http = await startServer(
    ownCallRoutes({
      control: { transfer, consult: answer, advanceTransfer: answer, park: answer, pickUp: answer },
      talkOf: (handset) => (handset === 'jan' ? undefined : `talk of ${handset}`),
    }),
    { people: [eva, { ...eva, name: 'jan', operator: { id: 2, handset: 'jan' } }] },
  );
});

afterAll(() => http.stop());

function transfer(handset: string, body: object, headers: Record<string, string>, step = '') {
  return post(handset, `transfer${step}`, body, headers);
}

async function post(handset: string, path: string, body: object, headers: Record<string, string>) {
  const response = await fetch(`${http.url}/api/v1/handsets/${handset}/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('the call of the own handset goes to a handset, a queue or a number', async () => {
  for (const to of [{ handset: 'jan' }, { queue: 2 }, { number: '+420777000111' }]) {
    expect(await transfer('eva', to, asPerson('eva'))).toEqual({ status: 202, body: { call_id: 'talk of eva' } });
    expect(transfers.pop()).toEqual(['talk of eva', to]);
  }
});

test('that of another handset only with the right to control calls', async () => {
  expect((await transfer('eva', { queue: 2 }, asPerson('jan'))).status).toBe(403);
  expect((await transfer('eva', { queue: 2 }, asAdmin)).status).toBe(202);
  expect(transfers.splice(0)).toHaveLength(1);
});

test('the target is asked first, and every step of the transfer follows', async () => {
  const asked = await transfer('eva', { number: '777000111', ask_first: true }, asPerson('eva'));
  expect(asked).toEqual({ status: 202, body: { call_id: 'talk of eva' } });
  for (const step of ['connect', 'return', 'swap', 'join', 'separate']) {
    expect((await transfer('eva', {}, asPerson('eva'), `/${step}`)).status).toBe(202);
    expect(consultations.pop()).toEqual(['talk of eva', step]);
  }
  expect(consultations.splice(0)).toEqual([['talk of eva', { number: '777000111' }, 'eva']]);
  expect(transfers).toEqual([]);
});

test('a step is refused for other people, in another call, and when the transfer does not allow it', async () => {
  expect((await transfer('eva', {}, asPerson('jan'), '/connect')).status).toBe(403);
  expect((await transfer('eva', {}, asPerson('eva'), '/dance')).status).toBe(404);
  expect((await transfer('eva', { call_id: 'former' }, asPerson('eva'), '/connect')).status).toBe(409);
  expect((await transfer('jan', {}, asPerson('jan'), '/connect')).status).toBe(409);
  expect(consultations).toEqual([]);
  isAllowed = false;
  expect((await transfer('eva', {}, asPerson('eva'), '/swap')).body).toMatchObject({ status: 409, code: 'not_now' });
  isAllowed = true;
  consultations.splice(0);
});

test('the call of the own handset is parked, and the own handset picks up a parked call', async () => {
  expect((await post('eva', 'park', {}, asPerson('eva'))).status).toBe(202);
  expect((await post('jan', 'pick-up', { call_id: 'parked' }, asPerson('jan'))).status).toBe(202);
  expect(consultations.splice(0)).toEqual([
    ['talk of eva', 'eva'],
    ['parked', 'jan'],
  ]);
  expect((await post('eva', 'park', {}, asPerson('jan'))).status).toBe(403);
  expect((await post('eva', 'pick-up', { call_id: 'parked' }, asPerson('jan'))).status).toBe(403);
  expect((await post('jan', 'park', {}, asPerson('jan'))).status).toBe(409);
  isAllowed = false;
  expect((await post('jan', 'pick-up', { call_id: 'over' }, asPerson('jan'))).status).toBe(409);
  isAllowed = true;
  consultations.splice(0);
});

test('a handset that does not talk, or talks in another call by now, has nothing to transfer', async () => {
  expect((await transfer('jan', { queue: 2 }, asPerson('jan'))).body).toMatchObject({ status: 409, code: 'not_now' });
  expect((await transfer('eva', { queue: 2, call_id: 'former' }, asPerson('eva'))).status).toBe(409);
  expect((await transfer('eva', { queue: 2, handset: 'jan' }, asPerson('eva'))).status).toBe(422);
  expect(transfers).toEqual([]);
});

test('a handset talks with a caller, or with the number that it called', () => {
  const call = (id: string, more: Partial<ShownCall>) => ({ [id]: { id, rings: [], ...more } as unknown as ShownCall });
  const since = '2026-11-29T10:00:00Z';
  const calls = {
    ...call('rings', { rings: [{ handset: 'eva', since }] }),
    ...call('dials', { from: { handset: 'eva' } }),
    ...call('incoming', { talk: { handset: 'jan', since } }),
    ...call('outgoing', { from: { handset: 'petr' }, talk: { number: '+420777000111', since } }),
  };
  expect(['eva', 'jan', 'petr'].map((handset) => talkOf({ calls }, handset))).toEqual([
    undefined,
    'incoming',
    'outgoing',
  ]);
});
