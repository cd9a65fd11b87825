import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { slowLink, type SlowLink } from '../support/slow-link.js';
import { prompt } from '../support/sip/caller.js';
import { Phone, pickUp, ringForEver } from '../support/sip/phone.js';
import { notificationTo } from './notification-harness.js';
import { QueueHarness } from './queue-harness.js';

const LINE = '+420222333444';
const CLIENT = '+420777555001';
const MESSAGE = 21;
/** AMI, which reports the events of queues, lags behind ARI by this much, so that the race always shows. */
const LAG_MS = 700;
/** Between the answer and the hang-up. */
const TALK_MS = 200;

const company = {
  languages: ['cs'],
  dial_policy: { countries: ['CZ'], max_concurrent: 10 },
  prompts: prompts(MESSAGE),
  handsets: [{ name: 'sales' }],
  queues: [{ id: 12, name: 'Sales', handsets: ['sales'] }],
  lines: [{ number: LINE, plan: ['answer'] }],
  notifications: { operator_queue: 12, retry: { max_attempts: 1 } },
};

let asterisk: TestAsterisk;
let link: SlowLink;
let gateway: Gateway;
let room: QueueHarness;
let client: Phone;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  link = await slowLink(asterisk.amiPort, LAG_MS);
  gateway = await Gateway.start({ asterisk: { ...asterisk.gatewayEnv(), AMI_PORT: String(link.port) }, company });
  room = new QueueHarness(asterisk, gateway);
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  client = await new Phone({ server, user: 'provider', port, incoming: pickUp }).start();
});
afterEach(() => room.empty());
afterAll(async () => {
  await client.stop();
  await gateway.stop();
  await link.stop();
  await asterisk.stop();
});

async function operator(): Promise<Phone> {
  const phone = await room.handset('sales', ringForEver);
  await room.becomes('the handset is free', async () => (await asterisk.cli('queue show q12')).includes('Not in use'));
  return phone;
}

// ARI reports the hang-up of a channel that the gateway has dialled, and AMI the answer in the queue.
it('counts a conversation when the caller hangs up right after the answer, before AMI has reported it', async () => {
  const phone = await operator();
  const body = notificationTo(CLIENT, MESSAGE, { options: [{ digit: '2', action: 'connect_operator' }] });
  const headers = { 'content-type': 'application/json' };
  await gateway.api('/api/v1/notifications', { method: 'POST', headers, body: JSON.stringify(body) });
  const call = await client.nextCall({ withinMs: 20_000 });
  await call.hears(prompt(MESSAGE), { skipping: true, withinMs: 20_000 });
  await call.press('2');
  const leg = await phone.nextCall({ withinMs: 20_000 });
  await delay(2 * LAG_MS);
  leg.answer();
  await delay(TALK_MS);
  await call.hangUp();
  await leg.ended();
  const timeline = await gateway.finished(CLIENT.replace('+420', ''));
  const kinds = timeline.map(({ kind }) => kind);
  expect(timeline.find(({ kind }) => kind === 'queue_answered')?.data).toMatchObject({ handset: 'sales' });
  expect(kinds.indexOf('ended')).toBeGreaterThan(kinds.indexOf('queue_answered'));
  const [ended] = await gateway.calls(CLIENT.replace('+420', ''));
  expect(ended).toMatchObject({ outcome: 'answered', agent: { handset: 'sales' } });
});
