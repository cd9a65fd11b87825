import { describe, expect, it } from 'vitest';
import { OutboundError } from '../../../src/http/outbound.js';
import { systemClock } from '../../../src/lib/clock.js';
import { createLogger } from '../../../src/lib/logger.js';
import { DispatchLookup } from '../../../src/call-plan/orders/dispatch-lookup.js';
import { ordersSchema } from '../../../src/company/orders-schema.js';

type Sent = { url: string; method?: string; headers?: Record<string, string>; body?: string; totalTimeoutMs: number };

function lookup(settings: object, answer: string | Error, status = 200) {
  const sent: Sent[] = [];
  const lookup = new DispatchLookup({
    settings: () => ({ ...ordersSchema.parse({ lookup: settings }), country: 'CZ' }),
    read: ({ id, status: word }) => (typeof id === 'string' ? { id, rawStatus: String(word) } : undefined),
    outbound: {
      request: (options) => {
        sent.push(options as Sent);
        return answer instanceof Error
          ? Promise.reject(answer)
          : Promise.resolve({ status, headers: {}, body: answer, latencyMs: 1, attempts: 1 });
      },
    },
    secrets: { WEBHOOK_KEY: 'k-1' },
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  });
  return { sent, find: (limitMs = 1400) => lookup.ordersOf('+420777888999', '+420222333444', limitMs) };
}

const url = 'http://dispatch.test/orders/{number}?e164={number_e164}&line={line}';

describe('an order lookup at the dispatch', () => {
  it('fills in the address, sends the key, and observes the time limit', async () => {
    const { sent, find } = lookup({ url, headers: { 'Api-Key': 'WEBHOOK_KEY' } }, '[{"id":"A-1","status":"new"}]');
    expect(await find(700)).toEqual([{ id: 'A-1', rawStatus: 'new' }]);
    expect(sent).toMatchObject([
      {
        url: 'http://dispatch.test/orders/777888999?e164=%2B420777888999&line=%2B420222333444',
        method: 'GET',
        totalTimeoutMs: 700,
      },
    ]);
    expect(sent[0]?.headers).toMatchObject({ 'api-key': 'k-1' });
  });

  it('sends a body with POST', async () => {
    const { sent, find } = lookup({ url: 'http://dispatch.test/', method: 'POST', timeout: '500ms' }, '[]');
    await find();
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      number: '777888999',
      number_e164: '+420777888999',
      line: '+420222333444',
    });
    expect(sent[0]?.totalTimeoutMs).toBe(500);
  });

  it.each([
    ['{"id":"A-1"}'],
    ['[{"id":"A-1"}, 7, {"no":"id"}]'],
    ['{"orders":[{"id":"A-1"}]}'],
    ['{"data":{"id":"A-1"}}'],
  ])('finds orders in %s', async (answer) => {
    expect(await lookup({ url }, answer).find()).toMatchObject([{ id: 'A-1' }]);
  });

  it('finds the list at the configured path', async () => {
    const { find } = lookup(
      { url, list: 'result.items' },
      '{"orders":[{"id":"no"}],"result":{"items":[{"id":"A-1"}]}}',
    );
    expect(await find()).toMatchObject([{ id: 'A-1' }]);
  });

  it.each([['not JSON'], ['null'], ['[]'], ['{"orders":null}'], ['"A-1"']])('finds no orders in %s', async (answer) => {
    expect(await lookup({ url }, answer).find()).toEqual([]);
  });

  it('finds no orders at a dispatch that fails, is late, or is not configured', async () => {
    expect(await lookup({ url }, '[{"id":"A-1"}]', 500).find()).toEqual([]);
    expect(await lookup({ url }, '[{"id":"A-1"}]', 404).find()).toEqual([]);
    expect(await lookup({ url }, new OutboundError('timeout', 'late', 1, 1)).find()).toEqual([]);
    expect(await lookup({ url, headers: { key: 'WEBHOOK_MISSING' } }, '[{"id":"A-1"}]').find()).toEqual([]);
    const { sent, find } = lookup({ url }, '[]');
    expect(await find(0)).toEqual([]);
    expect(sent).toEqual([]);
  });
});
