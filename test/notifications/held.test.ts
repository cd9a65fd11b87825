import { afterEach, beforeEach, expect, it } from 'vitest';
import { heldNotificationRoutes } from '../../src/notifications/held-routes.js';
import { asAdmin, READER, startServer } from '../http/http-harness.js';
import { endpointOf, NotificationHarness } from './notification-harness.js';

/** Notifications of a restored data folder, which the lost gateway may have called already. */

const [DUE, LATER] = ['+420777000001', '+420777000002'];
const HOUR = 3_600_000;
let harness: NotificationHarness;

beforeEach(async () => {
  harness = await NotificationHarness.start(
    { retry: { max_attempts: 2, interval: '60s', on: ['unknown'] } },
    '2026-11-21T10:00:00Z',
  );
  for (const to of [DUE, LATER]) harness.asterisk.setCallee(endpointOf(to), { type: 'answers', afterMs: 1000 });
});
afterEach(() => harness.stop());

const stateOf = async (id: string) => (await harness.service.find(id))?.state;

/** One that is due, and one whose window begins an hour later; as after the start with a restored folder. */
const restored = async () => {
  const window = { from: '12:00', to: '20:00', timeZone: 'Europe/Prague', policy: 'defer' as const };
  const expiresAt = harness.clock.now() + 12 * HOUR;
  const later = await harness.notify({ externalId: 'later', orderId: 'later', to: LATER, window, expiresAt });
  await harness.settle();
  harness.usable = false;
  const due = await harness.notify({ externalId: 'due', orderId: 'due', to: DUE, expiresAt });
  await harness.settle();
  await harness.held.hold([]);
  harness.usable = true;
  harness.scheduler.wake();
  await harness.pass(60_000);
  return { due, later };
};

it('one that was due is not called by itself; others are called at their time', async () => {
  const { due, later } = await restored();
  expect([await stateOf(due), await harness.held.count()]).toEqual(['waiting', 1]);
  await harness.pass(2 * HOUR);
  expect([await stateOf(due), await stateOf(later)]).toEqual(['waiting', 'done']);
  const another = await harness.notify({ externalId: 'another', orderId: 'another', to: DUE });
  await harness.pass(60_000);
  expect(await stateOf(another)).toBe('done');
});

it('is called when a person says so', async () => {
  const { due } = await restored();
  expect(await harness.held.release()).toBe(1);
  await harness.pass(60_000);
  expect([await stateOf(due), await harness.held.count()]).toEqual(['done', 0]);
  expect(harness.called).toHaveLength(1);
});

it('can be canceled, which its webhook reports', async () => {
  await restored();
  expect(await harness.held.cancel()).toBe(1);
  expect(await harness.held.count()).toBe(0);
  expect(harness.published).toMatchObject([{ external_id: 'due', result: 'canceled' }]);
});

it('expires as all others', async () => {
  const { due } = await restored();
  await harness.passAll();
  expect(await harness.service.find(due)).toMatchObject({ state: 'done', result: 'expired' });
});

it('one whose call was in progress is not repeated either', async () => {
  harness.asterisk.setCallee(endpointOf(DUE), { type: 'ignores' });
  const id = await harness.notify({ to: DUE });
  await harness.settle();
  expect(await stateOf(id)).toBe('calling');
  await harness.scheduler.stop();
  await harness.held.hold(await harness.scheduler.settleInterrupted());
  harness.scheduler.start();
  await harness.pass(10 * 60_000);
  expect((await harness.service.find(id))?.attempts).toHaveLength(1);
  expect(await harness.held.count()).toBe(1);
});

it('is counted, called and canceled over HTTP', async () => {
  await restored();
  const http = await startServer(heldNotificationRoutes(harness.held));
  const send = async (body: object, headers: Record<string, string> = asAdmin) =>
    fetch(`${http.url}/api/v1/held-notifications`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  try {
    const counted = await fetch(`${http.url}/api/v1/held-notifications`, { headers: asAdmin });
    expect(await counted.json()).toEqual({ count: 1 });
    expect((await send({ action: 'call' }, { authorization: `Bearer ${READER}` })).status).toBe(403);
    expect((await send({ action: 'wait' })).status).toBe(422);
    expect(await (await send({ action: 'cancel' })).json()).toEqual({ count: 1 });
    expect(await (await send({ action: 'call' })).json()).toEqual({ count: 0 });
  } finally {
    await http.stop();
  }
});
