import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { json, Shop, text, type ShopAnswer } from '../support/shop.js';
import { callerOf } from '../support/sip/caller.js';
import { Phone, pickUp, ringForEver, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { userOf } from '../support/sip/message.js';
import { talkBothWays } from './call-control-harness.js';

/** A CRM with Runtel's API, on real calls: the events it receives, the routing it decides, the requests it sends. */

const LINE = '+420222333444';
const CRM_KEY = 'the-key-that-the-crm-gave-us';

let asterisk: TestAsterisk;
let gateway: Gateway;
let crm: Shop;
let provider: Phone;
let pbxKey: string;
const phones: Phone[] = [];
let lastCaller = 0;
/** The CRM's response to a new call. */
let answer: () => ShopAnswer;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  provider = await new Phone({ server, user: 'provider', port, incoming: pickUp }).start();
  crm = await new Shop(({ headers, fields }) => {
    if (headers.authorization !== `Bearer ${CRM_KEY}`) return text('who is this?', 'text/plain', 401);
    return fields['event'] === 'call_started' ? answer() : json({ ok: true });
  }).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    env: { WEBHOOK_CRM_KEY: CRM_KEY },
    company: {
      dial_policy: { countries: ['CZ'] },
      handsets: [{ name: 'anna' }, { name: 'boss' }],
      queues: [
        { id: 1, name: 'Диспетчеры', handsets: ['anna'], join_when: 'always', stay_when: 'always', record: true },
      ],
      operators: [
        { id: 1, login: 'anna@taxi.example', name: 'Anna', handset: 'anna' },
        { id: 2, login: 'boss@taxi.example', name: 'Boss', handset: 'boss' },
      ],
      lines: [{ number: LINE, plan: ['answer', { enqueue: { queue: 1 } }] }],
      runtel: { extensions: { '202': 'boss' } },
      webhooks: [{ name: 'crm', url: crm.url, profile: 'runtel', bearer: 'WEBHOOK_CRM_KEY', routes_calls: true }],
      profiles: { runtel: { base: 'telfa', numbers: 'e164' } },
    },
  });
  const scopes = [
    'calls:read',
    'calls:control',
    'recordings:read',
    'operators:read',
    'numbers:read',
    'dispatch:notify',
  ];
  const made = await gateway.fetch('/api/v1/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'crm', scopes }),
  });
  pbxKey = ((await made.json()) as { token: string }).token;
});

afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.stop()));
});
afterAll(async () => {
  await provider.stop();
  await gateway.stop();
  await crm.stop();
  await asterisk.stop();
});

async function phone(user: string, incoming?: IncomingBehaviour): Promise<Phone> {
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const password = incoming && (await gateway.handsetPassword(user));
  const made = new Phone({ server, user, ...(incoming && { incoming }), ...(password !== undefined && { password }) });
  phones.push(await made.start());
  if (incoming) await made.registerSoon();
  return made;
}

async function dial(): Promise<PhoneCall> {
  lastCaller += 1;
  return (await phone(`+420777${String(300_000 + lastCaller)}`)).dial(LINE);
}

const eventsOf = (call: PhoneCall) =>
  crm.requests.map(({ fields }) => fields).filter((fields) => fields['caller_number'] === callerOf(call));

function asCrm(path: string, body?: object): Promise<Response> {
  return fetch(`${gateway.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${pbxKey}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

it('a call rings the user that the CRM names; the CRM is notified with Bearer, finds it in the history and gets the recording', async () => {
  answer = () => json({ client: 'Ivan', transfer_to: { extension: 202 } });
  const [anna, boss] = [await phone('anna', ringForEver), await phone('boss', pickUp)];
  const caller = await dial();
  const talk = await (await boss.nextCall({ withinMs: 20_000 })).answered();
  await talkBothWays(caller, talk);
  expect(anna.invites.every(({ answeredAtMs }) => answeredAtMs === undefined)).toBe(true);
  await caller.hangUp();
  const over = await becomes('the CRM receives the end', () =>
    eventsOf(caller).find(({ event }) => event === 'hangup'),
  );
  expect(over).toMatchObject({ result: 'SUCCESS', agent: 'boss', called_number: LINE });
  expect(new Set(crm.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${CRM_KEY}`]));
  const history = (await (await asCrm('/integration/runtel/calls')).json()) as { calls: Record<string, unknown>[] };
  expect(history.calls[0]).toMatchObject({ call_id: over['call_id'], caller_number: callerOf(caller), running: false });
});

it('no answer: the plan restarts, and its conversation is recorded', async () => {
  answer = () => json({ transfer_to: { user: 'boss@taxi.example' } });
  const anna = await phone('anna', ringForEver);
  // The boss has no registered phone.
  const caller = await dial();
  const rung = await anna.nextCall({ withinMs: 20_000 });
  const again = await becomes('the queue rings anna', async () => {
    await delay(1500);
    return anna.invites.at(-1);
  });
  again.answer();
  expect(rung).toBeDefined();
  await talkBothWays(caller, again);
  await caller.hangUp();
  const ready = await becomes('the recording is reported', () =>
    eventsOf(caller).find(({ event }) => event === 'recording_ready'),
  );
  const { id } = ready['recording'] as { id: string };
  const audio = await asCrm(`/integration/runtel/recordings/${id}`);
  expect(audio.headers.get('content-type')).toBe('audio/wav');
  expect((await audio.arrayBuffer()).byteLength).toBeGreaterThan(500);
});

it('a late answer or a failing CRM delays no call', async () => {
  const anna = await phone('anna', pickUp);
  for (const given of [{ ...json({ transfer_to: 'boss' }), delayMs: 2000 }, text('', 'text/plain', 500)]) {
    answer = () => given;
    const caller = await dial();
    const talk = await (await anna.nextCall({ withinMs: 20_000 })).answered();
    await talkBothWays(caller, talk);
    await becomes('the CRM was asked', () => eventsOf(caller)[0]);
    // A running conversation is not interrupted.
    if (given.delayMs !== undefined) await delay(given.delayMs);
    await talkBothWays(caller, talk);
    await caller.hangUp();
    await talk.ended();
  }
});

it('calls out for a user, and reports states', async () => {
  const anna = await phone('anna', pickUp);
  const before = provider.invites.length;
  const begun = await asCrm('/integration/runtel/calls', { user: 1, number: '+420777888999' });
  expect(begun.status).toBe(202);
  const first = await (await anna.nextCall({ withinMs: 20_000 })).answered();
  const second = await becomes('the number is called', () => provider.invites[before]);
  expect(userOf(second.invite.uri)).toBe('420777888999');
  await talkBothWays(first, await second.answered());
  await first.hangUp();
  await second.ended();
  const { users } = (await (await asCrm('/integration/runtel/users')).json()) as { users: object[] };
  expect(users).toMatchObject([{ id: 1 }, { id: 2, state: 'offline', extension: '202' }]);
});

it('an unknown request is answered with 501, and kept for the developer', async () => {
  const unknown = await asCrm('/integration/runtel/agents/status', { phone: '+420777888999' });
  expect(unknown.status).toBe(501);
  const { requests } = await gateway.api<{ requests: { path: string }[] }>('/api/v1/recorded-requests');
  expect(requests[0]?.path).toMatch(/\/agents\/status$/);
  expect(JSON.stringify(requests)).not.toContain('777888999');
});
