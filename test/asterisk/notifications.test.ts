import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Shop, text } from '../support/shop.js';
import { prompt } from '../support/sip/caller.js';
import { userOf, type SipRequest } from '../support/sip/message.js';
import { busy, decline, Phone, pickUp, ringForEver, type IncomingBehaviour } from '../support/sip/phone.js';

/** Notifications through a real Asterisk to a real trunk: 200 at once, what keys do, and kill -9 wherever a call is begun. */

const LINE = '+420222333444';
const P = { message: 21, other: 22, canceled: 23 };
const [COUNT, AT_ONCE] = [200, 30];

const company = {
  dial_policy: { countries: ['CZ'], max_concurrent: 200, max_per_day: 100_000 },
  prompts: prompts(...Object.values(P)),
  lines: [{ number: LINE, plan: ['answer'] }],
  notifications: {
    ...{ max_concurrent: AT_ONCE, per_minute: 6000, ring_timeout: '5s', confirmations: { cancel_order: P.canceled } },
    retry: { max_attempts: 2, interval: '1s', backoff: 1, on: ['busy'] },
  },
};

interface Told {
  notification_id: string;
  external_id: string;
  result: string;
  attempts: { call_id: string; outcome: string }[];
  digit: string | null;
  action: string | null;
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
  provider = await new Phone({
    ...{ server: { host: '127.0.0.1', port: asterisk.sipPort }, user: 'provider', port },
    incoming: byNumber,
  }).start();
  hooks = await new Shop(({ fields }) => {
    told.push(fields as unknown as Told);
    return text('');
  }).start();
  const webhooks = [{ name: 'dispatch', url: hooks.url, events: ['notification'] }];
  const toneMs = (id: number) => (id === P.other ? 1500 : 600);
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company: { ...company, webhooks }, toneMs });
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

/** The last digit says how a number behaves. */
function byNumber(invite: SipRequest): IncomingBehaviour {
  const digit = calledNumber(invite).slice(-1);
  return { '0': busy, '1': decline, '2': ringForEver }[digit] ?? pickUp;
}

const calledNumber = (invite: SipRequest): string => userOf(invite.headers.get('To'));
const invitesTo = (number: string) =>
  provider.invites.filter(({ invite }) => calledNumber(invite) === number.replace('+', ''));

/** A number nobody has had before, that behaves so. */
function number(digit: number): string {
  last += 1;
  return `+420777${String(last).padStart(5, '0')}${digit}`;
}

function request(to: string, more: object = {}) {
  return { external_id: `x${to}`, order_id: `o${to}`, status: 'arrived', to, prompts: [P.message], ...more };
}

