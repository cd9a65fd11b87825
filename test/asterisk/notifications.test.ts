import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompts } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { busy, decline, pickUp, ringForEver } from '../support/sip/phone.js';
import { NotificationHarness, notificationTo } from './notification-harness.js';

/** Notifications through a real Asterisk to a real trunk: 200 at once, the keys, and kill -9 wherever a call starts. */

const LINE = '+420222333444';
const P = { message: 21, other: 22, canceled: 23 };
const [COUNT, AT_ONCE] = [200, 30];

const company = {
  dial_policy: { countries: ['CZ'], max_concurrent: 200, max_per_day: 100_000 },
  prompts: prompts(...Object.values(P)),
  lines: [{ number: LINE, plan: ['answer'] }],
  notifications: {
    max_concurrent: AT_ONCE,
    per_minute: 6000,
    ring_timeout: '5s',
    confirmations: { cancel_order: P.canceled },
    retry: { max_attempts: 2, interval: '1s', backoff: 1, on: ['busy'] },
  },
};

let harness: NotificationHarness;

beforeAll(async () => {
  const byLastDigit = (digit: string) => ({ '0': busy, '1': decline, '2': ringForEver })[digit] ?? pickUp;
  harness = await NotificationHarness.start(company, { byLastDigit, toneMs: (id) => (id === P.other ? 1500 : 600) });
});
beforeEach(() => {
  harness.results.length = 0;
});
afterAll(() => harness.stop());

const request = (to: string, more: object = {}) => notificationTo(to, P.message, more);

describe('200 notifications', () => {
  it('each end with the outcome of their number, within the limit of parallel calls, and report one result', async () => {
    const groups = { delivered: 3, busy: 0, rejected: 1, silent: 2 };
    const numbers = Array.from({ length: COUNT }, (_, n) => {
      const group = n % 10 < 4 ? 'delivered' : n % 10 < 6 ? 'busy' : n % 10 < 8 ? 'rejected' : 'silent';
      return { group, to: harness.number(groups[group]) } as const;
    });
    const answer = await harness.post('/batches', {
      batch: 'all',
      notifications: numbers.map(({ to }) => request(to)),
    });
    expect(answer.status).toBe(202);
    const progress = await becomes(
      'the batch is done',
      async () => {
        const now = await harness.gateway.api<{ states: Record<string, number> }>('/api/v1/notifications/batches/all');
        return now.states['done'] === COUNT ? now : undefined;
      },
      120_000,
    );
    expect(progress).toMatchObject({
      total: COUNT,
      results: { delivered: COUNT * 0.4, busy: COUNT * 0.4, no_answer: COUNT * 0.2 },
    });
    const spans = await Promise.all(
      harness.provider.invites.map(async (call) => ({ from: call.arrivedAtMs, to: (await call.ended()).atMs })),
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
      const { attempts } = await harness.resultOf(to);
      expect(
        attempts.map(({ outcome }) => outcome),
        group,
      ).toEqual(tries[group]);
      expect(harness.invitesTo(to), group).toHaveLength(attempts.length);
    }
    expect(harness.results).toHaveLength(COUNT);
    const [heard] = numbers;
    await harness.invitesTo(heard?.to ?? '')[0]?.hears(prompt(P.message), { skipping: true });
  });
});

describe('a key', () => {
  it('stops the message, is confirmed and reported', async () => {
    const to = harness.number(5);
    await harness.post('', request(to, { prompts: [P.other], options: [{ digit: '3', action: 'cancel_order' }] }));
    const call = await harness.call(to);
    await call.answered({ withinMs: 20_000 });
    await call.hears(prompt(P.other), { skipping: true, withinMs: 20_000 });
    await call.press('3');
    await call.hears(prompt(P.canceled), { skipping: true, withinMs: 20_000 });
    expect(await harness.resultOf(to)).toMatchObject({ result: 'delivered', digit: '3', action: 'cancel_order' });
  });
});

it('a callee who hangs up during the message has not heard it', async () => {
  const to = harness.number(5);
  await harness.post('', request(to, { prompts: [P.other, P.other, P.other], retry: { max_attempts: 1 } }));
  const call = await harness.call(to);
  await call.hears(prompt(P.other), { skipping: true, withinMs: 20_000 });
  await call.hangUp();
  expect(await harness.resultOf(to)).toMatchObject({ result: 'failed', attempts: [{ outcome: 'cut_short' }] });
});

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
    'at %s: makes the number of calls that it reports, and reports one result',
    async (failpoint, outcomes, invites) => {
      await harness.restart(failpoint);
      const to = harness.number(7);
      await harness.post('', request(to)).catch(() => undefined);
      await harness.revived();
      const { attempts, result, notification_id: id } = await harness.resultOf(to);
      expect({ result, outcomes: attempts.map(({ outcome }) => outcome) }).toEqual({
        result: outcomes.includes('heard') ? 'delivered' : 'failed',
        outcomes,
      });
      expect(harness.invitesTo(to)).toHaveLength(invites);
      expect(harness.results.filter((one) => one.notification_id === id)).toHaveLength(1);
    },
  );

  it('again and again under load: every notification ends, and every call is counted', async () => {
    const numbers = Array.from({ length: 40 }, (_, n) => harness.number(n % 4 === 0 ? 0 : 7));
    const before = harness.provider.invites.length;
    await harness.post('/batches', { batch: 'killed', notifications: numbers.map((to) => request(to)) });
    await becomes('calls are made', () => harness.provider.invites.length > before + 4);
    for (const pauseMs of [0, 300, 700]) {
      await delay(pauseMs);
      await harness.restart();
    }
    for (const to of numbers) {
      const { attempts } = await harness.resultOf(to);
      const rung = harness.invitesTo(to).length;
      // A gateway killed between creating a leg and dialling it waits in vain for a callee that does not ring.
      const answered = attempts.filter(({ outcome }) => outcome === 'heard' || outcome === 'busy').length;
      expect(rung, JSON.stringify(attempts)).toBeLessThanOrEqual(attempts.length);
      expect(rung, JSON.stringify(attempts)).toBeGreaterThanOrEqual(answered);
    }
  });
});
