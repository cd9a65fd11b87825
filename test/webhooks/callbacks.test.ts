import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceEvent } from '../../src/telephony/domain-events.js';
import { systemClock } from '../../src/lib/clock.js';
import { callbackProblem, isBelow } from '../../src/webhooks/callbacks.js';
import { deliverySender } from '../../src/webhooks/sender.js';
import { hook, news, OK, OutboxHarness, START } from './webhook-harness.js';

const ALLOWED = [
  { name: 'dispatch', url: 'https://dispatch.example/hooks' },
  { name: 'local', url: 'http://127.0.0.1:8090/results/' },
];

function report(seq: number, more: Partial<ResourceEvent> = {}): ResourceEvent {
  return {
    event: 'bridge',
    seq,
    at: START + seq,
    fields: { call_id: 'b_1', state: 'queued' },
    callbackUrl: null,
    ...more,
  };
}

describe('an address for outcomes', () => {
  it.each([
    'https://dispatch.example/hooks',
    'https://dispatch.example/hooks?order=7',
    'https://dispatch.example/hooks/bridges/7',
    'http://127.0.0.1:8090/results/7',
  ])('%s is allowed', (url) => {
    expect(callbackProblem(url, ALLOWED)).toBeUndefined();
  });

  it.each([
    'https://dispatch.example/hooks-of-others',
    'https://dispatch.example/hooks/../admin',
    'https://dispatch.example/hooks/%2e%2e/admin',
    'https://dispatch.example.evil.example/hooks/7',
    'https://dispatch.example:8443/hooks/7',
    'http://dispatch.example/hooks/7',
    'https://user@dispatch.example/hooks/7',
    'http://127.0.0.1:8088/ari/channels',
    'file:///etc/passwd',
    'dispatch.example/hooks',
    '',
  ])('%s is not', (url) => {
    expect(callbackProblem(url, ALLOWED)).toEqual(expect.any(String));
  });

  it('is not allowed at all where none is set up', () => {
    expect(callbackProblem('https://dispatch.example/hooks', [])).toMatch(/callbacks/);
  });

  it('is below itself with and without a slash at the end', () => {
    expect(isBelow('https://a.example/x', 'https://a.example/x/')).toBe(false);
    expect(isBelow('https://a.example/x/', 'https://a.example/x/')).toBe(true);
    expect(isBelow('https://a.example/x/', 'https://a.example/x')).toBe(true);
    expect(isBelow('https://a.example/', 'https://a.example')).toBe(true);
  });
});

describe('reports', () => {
  let harness: OutboxHarness;
  beforeEach(async () => {
    const hooks = [hook(), hook({ name: 'dispatch', events: ['bridge'] })];
    harness = await OutboxHarness.start(() => OK, hooks);
    harness.callbacks = ALLOWED;
    harness.couriers.changed();
  });
  afterEach(() => harness.stop());

  it('are heard by whoever asks for them, and calls by whoever says nothing', async () => {
    await harness.tell('b_1', report(1), news('ringing', 2, START));
    await harness.passTo(START + 1000);
    expect(harness.seen.map(({ hook: who, event }) => [who, event]).sort()).toEqual([
      ['dispatch', 'bridge'],
      ['shop', 'ringing'],
    ]);
  });

  it('go to their callback besides, in order, each once', async () => {
    const callbackUrl = 'https://dispatch.example/hooks/7';
    await harness.tell('b_1', report(1, { callbackUrl }), report(2, { callbackUrl }));
    await harness.passTo(START + 1000);
    expect(harness.seen.filter(({ hook: who }) => who === 'callback:dispatch').map(({ seq }) => seq)).toEqual([1, 2]);
    const rows = await harness.deliveries();
    expect(rows.filter(({ hook: who }) => who === 'callback:dispatch').map(({ url, state }) => [url, state])).toEqual([
      [callbackUrl, 'delivered'],
      [callbackUrl, 'delivered'],
    ]);
    const [first] = rows;
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      event: 'bridge',
      seq: 1,
      timestamp: '2026-11-21T10:00:00.001Z',
      state: 'queued',
    });
  });

  it('go nowhere else: not to an address that is allowed no more', async () => {
    await harness.tell('b_1', report(1, { callbackUrl: 'https://evil.example/' }));
    await harness.passTo(START + 1000);
    expect((await harness.deliveries()).map(({ hook: who }) => who)).toEqual(['dispatch']);
    const asked: string[] = [];
    const client = { request: ({ url }: { url: string }) => Promise.reject(new Error(String(asked.push(url)))) };
    const send = deliverySender(client as never, {}, systemClock);
    const letter = { eventId: 'e', contentType: 'application/json', body: '{}', url: 'https://evil.example/' };
    expect(await send(hook({ url: 'https://dispatch.example/hooks' }), letter)).toMatchObject({
      failed: expect.stringContaining('no longer below') as string,
    });
    expect(asked).toEqual([]);
  });
});