async function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return gateway.fetch(`/api/v1/notifications${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function becomes<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  withinMs = 60_000,
): Promise<T> {
  for (const until = Date.now() + withinMs; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(50);
  }
}

const resultOf = (to: string) => becomes(`the result of ${to}`, () => told.find((one) => one.external_id === `x${to}`));

describe('200 notifications', () => {
  it('each come to what their numbers do, never too many at once, each told once', async () => {
    const groups = { delivered: 3, busy: 0, rejected: 1, silent: 2 };
    const numbers = Array.from({ length: COUNT }, (_, n) => {
      const group = n % 10 < 4 ? 'delivered' : n % 10 < 6 ? 'busy' : n % 10 < 8 ? 'rejected' : 'silent';
      return { group, to: number(groups[group]) } as const;
    });
    const began = new Map<string, number>();
    provider.onIncoming((invite) => {
      began.set(invite.headers.get('Call-ID'), Date.now());
      return byNumber(invite);
    });
    const answer = await post('/batches', { batch: 'all', notifications: numbers.map(({ to }) => request(to)) });
    expect(answer.status).toBe(202);
    const progress = await becomes(
      'the batch is done',
      async () => {
        const now = await gateway.api<{ states: Record<string, number> }>('/api/v1/notifications/batches/all');
        return now.states['done'] === COUNT ? now : undefined;
      },
      120_000,
    );
    expect(progress).toMatchObject({
      total: COUNT,
      results: { delivered: COUNT * 0.4, busy: COUNT * 0.4, no_answer: COUNT * 0.2 },
    });
    const spans = await Promise.all(
      provider.invites.map(async (call) => ({ from: began.get(call.callId) ?? 0, to: (await call.ended()).atMs })),
    );
    const most = Math.max(...spans.map(({ from }) => spans.filter((one) => one.from <= from && from < one.to).length));
    expect(most).toBeGreaterThan(AT_ONCE / 3);
    expect(most).toBeLessThanOrEqual(AT_ONCE);
    const tries = {
      delivered: ['heard'],
      busy: ['busy', 'busy'],
      rejected: ['rejected', 'rejected'],
      silent: ['no_answer'],
    };
    for (const { group, to } of numbers) {
      const { attempts } = await resultOf(to);
      expect(
        attempts.map(({ outcome }) => outcome),
        group,
      ).toEqual(tries[group]);
      expect(invitesTo(to), group).toHaveLength(attempts.length);
    }
    expect(told).toHaveLength(COUNT);
    const [heard] = numbers;
    await invitesTo(heard?.to ?? '')[0]?.hears(prompt(P.message), { skipping: true });
  }, 180_000);
});

describe('a key', () => {
  it('stops the message, is confirmed and told', async () => {
    const to = number(5);
    await post('', request(to, { prompts: [P.other], options: [{ digit: '3', action: 'cancel_order' }] }));
    const call = await becomes('it is called', () => invitesTo(to)[0]);
    await call.answered({ withinMs: 20_000 });
    await call.hears(prompt(P.other), { skipping: true, withinMs: 20_000 });
    await call.press('3');
    await call.hears(prompt(P.canceled), { skipping: true, withinMs: 20_000 });
    expect(await resultOf(to)).toMatchObject({ result: 'delivered', digit: '3', action: 'cancel_order' });
  }, 60_000);
});

it('who hangs up in the middle of the message has not heard it', async () => {
  const to = number(5);
  await post('', request(to, { prompts: [P.other, P.other, P.other], retry: { max_attempts: 1 } }));
  const call = await becomes('it is called', () => invitesTo(to)[0]);
  await call.hears(prompt(P.other), { skipping: true, withinMs: 20_000 });
  await call.hangUp();
  expect(await resultOf(to)).toMatchObject({ result: 'failed', attempts: [{ outcome: 'cut_short' }] });
}, 60_000);

describe('kill -9', () => {
  it.each([
    ['before-send:notification:1', ['heard'], 1],
    ['before-send:dial:1', ['unknown'], 0],
    ['after-send:dial:1', ['heard'], 1],
    ['after-ack:dial:1', ['heard'], 1],
    ['after-send:play:1', ['heard'], 1],
    ['after-ack:hang_up:1', ['heard'], 1],
    ['after-ack:notification:1', ['heard'], 1],
  ])(
    'at %s: it is called as often as it says, and told once',
    async (failpoint, outcomes, invites) => {
      await gateway.kill();
      await gateway.run({ CORDBOARD_FAILPOINT: failpoint });
      await gateway.ready();
      const to = number(7);
      await post('', request(to)).catch(() => undefined);
      await gateway.died();
      await gateway.run();
      await gateway.ready();
      const { attempts, result, notification_id: id } = await resultOf(to);
      expect({ result, outcomes: attempts.map(({ outcome }) => outcome) }).toEqual({
        result: outcomes.includes('heard') ? 'delivered' : 'failed',
        outcomes,
      });
      expect(invitesTo(to)).toHaveLength(invites);
      expect(told.filter((one) => one.notification_id === id)).toHaveLength(1);
    },
    60_000,
  );

  it('again and again under load: nothing is forgotten, no call is made that is not counted', async () => {
    const numbers = Array.from({ length: 40 }, (_, n) => number(n % 4 === 0 ? 0 : 7));
    const before = provider.invites.length;
    await post('/batches', { batch: 'killed', notifications: numbers.map((to) => request(to)) });
    await becomes('calls are made', () => (provider.invites.length > before + 4 ? true : undefined));
    for (const pauseMs of [0, 300, 700]) {
      await delay(pauseMs);
      await gateway.kill();
      await gateway.run();
      await gateway.ready();
    }
    for (const to of numbers) {
      const { attempts } = await resultOf(to);
      const rung = invitesTo(to).length;
      const lost = attempts.filter(({ outcome }) => outcome === 'unknown').length;
      expect(rung, JSON.stringify(attempts)).toBeLessThanOrEqual(attempts.length);
      expect(rung, JSON.stringify(attempts)).toBeGreaterThanOrEqual(attempts.length - lost);
    }
  }, 120_000);
});
