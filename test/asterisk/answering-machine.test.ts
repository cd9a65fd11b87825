import { setTimeout as delay } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Shop, text } from '../support/shop.js';
import { prompt } from '../support/sip/caller.js';
import { userOf, type SipRequest } from '../support/sip/message.js';
import { Phone, pickUp, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { mix } from '../support/tones.js';

/** Notifications that are answered by people and by machines, through a real Asterisk that listens who it is. */

const LINE = '+420222333444';
const P = { message: 21, offer: 22 };
/** Longer than anybody says hello. */
const GREETING_MS = 5000;
const SLOW = { withinMs: 30_000 };
/** What is heard before the message is not asked for: Asterisk sends silence. */
const LATER = { ...SLOW, skipping: true };

const hello: IncomingBehaviour = { do: 'answer', says: mix([400], 500) };
/** A greeting, and a second later the beep. */
const machine: IncomingBehaviour = {
  do: 'answer',
  says: Int16Array.from([...mix([400], GREETING_MS - 1500), ...new Int16Array(8000), ...mix([1000], 500)]),
};

const company = {
  dial_policy: { countries: ['CZ'], max_concurrent: 200, max_per_day: 100_000 },
  prompts: prompts(...Object.values(P)),
  lines: [{ number: LINE, plan: ['answer'] }],
  notifications: {
    ...{ offers: { cancel_order: P.offer }, input: { timeout: '1s', tries: 1 } },
    retry: { max_attempts: 2, interval: '1s', backoff: 1, on: ['no_answer'] },
  },
};

interface Told {
  notification_id: string;
  external_id: string;
  result: string;
  attempts: { call_id: string; outcome: string }[];
}

let asterisk: TestAsterisk;
let gateway: Gateway;
let provider: Phone;
let hooks: Shop;
let told: Told[];
let last = 0;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  provider = await new Phone({ server, user: 'provider', port, incoming: byNumber }).start();
  hooks = await new Shop(({ fields }) => {
    told.push(fields as unknown as Told);
    return text('');
  }).start();
  const webhooks = [{ name: 'dispatch', url: hooks.url, events: ['notification'] }];
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: { ...company, webhooks },
    toneMs: () => 600,
  });
}, 60_000);
beforeEach(() => {
  told = [];
});
afterAll(async () => {
  await gateway.stop();
  await provider.stop();
  await hooks.stop();
  await asterisk.stop();
}, 30_000);

/** The last digit says who answers a number. */
function byNumber(invite: SipRequest): IncomingBehaviour {
  return { '1': hello, '2': machine }[calledNumber(invite).slice(-1)] ?? pickUp;
}

const calledNumber = (invite: SipRequest): string => userOf(invite.headers.get('To'));
const invitesTo = (number: string) =>
  provider.invites.filter(({ invite }) => calledNumber(invite) === number.replace('+', ''));

async function becomes<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const until = Date.now() + 60_000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`it did not become so: ${what}`);
    await delay(50);
  }
}

async function setTo(answering_machine: string): Promise<void> {
  const document = parse(await (await gateway.fetch('/api/v1/config')).text()) as { notifications: object };
  const body = stringify({ ...document, notifications: { ...document.notifications, answering_machine } });
  await gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
}

/** A number nobody has had before, where that one answers, is asked to be called. */
async function notify(who: 'silent' | 'person' | 'machine'): Promise<string> {
  last += 1;
  const to = `+420777${String(last).padStart(5, '0')}${{ silent: 0, person: 1, machine: 2 }[who]}`;
  const options = [{ digit: '3', action: 'cancel_order' }];
  const body = JSON.stringify({
    ...{ external_id: `x${to}`, order_id: `o${to}`, status: 'arrived', to, prompts: [P.message], options },
  });
  const headers = { 'content-type': 'application/json' };
  // It may be killed before it has answered.
  await gateway.fetch('/api/v1/notifications', { method: 'POST', headers, body }).catch(() => undefined);
  return to;
}

const call = (to: string): Promise<PhoneCall> => becomes(`${to} is called`, () => invitesTo(to)[0]);
const resultOf = (to: string) => becomes(`the result of ${to}`, () => told.find((one) => one.external_id === `x${to}`));

