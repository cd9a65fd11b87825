import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliveryRoutes } from '../../src/webhooks/routes.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { news, OutboxHarness, START, type Reaction } from './webhook-harness.js';

let harness: OutboxHarness;
let http: TestServer;
let reaction: Reaction;

beforeEach(async () => {
  reaction = { status: 500, answer: 'Order 1001 of +420777888999 broke' };
  harness = await OutboxHarness.start(() => ({ ...reaction, afterMs: 12 }));
  http = await startServer(
    deliveryRoutes({
      deliveries: harness.reader,
      redeliver: async (id) => {
        const found = await harness.outbox.redeliver(id, harness.clock.now());
        harness.couriers.changed();
        return found;
      },
      redeliverDead: async (webhook) => {
        const count = await harness.outbox.redeliverDead(webhook, harness.clock.now());
        harness.couriers.changed();
        return count;
      },
    }),
  );
});

afterEach(async () => {
  await http.stop();
  await harness.stop();
});

const audited = () => harness.db.selectFrom('audit').select(['action', 'subject', 'detail']).execute();

interface Delivery {
  id: number;
  state: string;
  call_id: string;
  event: string;
  body: Record<string, unknown>;
}

async function get<T>(path: string, headers: Record<string, string> = asAdmin): Promise<T> {
  return (await (await fetch(`${http.url}/api/v1/webhooks/deliveries${path}`, { headers })).json()) as T;
}

it('shows what is delivered with every attempt', async () => {
  await harness.tell('c_1', news('hangup', 1, START));
  await harness.passTo(START + 20);
  reaction = { status: 204 };
  await harness.passTo(START + 5000);
  const { deliveries } = await get<{ deliveries: Delivery[] }>('?state=delivered');
  expect(deliveries).toHaveLength(1);
  expect(await get(`/${deliveries[0]!.id}`)).toMatchObject({
    webhook: 'shop',
    call_id: 'c_1',
    event: 'hangup',
    state: 'delivered',
    tries: 2,
    body: { caller_number: '777888999', timestamp: '2026-11-21T11:00:00.000+01:00' },
    attempts: [
      { number: 1, at: '2026-11-21T10:00:00.000Z', latency_ms: 12, status: 500, failed: null },
      { number: 2, at: '2026-11-21T10:00:01.012Z', latency_ms: 12, status: 204, failed: null, answer: '' },
    ],
  });
});

it('filters, and pages hold every delivery once', async () => {
  for (let n = 0; n < 5; n += 1) await harness.tell(`c_${n % 2}`, news('hangup', n, START));
  const ids: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { deliveries: Delivery[]; next: string | null } = await get(
      `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    ids.push(...page.deliveries.map(({ id }) => id));
    cursor = page.next;
  }
  expect(ids).toEqual([5, 4, 3, 2, 1]);
  const { deliveries } = await get<{ deliveries: Delivery[] }>('?call=c_1&state=waiting');
  expect(deliveries.map(({ call_id }) => call_id)).toEqual(['c_1', 'c_1']);
  expect(await get('?state=lost')).toMatchObject({ status: 422 });
});

it('hides numbers from readers without the right, and no ids', async () => {
  await harness.tell('c_1', news('hangup', 1, START, { agent: { number: '+420601123456' } }));
  await harness.passTo(START + 20);
  const reader = { authorization: `Bearer ${READER}` };
  const one = await get<Delivery>('/1', reader);
  expect(JSON.stringify([one, await get('', reader)])).not.toMatch(/777888|601123|1001/);
  expect(one.body).toMatchObject({
    call_id: 'c_1',
    event_id: (await get<Delivery>('/1')).body['event_id'],
    event: 'hangup',
  });
});

it('sends again on request, for who may', async () => {
  reaction = { status: 410 };
  await harness.tell('c_1', news('hangup', 1, START));
  await harness.passTo(START + 20);
  expect(await get('/1')).toMatchObject({ state: 'dead' });
  const post = (id: number, headers: Record<string, string>) =>
    fetch(`${http.url}/api/v1/webhooks/deliveries/${id}/redeliver`, { method: 'POST', headers });
  expect((await post(1, { authorization: `Bearer ${READER}` })).status).toBe(403);
  expect((await post(9, asAdmin)).status).toBe(404);
  reaction = { status: 200 };
  expect((await post(1, asAdmin)).status).toBe(200);
  await harness.passTo(START + 100);
  expect(await get('/1')).toMatchObject({ state: 'delivered', attempts: [{ status: 410 }, { status: 200 }] });
  expect(await audited()).toEqual([{ action: 'deliveries_resent', subject: 'shop', detail: '{"count":1}' }]);
});

it('sends all that is dead again on one request: each call in its order', async () => {
  reaction = { status: 410 };
  for (const call of ['c_1', 'c_2'])
    await harness.tell(call, news('call_started', 1, START), news('answered', 2, START), news('hangup', 3, START));
  await harness.passTo(START + 1000);
  expect((await get<{ deliveries: Delivery[] }>('?state=dead&webhook=shop')).deliveries).toHaveLength(6);
  reaction = { status: 200 };
  const before = harness.seen.length;
  const answer = await fetch(`${http.url}/api/v1/webhooks/deliveries/redeliver-dead`, {
    method: 'POST',
    headers: { ...asAdmin, 'content-type': 'application/json' },
    body: JSON.stringify({ webhook: 'shop' }),
  });
  expect(await answer.json()).toEqual({ redelivered: 6 });
  expect(await audited()).toEqual([{ action: 'deliveries_resent', subject: 'shop', detail: '{"count":6}' }]);
  await harness.passTo(START + 2000);
  const again = harness.seen.slice(before);
  for (const call of ['c_1', 'c_2'])
    expect(again.filter((one) => one.call === call).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect((await get<{ deliveries: Delivery[] }>('?state=delivered&webhook=other')).deliveries).toEqual([]);
});

it('shows the fields of a form as those of JSON', async () => {
  harness.profiles['telfa'] = { webhook_encoding: 'form' };
  await harness.tell('c_1', news('hangup', 1, START));
  const [delivery] = (await get<{ deliveries: Delivery[] }>('')).deliveries;
  expect(delivery?.body).toMatchObject({ event: 'hangup', caller_number: '777888999' });
});
