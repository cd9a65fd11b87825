import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doNotCallRoutes } from '../../src/notifications/do-not-call-routes.js';
import { notificationRoutes } from '../../src/notifications/routes.js';
import { IdempotencyKeys } from '../../src/storage/idempotency-keys.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { NotificationHarness } from './notification-harness.js';

/** The API of notifications over HTTP; no calls are made. */

const asReader = { authorization: `Bearer ${READER}` };
let harness: NotificationHarness;
let http: TestServer;

beforeEach(async () => {
  harness = await NotificationHarness.start({}, '2026-11-21T10:00:00Z');
  harness.usable = false;
  http = await startServer([
    ...notificationRoutes({
      notifications: harness.service,
      reader: harness.reader,
      keys: new IdempotencyKeys(harness.db),
      settings: () => harness.company.notifications,
    }),
    ...doNotCallRoutes({ list: harness.doNotCall, country: () => 'CZ', now: () => harness.clock.now() }),
  ]);
});
afterEach(async () => {
  await http.stop();
  await harness.stop();
});

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

const wanted = (id: string, more: object = {}) => ({
  external_id: id,
  order_id: `o-${id}`,
  status: 'arrived',
  to: '777 000 001',
  ...more,
});

async function taken(id: string): Promise<string> {
  const { status, body } = await ask('POST', '/notifications', wanted(id));
  expect(status).toBe(202);
  return body['notification_id'] as string;
}

