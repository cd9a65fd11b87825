import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, startDispatchHarness, INTEGRATION, READER, VOICE, type DispatchHarness } from './gootax-harness.js';

const SECRET = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ0MjQy';
const reader = { authorization: `Bearer ${READER}` };
let harness: DispatchHarness;

beforeEach(async () => {
  harness = await startDispatchHarness();
});
afterEach(() => harness.close());

type Recorded = Record<string, unknown> & { headers: Record<string, string>; body: Record<string, unknown> };
const list = async (query = '') =>
  (await harness.ask('GET', `/api/v1/recorded-requests${query}`, undefined, reader)).body;
const recorded = async () => (await list())['requests'] as Recorded[];

describe('an unknown request below /integration', () => {
  it('is answered with 501 and recorded: its shape, without numbers, names and secrets', async () => {
    const sent = {
      order_id: 1001,
      status: 'Водитель прибыл',
      call_type: 'driver_to_client',
      initiator: 'driver',
      client_phone: CLIENT,
      worker: { phone: '608 111 222', fio: 'Иван Петров', rating: 4.8 },
      passenger_name: 'Jana Nováková',
      address: { street: 'Dlouhá 12', lat: 50.0755381 },
      secret: SECRET,
      session: 'abc',
      note: 'volejte 777888999',
      tags: ['a1', CLIENT],
      token: INTEGRATION,
      opaque: SECRET,
      at: '2026-11-21',
    };
    const path = `/integration/gootaxpro/call/420777888999?phone=777888999&hash=${SECRET}`;
    const answer = await harness.ask('PUT', path, sent, { 'x-signature': SECRET, 'user-agent': 'Gootax/1.0' });
    expect(answer.status).toBe(501);
    const [kept] = await recorded();
    expect(kept).toMatchObject({
      token: 'integration',
      method: 'PUT',
      status: 501,
      path: '/integration/gootaxpro/call/••••••••••99',
      query: { phone: '•••••••99', hash: '[secret: 32 characters]' },
      headers: {
        'user-agent': 'Gootax/1.0',
        'x-signature': '[value: 32 characters]',
        'content-type': 'application/json',
      },
      body: {
        order_id: 1001,
        status: 'Водитель прибыл',
        call_type: 'driver_to_client',
        initiator: 'driver',
        client_phone: '+••••••••••99',
        worker: { phone: '••• ••• •22', fio: '[text: 11 characters]', rating: 4.8 },
        passenger_name: '[text: 13 characters]',
        address: { street: '[text: 9 characters]' },
        secret: '[secret: 32 characters]',
        session: '[secret: 3 characters]',
        note: '[text: 17 characters]',
        tags: ['a1', '+••••••••••99'],
        token: '[token integration]',
        opaque: '[32 characters]',
        at: '2026-11-21',
      },
    });
    const all = JSON.stringify(await recorded());
    for (const hidden of [
      '777888',
      '608111',
      '608 111',
      'Петров',
      'Nov',
      'Dlouh',
      '50.07',
      SECRET,
      INTEGRATION,
      'abc"',
    ])
      expect(all).not.toContain(hidden);
    expect(await harness.ask('GET', `/api/v1/recorded-requests/${String(kept!['id'])}`, undefined, reader)).toEqual({
      status: 200,
      body: kept,
    });
  });

  it('hides names, places and plates in any script, and shows the words of the contract', async () => {
    await harness.ask('POST', '/integration/gootaxpro/book', {
      name: 'Ivan',
      client: { last_name: 'Petrov' },
      from_street: 'Lenina',
      from_house: '5',
      car_number: 'A123BC77',
      to: { lat: 55.75, lng: '37.61' },
      status_name: 'arrived',
      car_color: 'red',
      city_id: 26068,
    });
    expect((await recorded())[0]?.body).toEqual({
      name: '[text: 4 characters]',
      client: { last_name: '[text: 6 characters]' },
      from_street: '[text: 6 characters]',
      from_house: '[text: 1 characters]',
      car_number: '[text: 8 characters]',
      to: { lat: '[text: 5 characters]', lng: '[text: 5 characters]' },
      status_name: 'arrived',
      car_color: 'red',
      city_id: 26068,
    });
  });

  it('hides a person who is named where a number, a role or a word of the contract could be', async () => {
    await harness.ask('POST', '/integration/gootaxpro/jana@example.net', {
      driver: 'Ivan',
      client: ['Petrov', 'anonymous'],
      customer: 'driver',
      from: 'Lenina',
      to: '608111222',
      order_client: 'Jana Nováková',
      order_comment: 'Jana',
      digits: '1234',
      call_result: 'no_answer',
      driver_car_model: 'Škoda Octavia',
    });
    expect((await recorded())[0]).toMatchObject({
      path: '/integration/gootaxpro/[mail: 16 characters]',
      body: {
        driver: '[text: 4 characters]',
        client: ['[text: 6 characters]', 'anonymous'],
        customer: 'driver',
        from: '[text: 6 characters]',
        to: '•••••••22',
        order_client: '[text: 13 characters]',
        order_comment: '[text: 4 characters]',
        digits: '••••',
        call_result: 'no_answer',
        driver_car_model: 'Škoda Octavia',
      },
    });
  });

  it('is recorded when its path is known and its content is not', async () => {
    await harness.ask('POST', '/integration/gootaxpro/notify', { nr: 5, stav: 'new' });
    await harness.ask('POST', '/integration/gootaxpro/notify', '<order><phone>+420777888999</phone>Jan</order>', {
      'api-key': VOICE,
      'content-type': 'application/xml',
    });
    const kept = await recorded();
    expect(kept.map(({ status }) => status)).toEqual([415, 422]);
    expect(kept[0]!.body).toBe('<x><x>+••••••••••99</x>x</x>');
    expect(kept[1]).toMatchObject({
      body: { nr: 5, stav: 'new' },
      why: expect.stringContaining('order’s id is missing') as string,
    });
  });

  it('is neither answered nor kept without a token of ours', async () => {
    expect((await harness.ask('POST', '/integration/whatever', { a: 1 }, {})).status).toBe(401);
    expect((await harness.ask('POST', '/integration/whatever', { a: 1 }, reader)).status).toBe(403);
    expect((await harness.ask('POST', '/integrations/whatever', { a: 1 })).status).toBe(404);
    expect(await recorded()).toEqual([]);
  });

  it('is kept a few times for each path, some hundred in all, for as many days as the company says', async () => {
    for (let turn = 0; turn < 15; turn++) await harness.ask('GET', `/integration/often?turn=${turn}`);
    for (let turn = 0; turn < 12; turn++) await harness.ask('GET', `/integration/once/x${'abcdefghijkl'[turn] ?? ''}`);
    const kept = await recorded();
    expect(kept.filter(({ path }) => path === '/integration/often').map(({ query }) => query)).toEqual(
      [14, 13, 12, 11, 10, 9, 8, 7, 6, 5].map((turn) => ({ turn: String(turn) })),
    );
    expect(kept).toHaveLength(22);
    const page = (await list('?limit=20'))['requests'] as Recorded[];
    expect(await list(`?limit=20&cursor=${String((await list('?limit=20'))['next'])}`)).toMatchObject({ next: null });
    expect(page).toHaveLength(20);
    for (let turn = 0; turn < 300; turn++) {
      await harness.recorded.keep({
        who: 'x',
        method: 'GET',
        path: `/integration/${turn}`,
        query: {},
        headers: {},
        status: 501,
        why: '',
        bytes: 20_000,
        body: 'x'.repeat(20_000),
      });
    }
    expect(await harness.recorded.list(400)).toHaveLength(300);
    expect(String((await harness.recorded.list(1))[0]!.body)).toMatch(/^"x{16000,16400} \[cut off\]$/);
    const job = harness.recorded.cleanupJob(() => 2);
    expect(await job.run(harness.clock.now() + 2 * 86_400_000)).toBe(0);
    expect(await job.run(harness.clock.now() + 2 * 86_400_000 + 1)).toBe(300);
    await harness.ask('GET', '/integration/again');
    const [first] = await recorded();
    await harness.ask('GET', '/integration/meanwhile');
    const upTo = `/api/v1/recorded-requests?up_to=${String(first?.['id'])}`;
    expect((await harness.ask('DELETE', upTo, undefined, reader)).status).toBe(204);
    expect(await recorded()).toMatchObject([{ path: '/integration/meanwhile' }]);
    expect((await harness.ask('DELETE', '/api/v1/recorded-requests', undefined, reader)).status).toBe(204);
    expect(await recorded()).toEqual([]);
    const removals = harness.db.selectFrom('audit').select('detail').where('action', '=', 'recorded_requests_removed');
    expect((await removals.execute()).map(({ detail }) => detail)).toHaveLength(2);
  });
});
