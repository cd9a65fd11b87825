import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLIENT,
  startDispatchHarness,
  DRIVER,
  INTEGRATION,
  LINE,
  VOICE,
  type DispatchHarness,
} from './gootax-harness.js';

const CONNECT = '/integration/gootaxpro/connect';
const key = { 'api-key': INTEGRATION };
let harness: DispatchHarness;

beforeEach(async () => {
  harness = await startDispatchHarness();
  const order = { id: '1001', status: 'accepted', phone: CLIENT, driver_phone: DRIVER };
  await harness.ask('POST', '/integration/gootaxpro/notify', order);
});
afterEach(() => harness.close());

describe('the dispatch has an order’s people connected', () => {
  it('by the order alone, with the numbers of its notification', async () => {
    const answer = await harness.ask('POST', CONNECT, { order_id: 1001, initiator: 'client' }, key);
    expect(answer).toEqual({
      status: 200,
      body: { ok: true, bridge: { id: 'b_1', order_id: '1001', state: 'queued', is_new: true } },
    });
    expect(harness.bridged).toEqual([
      {
        order_id: '1001',
        initiator: 'client',
        line: LINE,
        a: { phone: CLIENT, role: 'client' },
        b: { phone: DRIVER, role: 'driver' },
      },
    ]);
  });

  it('calls the requesting party first, whatever the dispatch names it', async () => {
    const first = async (fields: object) => {
      await harness.ask('POST', CONNECT, { order_id: '1001', ...fields }, key);
      const { initiator, a, b } = harness.bridged.at(-1)!;
      return [initiator, a.phone, b.phone];
    };
    expect(await first({ type: 'Водитель' })).toEqual(['driver', DRIVER, CLIENT]);
    expect(await first({ from: 'worker' })).toEqual(['driver', DRIVER, CLIENT]);
    expect(await first({})).toEqual(['client', CLIENT, DRIVER]);
    expect(await first({ client_phone: '601 000 001', initiator: 'driver' })).toEqual([
      'driver',
      DRIVER,
      '+420601000001',
    ]);
    expect(await first({ from: '601000002', to: '601000003' })).toEqual(['client', '+420601000002', '+420601000003']);
    expect(await first({ from: '601000002', to: '601000003', role: 'driver' })).toEqual([
      ...['driver', '+420601000002', '+420601000003'],
    ]);
  });

  it('accepts two numbers without an order; their id does not reveal them', async () => {
    await harness.ask('GET', `${CONNECT}?client_phone=601000002&driver_phone=601000003`, undefined, key);
    await harness.ask('POST', CONNECT, { from: '+420601000002', to: '+420601000003' }, key);
    const [one, two] = harness.bridged.map((request) => request.order_id);
    expect(one).toMatch(/^pair-[0-9a-f]{24}$/);
    expect(two).toBe(one);
  });

  it('comes by whatever path and fields the profile names, without a release', async () => {
    const paths = {
      'POST /integration/gootaxpro/order/:order_id/call-driver': 'connect_client',
      'GET /call-client': 'connect_driver',
      'POST /integration/gootaxpro/connect': 'none',
    };
    await harness.apply((now) => ({
      ...now,
      profiles: { gootax: { paths, fields: { order: ['order_id', 'zakaz'] } } },
    }));
    await harness.ask('POST', '/integration/gootaxpro/order/1001/call-driver', undefined, key);
    await harness.ask('GET', '/integration/gootax/call-client?zakaz=1001', undefined, key);
    expect(harness.bridged.map((request) => [request.order_id, request.initiator])).toEqual([
      ['1001', 'client'],
      ['1001', 'driver'],
    ]);
    expect((await harness.ask('POST', CONNECT, { order_id: '1001' }, key)).status).toBe(501);
    expect((await harness.ask('GET', CONNECT, undefined, key)).status).toBe(422);
  });

  it('says what is missing and what is wrong, in the dispatch’s words', async () => {
    const errors = async (fields: object) => {
      const { status, body } = await harness.ask('POST', CONNECT, fields, key);
      return [status, (body['errors'] as { field: string }[]).map(({ field }) => field)];
    };
    expect(await errors({ order_id: '7' })).toEqual([422, ['phone']]);
    expect(await errors({ order_id: '7', phone: CLIENT })).toEqual([422, ['driver_phone']]);
    expect(await errors({ order_id: '1001', driver_phone: 'Ivan' })).toEqual([422, ['driver_phone']]);
    expect(await errors({})).toEqual([422, ['phone']]);
    harness.refuse({ why: 'refused', field: 'a.phone', detail: 'the dial policy does not allow it' });
    expect(await errors({ order_id: '1001' })).toEqual([403, ['a.phone']]);
    expect((await harness.ask('POST', CONNECT, { order_id: '1001' }, { 'api-key': VOICE })).status).toBe(403);
    expect(harness.bridged).toEqual([]);
  });
});