describe('/api/v1/notifications', () => {
  it('shows the called number on request, masked to those who may not see it', async () => {
    const id = await taken('x1');
    const shown = async (query: string, headers?: Record<string, string>) => {
      const { body } = await ask('GET', `/notifications/${id}${query}`, undefined, headers);
      const { body: listed } = await ask('GET', `/notifications${query}`, undefined, headers);
      expect(listed['notifications']).toEqual([body]);
      return body;
    };
    expect(await shown('')).toMatchObject({
      status: 'arrived',
      known_status: 'arrived',
      line: expect.any(String) as unknown,
    });
    expect(await shown('')).not.toHaveProperty('to');
    expect(await shown('?numbers=true')).toMatchObject({ to: '+420777000001' });
    expect(await shown('?numbers=true', asReader)).toMatchObject({ to: '+••••••••••01' });
  });

  it('says which field is wrong, and how', async () => {
    for (const [to, code, status] of [
      ['boss', 'bad_number', 422],
      ['+44 20 7946 0000', 'refused', 403],
    ] as const) {
      const answer = await ask('POST', '/notifications', wanted('x1', { to }));
      expect(answer).toMatchObject({ status, body: { errors: [{ field: 'body.to', code }] } });
    }
  });

  it('creates a notification, shows its status without the number, and accepts the same request twice', async () => {
    const id = await taken('x1');
    expect(await taken('x1')).toBe(id);
    const { body } = await ask('GET', `/notifications/${id}`, undefined, asReader);
    expect(body).toMatchObject({ external_id: 'x1', order_id: 'o-x1', state: 'waiting', result: null, attempts: [] });
    expect(JSON.stringify(body)).not.toContain('777000001');
    expect(await ask('POST', '/notifications', wanted('x1', { status: 'new' }))).toMatchObject({ status: 409 });
  });

  it.each([
    ['a field that does not exist', { colour: 'red' }, 'body'],
    ['a number that is none', { to: 'boss' }, 'body.to'],
    ['an unknown line', { line: '+420222000000' }, 'body.line'],
  ])('refuses %s, and names it', async (_name, more, field) => {
    const { status, body } = await ask('POST', '/notifications', wanted('x1', more));
    expect(status).toBe(422);
    expect(body['errors']).toEqual([expect.objectContaining({ field: expect.stringContaining(field) as unknown })]);
  });

  it('lists newest first, in pages without overlap', async () => {
    const ids: string[] = [];
    // Some are created within the same millisecond.
    for (const n of [1, 2, 3, 4, 5]) {
      ids.unshift(await taken(`x${n}`));
      if (n % 2 === 0) await harness.pass(10);
    }
    const listed: string[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages += 1) {
      const { body } = await ask('GET', `/notifications?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      listed.push(...(body['notifications'] as { notification_id: string }[]).map((one) => one.notification_id));
      cursor = body['next'] as string | null;
    }
    expect(pages).toBe(3);
    expect([...listed].sort()).toEqual([...ids].sort());
    expect(listed[0]).toBe(ids[0]);
    expect(await ask('GET', '/notifications?cursor=nonsense')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'query.cursor' }] },
    });
  });

  it('filters the list', async () => {
    const [first] = [await taken('x1'), await taken('x2')];
    await ask('DELETE', `/notifications/${first}`);
    for (const query of ['order_id=o-x1', 'external_id=x1', 'state=done', 'result=canceled'])
      expect((await ask('GET', `/notifications?${query}`)).body['notifications'], query).toMatchObject([
        { notification_id: first },
      ]);
    expect(await ask('GET', '/notifications?colour=red')).toMatchObject({ status: 422 });
  });

  it('makes no more calls after DELETE, which is idempotent', async () => {
    const id = await taken('x1');
    expect((await ask('DELETE', `/notifications/${id}`, undefined, asReader)).status).toBe(403);
    for (const status of [204, 204]) expect((await ask('DELETE', `/notifications/${id}`)).status).toBe(status);
    expect((await ask('GET', `/notifications/${id}`)).body).toMatchObject({ state: 'done', result: 'canceled' });
    for (const method of ['DELETE', 'GET']) expect((await ask(method, '/notifications/n_none')).status).toBe(404);
  });

  it('creates the valid notifications of a batch, and reports its progress', async () => {
    const notifications = [wanted('x1'), wanted('x2', { to: 'boss' })];
    const { status, body } = await ask('POST', '/notifications/batches', { batch: 'noon', notifications });
    expect(status).toBe(202);
    expect(body['notifications']).toMatchObject([
      { external_id: 'x1', error: null },
      { external_id: 'x2', notification_id: null, error: { status: 422, field: 'to' } },
    ]);
    expect((await ask('GET', '/notifications/batches/noon')).body).toEqual({
      batch: 'noon',
      total: 1,
      states: { waiting: 1 },
      results: {},
    });
    expect((await ask('GET', '/notifications/batches/none')).status).toBe(404);
  });

  it('rejects requests without a token, and changes with a read-only token', async () => {
    expect((await ask('GET', '/notifications', undefined, {})).status).toBe(401);
    expect((await ask('POST', '/notifications', wanted('x1'), asReader)).status).toBe(403);
  });
});

describe('/api/v1/do-not-call', () => {
  it('adds a number in any notation, lists numbers in pages, and removes them', async () => {
    for (const number of ['777 000 001', '+420777000002', '+420777000002'])
      expect((await ask('POST', '/do-not-call', { number, reason: 'asked' })).status).toBe(204);
    const { body } = await ask('GET', '/do-not-call?limit=1');
    expect(body).toMatchObject({ numbers: [{ number: '+420777000001', reason: 'asked' }], next: '+420777000001' });
    const rest = await ask('GET', `/do-not-call?after=${encodeURIComponent(String(body['next']))}`);
    expect(rest.body).toMatchObject({ numbers: [{ number: '+420777000002' }], next: null });
    for (const status of [204, 404]) expect((await ask('DELETE', '/do-not-call/777000001')).status).toBe(status);
    expect((await ask('DELETE', '/do-not-call/boss')).status).toBe(404);
  });

  it('refuses notifications to a listed number', async () => {
    await ask('POST', '/do-not-call', { number: '777000001' });
    const { body } = await ask('POST', '/notifications', wanted('x1'));
    expect(body).toMatchObject({ state: 'done', result: 'refused' });
  });

  it('rejects an invalid number, and shows numbers only with the scope to read them', async () => {
    expect(await ask('POST', '/do-not-call', { number: 'boss' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'body.number' }] },
    });
    expect((await ask('GET', '/do-not-call', undefined, asReader)).status).toBe(403);
  });
});
