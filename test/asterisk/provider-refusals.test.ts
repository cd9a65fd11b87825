import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prompts } from '../support/gateway.js';
import { decline, type IncomingBehaviour } from '../support/sip/phone.js';
import { NotificationHarness, notificationTo } from './notification-harness.js';

/** A refusal by the provider is not reported as an outcome of the callee. */

const LINE = '+420222333444';
const MESSAGE = 21;
const refuse = (status: number): IncomingBehaviour => ({ do: 'reject', status });
const BY_DIGIT: Record<string, IncomingBehaviour> = {
  '0': refuse(401),
  '1': refuse(403),
  '2': refuse(407),
  '3': refuse(402),
  '4': refuse(404),
  '5': refuse(484),
  '6': refuse(604),
  '7': refuse(410),
  '8': decline,
  '9': refuse(503),
};

const company = {
  dial_policy: { countries: ['CZ'], max_concurrent: 50 },
  prompts: prompts(MESSAGE),
  handsets: [{ name: 'h1' }],
  lines: [{ number: LINE, plan: ['answer'] }],
  notifications: { per_minute: 6000, retry: { max_attempts: 2, interval: '1s', backoff: 1, on: ['busy', 'failed'] } },
};

let harness: NotificationHarness;
beforeAll(async () => {
  const byLastDigit = (digit: string) => BY_DIGIT[digit] ?? decline;
  harness = await NotificationHarness.start(company, { byLastDigit, toneMs: () => 600 });
});
afterAll(() => harness.stop());

describe('a notification', () => {
  it.each([
    [0, 401, 'failed', ['failed', 'failed']],
    [1, 403, 'failed', ['failed', 'failed']],
    [2, 407, 'failed', ['failed', 'failed']],
    [3, 402, 'failed', ['failed', 'failed']],
    [4, 404, 'failed', ['no_such_number']],
    [5, 484, 'failed', ['no_such_number']],
    [6, 604, 'failed', ['no_such_number']],
    [7, 410, 'failed', ['no_such_number']],
    [8, 603, 'busy', ['rejected', 'rejected']],
    [9, 503, 'failed', ['failed', 'failed']],
  ])('to a number ending in %i, which is answered %i: %s', async (digit, _status, result, outcomes) => {
    const to = harness.number(digit);
    await harness.post('', notificationTo(to, MESSAGE));
    const notification = await harness.resultOf(to);
    expect([notification.result, notification.attempts.map(({ outcome }) => outcome)]).toEqual([result, outcomes]);
    expect(harness.invitesTo(to)).toHaveLength(outcomes.length);
  });

  it('that the provider refuses records it in the timeline', async () => {
    const to = harness.number(1);
    await harness.post('', notificationTo(to, MESSAGE, { retry: { max_attempts: 1 } }));
    const { attempts } = await harness.resultOf(to);
    const path = `/api/v1/calls/${encodeURIComponent(attempts[0]?.call_id ?? '')}`;
    const { timeline } = await harness.gateway.api<{ timeline: { kind: string; data: object }[] }>(path);
    expect(timeline.find(({ kind }) => kind === 'leg_over')?.data).toMatchObject({
      cause: 'provider_refused',
      reason: 'SIP 403',
    });
  });
});

describe('a bridge', () => {
  it.each([
    [1, { leg: 'a', reason: 'unreachable', detail: 'provider_refused' }],
    [4, { leg: 'a', reason: 'unreachable', detail: 'no_such_number' }],
    [8, { leg: 'a', reason: 'rejected', detail: null }],
  ])('whose first number ends in %i has failed so: %o', async (digit, failed) => {
    const phones = [harness.number(digit), harness.number(8)];
    const body = { order_id: phones[0], initiator: 'client', line: LINE };
    const response = await harness.gateway.fetch('/api/v1/bridges', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...body,
        a: { phone: phones[0], role: 'client' },
        b: { phone: phones[1], role: 'driver' },
      }),
    });
    const { bridge_id: id } = (await response.json()) as { bridge_id: string };
    await expect.poll(() => harness.gateway.api(`/api/v1/bridges/${id}`)).toMatchObject({ state: 'failed', failed });
  });
});
