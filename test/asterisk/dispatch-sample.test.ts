import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startDispatch, type ShopProcess } from '../examples/shop-process.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { prompt } from '../support/sip/caller.js';
import { buildSip, userOf } from '../support/sip/message.js';
import { Phone, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { talkBothWays } from './call-control-harness.js';

/** The sample dispatch with its own company, beside a real gateway and Asterisk: clients receive calls, talk with drivers, and call in. */

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const LINE = '+420222333555';
const [CLIENT, DRIVER] = ['+420777888999', '+420608111222'];
/** Announces that the car is on its way. The other prompts are those of the company. */
const P = { accepted: 21, driverKey: 51, operatorKey: 52, cancelKey: 59, canceled: 60 };
const SLOW = { withinMs: 30_000 };

let asterisk: TestAsterisk;
let gateway: Gateway;
let dispatch: ShopProcess;
/** Serves every outside number. */
let provider: Phone;
let client: Phone;

beforeAll(async () => {
  const [trunkPort, port] = [await freePort(), await freePort()];
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${trunkPort}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  provider = await new Phone({ server, user: 'provider', port: trunkPort, incoming: ringForEver }).start();
  client = await new Phone({ server, user: CLIENT }).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    env: { WEBHOOK_DISPATCH_KEY: KEY },
    company: await companyAt(port),
    toneMs: (id) => (id === P.cancelKey ? 5000 : 700),
  });
  dispatch = await startDispatch({
    DISPATCH_PORT: String(port),
    WEBHOOK_DISPATCH_KEY: KEY,
    GATEWAY_URL: gateway.url,
    GATEWAY_API_KEY: gateway.token,
  });
});

afterAll(async () => {
  await dispatch.stop();
  await client.stop();
  await provider.stop();
  await gateway.stop();
  await asterisk.stop();
});

/** The sample's own company, at that port, with tones for prompts. One of the statuses is spoken. */
async function companyAt(port: number): Promise<Record<string, unknown> & { prompts: { id: number; name: string }[] }> {
  const file = path.resolve(import.meta.dirname, '../../examples/dispatch/company.yaml');
  const text = (await readFile(file, 'utf8')).replaceAll('http://127.0.0.1:8091/', `http://127.0.0.1:${port}/`);
  const company = parse(text) as { prompts: { id: number }[]; queues: { music?: string }[] };
  return {
    ...company,
    languages: ['cs'],
    queues: company.queues.map((queue) => ({ ...queue, music: undefined })),
    music: [],
    prompts: prompts(P.accepted, ...company.prompts.map(({ id }) => id)),
    status_speech: { silent: ['new', 'client_refused'], templates: { accepted: { cs: [P.accepted] } } },
  };
}

async function post(address: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${dispatch.url}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, address).toBe(true);
  return (await response.json()) as Record<string, unknown>;
}

interface Order {
  id: string;
  status: string;
  delivery: string;
  notification: { result: string; digit: string | null; action: string | null } | null;
  connection: { state: string } | null;
}

/** The panel's row of an order, as soon as it matches. */
async function panelShows(id: string, so: (order: Order) => boolean): Promise<Order> {
  const response = await fetch(`${dispatch.url}/events`, { signal: AbortSignal.timeout(30_000) });
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const { orders } = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}') as { orders: Order[] };
      const order = orders.find((each) => each.id === id);
      if (order && so(order)) return order;
    }
  }
  throw new Error('the dispatch ended the stream');
}

/** An order that a driver has accepted and that the gateway knows. */
async function acceptedOrder(): Promise<string> {
  const { id } = (await post('/orders', { phone: CLIENT, name: 'Jana', driver: 'd1', minutes: 5 })) as { id: string };
  await panelShows(id, ({ delivery }) => delivery === 'sent');
  await post('/status', { id, status: 'accepted' });
  return id;
}

const dialled = (call: PhoneCall) => `+${userOf(call.invite.headers.get('To'))}`;

/** An outside callee receives a call that shows the line's number. */
async function called(number: string): Promise<PhoneCall> {
  const call = await provider.nextCall(SLOW);
  expect(dialled(call)).toBe(number);
  expect(userOf(call.invite.headers.get('From'))).toBe(LINE.slice(1));
  return call;
}

it('an accepted order: the client receives a call, hears the message, presses the driver’s key, and both talk without seeing each other’s number', async () => {
  const id = await acceptedOrder();
  const toClient = await called(CLIENT);
  toClient.answer();
  for (const heard of [P.accepted, P.driverKey, P.operatorKey, P.cancelKey]) await toClient.hears(prompt(heard), SLOW);
  await toClient.press('1');
  const toDriver = await called(DRIVER);
  expect(buildSip(toDriver.invite)).not.toContain(CLIENT.slice(4));
  toDriver.answer();
  await talkBothWays(toClient, toDriver);
  await toClient.hangUp();
  await toDriver.ended(SLOW);
  const { notification } = await panelShows(id, (order) => order.notification !== null);
  expect(notification).toMatchObject({ result: 'delivered', digit: '1', action: 'connect_driver' });

  await post('/connect', { id, as: 'driver' });
  const first = await called(DRIVER);
  first.answer();
  const second = await called(CLIENT);
  expect(buildSip(second.invite)).not.toContain(DRIVER.slice(4));
  second.answer();
  await talkBothWays(first, second);
  expect((await panelShows(id, ({ connection }) => connection?.state === 'bridged')).delivery).toBe('sent');
  await second.hangUp();
  await first.ended(SLOW);
  await panelShows(id, ({ connection }) => connection?.state === 'ended');
  await post('/status', { id, status: 'client_refused' });
  await panelShows(id, ({ status, delivery }) => status === 'client_refused' && delivery === 'sent');
});

it('a client calls and hears the status of the order; the cancel key in a notification cancels it at the dispatch', async () => {
  const id = await acceptedOrder();
  const toClient = await called(CLIENT);
  const asking = await client.dial(LINE);
  await asking.hears(prompt(P.accepted), SLOW);
  await asking.hears(prompt(P.driverKey), SLOW);
  await asking.hangUp();
  toClient.answer();
  await toClient.hears(prompt(P.accepted), SLOW);
  await toClient.press('9');
  await toClient.hears(prompt(P.canceled), { skipping: true, ...SLOW });
  await toClient.ended(SLOW);
  const order = await panelShows(id, ({ status, delivery }) => status === 'client_refused' && delivery === 'sent');
  expect(order.notification).toMatchObject({ result: 'delivered', digit: '9', action: 'cancel_order' });
});
