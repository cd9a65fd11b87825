import { afterEach, beforeEach, expect, it } from 'vitest';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import { callbackHooks } from '../../src/webhooks/callbacks.js';
import { ReceiverHealthReader } from '../../src/webhooks/health.js';
import { receiverRoutes } from '../../src/webhooks/receiver-routes.js';
import { Receivers } from '../../src/webhooks/receivers.js';
import type { WebhookRequest } from '../../src/webhooks/request.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { HOUR, hook, MINUTE, news, OutboxHarness, START, type Reaction } from './webhook-harness.js';

const REFUSED = 'connect: connect ECONNREFUSED 127.0.0.1:9';

let harness: OutboxHarness;
let http: TestServer;
/** What each receiver answers. */
let reactions: Record<string, Reaction>;
/** What a test event is answered with. */
let answer: string;
let tested: { hook: string; request: WebhookRequest }[];

/** Entries of the audit log. */
let recorded: string[];

beforeEach(async () => {
  recorded = [];
  reactions = { shop: { status: 204 }, accounts: { failed: REFUSED } };
  tested = [];
  answer = 'what is a test?';
  harness = await OutboxHarness.start(
    ({ hook: name }) => reactions[name]!,
    [hook(), hook({ name: 'accounts', url: 'http://127.0.0.1:9/accounts', events: ['hangup'], profile: 'form' })],
  );
  const receivers = new Receivers({
    hooks: () => [...harness.hooks, ...callbackHooks(harness.callbacks)],
    company: () => ({
      time_zone: 'Europe/Prague',
      profiles: { form: { webhook_encoding: 'form', webhook_rename: { event: 'udalost' } } },
    }),
    health: new ReceiverHealthReader(harness.db),
    contract: telfaWebhooks,
    clock: harness.clock,
    record: ({ action, subject }) => {
      recorded.push(`${action} ${subject ?? ''}`);
      return Promise.resolve();
    },
    send: (to, request) => {
      tested.push({ hook: to.name, request });
      return Promise.resolve({ status: 400, answer, latencyMs: 7 });
    },
  });
  http = await startServer(receiverRoutes(receivers), {
    tokens: [{ name: 'sender', token: 'sender', scopes: ['webhooks:write'] }],
  });
});

afterEach(async () => {
  await http.stop();
  await harness.stop();
});

interface Receiver {
  name: string;
  state: string;
}

async function receiver(name: string): Promise<Receiver> {
  const response = await fetch(`${http.url}/api/v1/webhooks`, { headers: asAdmin });
  const { receivers } = (await response.json()) as { receivers: Receiver[] };
  return receivers.find((one) => one.name === name)!;
}

it('tells of each receiver whether deliveries arrive, since when they fail, and why', async () => {
  expect(await receiver('shop')).toMatchObject({ url: 'http://127.0.0.1:9/telfa/', events: null, state: 'unused' });
  await harness.tell('c_1', news('call_started', 1, START), news('hangup', 2, START));
  await harness.tell('c_2', news('hangup', 1, START));
  await harness.passTo(START + 25 * MINUTE);
  expect(await receiver('shop')).toMatchObject({
    state: 'working',
    waiting: 0,
    failing_since: null,
    last_failure: null,
    delivered_at: '2026-11-21T10:00:00.000Z',
  });
  expect(await receiver('accounts')).toMatchObject({
    events: ['hangup'],
    state: 'failing',
    waiting: 2,
    dead: 0,
    failing_since: '2026-11-21T10:00:00.000Z',
    delivered_at: null,
    last_failure: { at: '2026-11-21T10:12:36.000Z', status: null, failed: REFUSED, reason: 'connect' },
  });
});

it('counts all that wait for a receiver, also behind a failing delivery of the same call', async () => {
  reactions['shop'] = { status: 500 };
  await harness.tell('c_1', news('call_started', 1, START), news('answered', 2, START), news('hangup', 3, START));
  await harness.passTo(START + 20);
  expect(await receiver('shop')).toMatchObject({ state: 'failing', waiting: 3, last_failure: { status: 500 } });
});

it('a receiver that takes some deliveries and refuses others is unsteady', async () => {
  await harness.tell('c_1', news('hangup', 1, START));
  reactions['accounts'] = { failed: REFUSED };
  await harness.passTo(START + 20);
  reactions['accounts'] = { status: 200 };
  await harness.tell('c_2', news('hangup', 1, START));
  await harness.passTo(START + 500);
  expect(await receiver('accounts')).toMatchObject({ state: 'unsteady', waiting: 1 });
});

it('what was given up is counted, and no longer fails', async () => {
  await harness.tell('c_1', news('hangup', 1, START));
  await harness.passTo(START + 25 * HOUR);
  expect(await receiver('accounts')).toMatchObject({
    state: 'working',
    waiting: 0,
    dead: 1,
    failing_since: null,
    last_failure: { reason: 'connect' },
  });
});

it('a delivery that is queued again begins to fail anew', async () => {
  await harness.tell('c_1', news('hangup', 1, START));
  await harness.passTo(START + 25 * HOUR);
  const again = harness.clock.now();
  await harness.outbox.redeliverDead('accounts', again);
  harness.couriers.changed();
  await harness.passTo(again + MINUTE);
  expect(await receiver('accounts')).toMatchObject({
    state: 'failing',
    failing_since: new Date(again).toISOString(),
  });
});

const post = (path: string, headers: Record<string, string> = asAdmin) =>
  fetch(`${http.url}/api/v1/webhooks/${path}/test`, { method: 'POST', headers });

it('sends a test event in the format of the receiver, and says what it answered', async () => {
  const response = await post('accounts');
  const [{ request }] = tested as [(typeof tested)[number]];
  expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
    udalost: 'test',
    event_id: request.eventId,
    timestamp: '2026-11-21T11:00:00.000+01:00',
  });
  expect(await response.json()).toEqual({
    sent: request.body,
    latency_ms: 7,
    status: 400,
    failed: null,
    reason: null,
    answer: 'what is a test?',
  });
  expect(recorded).toEqual(['webhook_tested accounts']);
});

it('digits of the response are masked without the right to see numbers', async () => {
  answer = 'order of 777888999';
  const shown = async (headers?: Record<string, string>) =>
    ((await (await post('shop', headers)).json()) as { answer: string }).answer;
  expect(await shown()).toBe('order of 777888999');
  expect(await shown({ authorization: 'Bearer sender' })).toBe('order of •••••••••');
});

it('a test needs the right to send deliveries again, and a receiver', async () => {
  expect((await post('shop', { authorization: `Bearer ${READER}` })).status).toBe(403);
  expect((await post('nobody')).status).toBe(404);
  expect(tested).toEqual([]);
});