async function comesTo(to: string, result: string, ...outcomes: string[]): Promise<Told> {
  const one = await resultOf(to);
  expect({ result: one.result, outcomes: one.attempts.map(({ outcome }) => outcome) }).toEqual({ result, outcomes });
  expect(invitesTo(to)).toHaveLength(outcomes.length);
  return one;
}

async function timelineOf({ attempts }: Told): Promise<{ kind: string; data: Record<string, unknown> }[]> {
  const id = encodeURIComponent(attempts.at(-1)?.call_id ?? '');
  const { timeline } = await gateway.api<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(
    `/api/v1/calls/${id}`,
  );
  return timeline;
}

describe('answering_machine', () => {
  it('is off by default: the message is said at once to whoever answers', async () => {
    const to = await notify('machine');
    const answered = await call(to);
    await answered.hears(prompt(P.message), LATER);
    await answered.hears(prompt(P.offer), LATER);
    const timeline = await timelineOf(await comesTo(to, 'delivered', 'heard'));
    expect(timeline.map(({ kind }) => kind)).not.toContain('answerer');
  }, 60_000);

  it('hang_up: people hear the message, also those who say nothing; machines are hung up on and called again', async () => {
    await setTo('hang_up');
    const [person, silent, unheard] = [await notify('person'), await notify('silent'), await notify('machine')];
    for (const to of [person, silent]) await (await call(to)).hears(prompt(P.message), LATER);
    const timeline = await timelineOf(await comesTo(person, 'delivered', 'heard'));
    expect(timeline).toContainEqual(
      expect.objectContaining({ kind: 'answerer', data: expect.objectContaining({ is: 'person' }) as unknown }),
    );
    await comesTo(silent, 'delivered', 'heard');
    await comesTo(unheard, 'no_answer', 'machine', 'machine');
    for (const { heard } of invitesTo(unheard).map((one) => ({ heard: one.heard() })))
      expect(heard).not.toContainEqual(expect.objectContaining(prompt(P.message)));
  }, 60_000);

  it('speak: a machine hears the message once it has spoken, without the keys', async () => {
    await setTo('speak');
    const [person, spoken] = [await notify('person'), await notify('machine')];
    await (await call(person)).hears(prompt(P.message), LATER);
    const answered = await call(spoken);
    const { answeredAtMs = 0 } = await answered.answered(SLOW);
    await answered.hears(prompt(P.message), LATER);
    // Two seconds of silence after the beep, not after what was said before it.
    expect(Date.now() - answeredAtMs).toBeGreaterThan(GREETING_MS + 1000);
    const end = await answered.ended(SLOW);
    expect(end).toMatchObject({ by: 'peer', how: 'hung_up' });
    expect(answered.heard()).not.toContainEqual(expect.objectContaining(prompt(P.offer)));
    await comesTo(person, 'delivered', 'heard');
    await comesTo(spoken, 'delivered', 'heard_by_machine');
  }, 60_000);
});

describe('kill -9', () => {
  beforeAll(() => setTo('hang_up'));

  it.each([['before-send:detect_machine:1'], ['after-send:detect_machine:1']])(
    'at %s: who has answered is told, and hears the message once',
    async (failpoint) => {
      await gateway.kill();
      await gateway.run({ CORDBOARD_FAILPOINT: failpoint });
      await gateway.ready();
      const to = await notify('person');
      await gateway.died();
      await gateway.run();
      await gateway.ready();
      await (await call(to)).hears(prompt(P.message), LATER);
      await comesTo(to, 'delivered', 'heard');
    },
    60_000,
  );

  it('while Asterisk listens, and back after it knows: the call has waited', async () => {
    const to = await notify('silent');
    await becomes('Asterisk listens', async () =>
      (await asterisk.cli('core show channels concise')).includes('!detect!') ? true : undefined,
    );
    await gateway.kill();
    await becomes('Asterisk knows, and waits', async () =>
      /!detect!.*!Wait!/.test(await asterisk.cli('core show channels concise')) ? true : undefined,
    );
    await gateway.run();
    await (await call(to)).hears(prompt(P.message), LATER);
    await comesTo(to, 'delivered', 'heard');
  }, 60_000);
});
