import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { busy, callerOf, decline, pickUp, unavailable } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** Handsets of a queue that refuse a call ("do not disturb", Decline) do not ring again until `retry` has passed. */

const LINES = [
  '+420222333001',
  '+420222333002',
  '+420222333003',
  '+420222333004',
  '+420222333005',
  '+420222333006',
] as const;
/** Queues that share the last handset. */
const COMMON = 2;
const WATCHED_MS = 11_000;
/** In 11 s, with 5 s between rounds: at 0, 5 and 10 s. */
const ROUNDS = 3;

const shared = { join_when: 'always', stay_when: 'always' };
const company = {
  version: 1,
  handsets: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => ({ name })),
  queues: [
    { id: 1, name: 'Declines', handsets: ['h1'], ...shared },
    { id: 2, name: 'Do not disturb', handsets: ['h2', 'h3'], ...shared },
    { id: 3, name: 'Unavailable', handsets: ['h4'], strategy: 'rrmemory', ...shared },
    { id: 4, name: 'In a hurry', handsets: ['h5'], retry: '2s', ...shared },
    { id: 5, name: 'One of two', handsets: ['h6'], ...shared },
    { id: 6, name: 'The other', handsets: ['h6'], ...shared },
  ],
  lines: LINES.map((number, index) => ({ number, plan: ['answer', { enqueue: { queue: index + 1 } }] })),
};

let asterisk: TestAsterisk;
let gateway: Gateway;
let phones: Phones;
beforeAll(async () => {
  asterisk = await startAsterisk({ variables: { FALLBACK_HANDSETS: 'h1' } });
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  phones = new Phones(asterisk, gateway);
});
afterAll(async () => {
  await phones.stop();
  await gateway.stop();
  await asterisk.stop();
});

it('rings once in five seconds, or as the queue sets, and can then answer', async () => {
  const refusing = [
    await phones.handset('h1', { incoming: decline }),
    await phones.handset('h2', { incoming: busy }),
    await phones.handset('h3', { incoming: busy }),
    await phones.handset('h4', { incoming: unavailable }),
  ];
  const hurried = await phones.handset('h5', { incoming: { do: 'reject', status: 503 } });
  const inTwoQueues = await phones.handset('h6', { incoming: busy });
  const callers = await Promise.all(LINES.map((line, index) => phones.call(line, `+42077700000${index}`)));
  for (const phone of [...refusing, hurried, inTwoQueues]) await phone.nextCall({ withinMs: 20_000 });
  await delay(WATCHED_MS);
  for (const { invites } of refusing) {
    expect(invites.length).toBeGreaterThan(1);
    expect(invites.length).toBeLessThanOrEqual(ROUNDS);
  }
  expect(hurried.invites.length).toBeGreaterThan(ROUNDS);
  // Each queue counts for itself.
  expect(inTwoQueues.invites.length).toBeLessThanOrEqual(COMMON * ROUNDS);
  expect(new Set(inTwoQueues.invites.map(callerOf)).size).toBe(COMMON);
  const timeline = await gateway.timeline('777000000');
  expect(timeline.filter(({ kind }) => kind === 'queue_ringing')).toHaveLength(refusing[0]?.invites.length ?? 0);
  refusing[0]?.onIncoming(pickUp);
  await callers[0]?.answered();
  await expect.poll(() => refusing[0]?.calls.at(-1)?.answeredAtMs).toBeDefined();
});

it('is also spared by the fallback queue', async () => {
  await gateway.kill();
  const phone = phones.all.find(({ calls }) => calls.some(({ answeredAtMs }) => answeredAtMs !== undefined));
  await Promise.all(phones.all.flatMap(({ calls }) => calls.map((call) => call.hangUp().catch(() => undefined))));
  phone?.onIncoming(decline);
  const before = phone?.invites.length ?? 0;
  await phones.call(LINES[0], '+420777000009');
  const rung = () => (phone?.invites.length ?? 0) - before;
  await expect.poll(rung, { timeout: 30_000 }).toBeGreaterThan(0);
  await delay(WATCHED_MS);
  expect(rung()).toBeGreaterThan(1);
  expect(rung()).toBeLessThanOrEqual(ROUNDS);
});
