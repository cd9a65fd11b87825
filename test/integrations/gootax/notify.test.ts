import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderStatuses } from '../../../src/orders/status.js';
import {
  BRANCH_LINE,
  CLIENT,
  startDispatchHarness,
  DRIVER,
  INTEGRATION,
  LINE,
  READER,
  VOICE,
  type DispatchHarness,
} from './gootax-harness.js';

const NOTIFY = '/integration/gootaxpro/notify';
let harness: DispatchHarness;

beforeEach(async () => {
  harness = await startDispatchHarness();
});
afterEach(() => harness.close());

const told = {
  id: '1001',
  status: 'arrived',
  phone: '777 888 999',
  car_time: 4,
  car_mark: 'Škoda',
  car_model: 'Octavia',
};
const order = (id = '1001') => harness.orders.find(id, harness.clock.now());
const fieldsOf = ({ body }: { body: Record<string, unknown> }) =>
  (body['errors'] as { field: string }[]).map(({ field }) => field);

describe('POST /integration/gootaxpro/notify', () => {
  it('stores the order with all its fields, and its client is called', async () => {
    const answer = await harness.ask('POST', NOTIFY, { ...told, car_color: 'červená', extra: { a: [1, 'č'] } });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ok: true,
        order: { id: '1001', status: 'arrived', active: true },
        notification: { state: 'waiting', is_new: true },
      },
    });
    expect(await order()).toMatchObject({
      status: 'arrived',
      rawStatus: 'arrived',
      client: CLIENT,
      driver: null,
      line: LINE,
      details: { minutes: 4, carMark: 'Škoda', carModel: 'Octavia', carColor: 'červená' },
      fields: { id: '1001', phone: '777 888 999', extra: { a: [1, 'č'] } },
    });
    expect(harness.notified).toMatchObject([
      {
        orderId: '1001',
        status: 'arrived',
        rawStatus: 'arrived',
        to: CLIENT,
        line: LINE,
        details: { minutes: 4, carMark: 'Škoda', carModel: 'Octavia', carColor: 'červená' },
        vars: { extra_a_1: 'č', car_time: '4' },
      },
    ]);
  });

  it('takes forms and forms with parts, nested as PHP nests, and a body without a type', async () => {
    const form = new URLSearchParams({ id: '1', status: 'new', 'client[phone]': '+420777888999', car_time: '7' });
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'api-key': VOICE };
    expect((await harness.ask('POST', NOTIFY, form.toString(), type)).status).toBe(200);
    const parts = new FormData();
    for (const [name, value] of form) parts.append(name, value);
    const answer = await fetch(harness.url + NOTIFY, { method: 'POST', headers: { 'api-key': VOICE }, body: parts });
    expect(answer.status).toBe(200);
    const bare = { 'api-key': VOICE, 'content-type': 'text/plain' };
    expect((await harness.ask('POST', NOTIFY, JSON.stringify({ ...told, id: '2' }), bare)).status).toBe(200);
    expect(harness.notified.map(({ orderId, to, details }) => [orderId, to, details.minutes])).toEqual([
      ['1', CLIENT, 7],
      ['1', CLIENT, 7],
      ['2', CLIENT, 4],
    ]);
  });

  it('reads the statuses by their names in English and Russian, in any case', async () => {
    const names = [
      ...['Новый заказ', 'Исполнитель принял заказ', 'Водитель начнет, как завершит текущий', 'Исполнитель прибыл'],
      ...['Платное ожидание', 'Выполнение заказа', 'Выполнен, оплачен', 'Отказ от заказа', 'Исполнитель опаздывает'],
      ...['Просроченный заказ', 'Отказ исполнителя от заказа', 'Водитель не найден', 'ОТМЕНЕН водителем такси'],
      'Заказано по ошибке',
    ];
    for (const [index, status] of [...names, ...orderStatuses].entries())
      await harness.ask('POST', NOTIFY, { ...told, id: `s${index}`, status });
    expect(harness.notified.map(({ status }) => status)).toEqual([...orderStatuses, ...orderStatuses]);
  });

  it('announces or only stores an unknown status, as the profile says; the profile maps the names', async () => {
    await harness.ask('POST', NOTIFY, { ...told, status: 'on_the_moon' });
    expect(harness.notified).toMatchObject([{ status: null, rawStatus: 'on_the_moon' }]);
    expect(await order()).toMatchObject({ status: null, rawStatus: 'on_the_moon' });
    await harness.apply((now) => ({
      ...now,
      profiles: { gootax: { unknown_status: 'skip', statuses: { 'On_the_moon ': 'driver_late', arrived: 'unknown' } } },
    }));
    await harness.ask('POST', NOTIFY, { ...told, id: '2', status: 'on_the_moon' });
    expect(harness.notified.at(-1)).toMatchObject({ orderId: '2', status: 'driver_late' });
    const skipped = await harness.ask('POST', NOTIFY, { ...told, id: '3' });
    expect(skipped.body).toMatchObject({ ok: true, notification: null, not_notified: 'unknown_status' });
    expect(harness.notified).toHaveLength(2);
    expect(await order('3')).toMatchObject({ rawStatus: 'arrived', status: null });
    // What waited for it is not spoken any more, either.
    expect(harness.superseded).toEqual(['3']);
  });

  it('stores an order without a number, and reports that no one was called; the earlier number is used', async () => {
    const { phone, ...without } = told;
    expect((await harness.ask('POST', NOTIFY, without)).body).toMatchObject({
      notification: null,
      not_notified: 'no_phone',
    });
    expect(await order()).toMatchObject({ status: 'arrived', client: null });
    await harness.ask('POST', NOTIFY, { ...without, phone, status: 'accepted', driver: { phone: '608111222' } });
    expect(await order()).toMatchObject({ client: CLIENT, driver: DRIVER });
    await harness.ask('POST', NOTIFY, { ...without, status: 'driver_refused' });
    expect(await order()).toMatchObject({ client: CLIENT, driver: null });
    expect(harness.notified.map(({ to, status }) => [to, status])).toEqual([
      [CLIENT, 'accepted'],
      [CLIENT, 'driver_refused'],
    ]);
  });

  it('calls on behalf of the line that is named, of the branch’s, and of the order’s from then on', async () => {
    await harness.ask('POST', NOTIFY, { ...told, did: '222 333 555' });
    await harness.ask('POST', NOTIFY, { ...told, status: 'executing', did: '+7 999 000 00 00' });
    await harness.ask('POST', NOTIFY, { ...told, id: '2', branch: 'brno' });
    await harness.ask('POST', NOTIFY, { ...told, id: '3', branch: 'ostrava' });
    expect(harness.notified.map(({ line }) => line)).toEqual([BRANCH_LINE, BRANCH_LINE, BRANCH_LINE, LINE]);
  });

  it('takes what comes twice in a row for one, and the same status that comes back for another', async () => {
    const names = () => harness.notified.map(({ externalId }) => externalId);
    await Promise.all([harness.ask('POST', NOTIFY, told), harness.ask('POST', NOTIFY, told)]);
    expect(new Set(names()).size).toBe(1);
    await harness.ask('POST', NOTIFY, { ...told, status: 'driver_late' });
    await harness.ask('POST', NOTIFY, told);
    expect(new Set(names()).size).toBe(3);
    harness.clock.advanceBy(599_000);
    await harness.ask('POST', NOTIFY, told);
    expect(new Set(names()).size).toBe(3);
    harness.clock.advanceBy(2_000);
    await harness.ask('POST', NOTIFY, told);
    expect(new Set(names()).size).toBe(4);
  });

  it('names an invalid field as the dispatch named it, and stores the order anyway', async () => {
    const wrong = await harness.ask('POST', NOTIFY, { ...told, phone: 'call me', car_time: 'soon' });
    expect(wrong.status).toBe(422);
    expect(fieldsOf(wrong)).toEqual(['phone', 'order']);
    expect(JSON.stringify(wrong.body)).not.toContain('call me');
    expect(await order()).toMatchObject({
      status: 'arrived',
      client: null,
      fields: { phone: 'call me', car_time: 'soon' },
    });
    const late = await harness.ask('POST', NOTIFY, { ...told, car_time: 'soon' });
    expect(late.body).toMatchObject({ ok: true, ignored: ['car_time'] });
    const nameless = { status: told.status, phone: told.phone };
    expect(fieldsOf(await harness.ask('POST', NOTIFY, nameless))).toEqual(['id']);
    expect(fieldsOf(await harness.ask('POST', NOTIFY, { ...told, id: 'x'.repeat(201) }))).toEqual(['id']);
    expect(fieldsOf(await harness.ask('POST', NOTIFY, { id: '5', phone: told.phone }))).toEqual(['status', 'order']);
    expect(await order('5')).toMatchObject({ client: CLIENT, status: null });
    expect(harness.notified).toHaveLength(1);
  });

  it('passes refusals on', async () => {
    for (const [why, status] of [
      ['bad_request', 422],
      ['conflict', 409],
      ['refused', 403],
      ['unavailable', 503],
    ] as const) {
      harness.refuse({ why, field: 'to', detail: 'for a reason' });
      const answer = await harness.ask('POST', NOTIFY, told);
      expect([answer.status, fieldsOf(answer)], why).toEqual([status, ['to', 'order']]);
    }
    expect(await order()).toMatchObject({ status: 'arrived' });
  });

  it('refuses what is no body of a dispatch: no JSON, a list, other types, ten megabytes', async () => {
    const statusOf = async (body: string, type = 'application/json') =>
      (await harness.ask('POST', NOTIFY, body, { 'api-key': VOICE, 'content-type': type })).status;
    expect(await statusOf('{"id": "1", ')).toBe(400);
    expect(await statusOf('[1, 2]')).toBe(400);
    expect(await statusOf('<order/>', 'application/xml')).toBe(415);
    expect(await statusOf('--x', 'multipart/form-data')).toBe(400);
    const tenMb = 10 * 1024 * 1024;
    expect(await statusOf(JSON.stringify({ ...told, note: 'x'.repeat(tenMb) }))).toBe(413);
    expect(await chunked(harness.port, tenMb)).toBe(413);
    expect(await statusOf(`${'{"id":"1","a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)).toBe(400);
    expect(harness.notified).toEqual([]);
  });
});

describe('authentication of notifications', () => {
  it('accepts the token in every place', async () => {
    const ways: [string, unknown, Record<string, string>][] = [
      [NOTIFY, told, { 'api-key': VOICE }],
      [NOTIFY, told, { authorization: `Bearer ${VOICE}` }],
      [NOTIFY, told, { 'x-auth-token': VOICE }],
      [`${NOTIFY}?token=${VOICE}`, told, {}],
      [NOTIFY, { ...told, auth: { key: VOICE } }, {}],
      [`/integration/key/${VOICE}${NOTIFY}`, told, {}],
      [`/integration/gootax${NOTIFY}`, told, { 'api-key': VOICE }],
      [`${NOTIFY}/`, told, { 'api-key': VOICE }],
    ];
    for (const [path, body, headers] of ways) expect((await harness.ask('POST', path, body, headers)).status).toBe(200);
    await harness.ask('POST', `${NOTIFY}?key=${VOICE}`, { ...told, token: VOICE }, {});
    expect(JSON.stringify(await order())).not.toContain(VOICE);
  });

  it('rejects everything else', async () => {
    const statusOf = async (headers: Record<string, string>) =>
      (await harness.ask('POST', NOTIFY, told, headers)).status;
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ 'api-key': 'a-token-that-nobody-knows' })).toBe(401);
    expect(await statusOf({ cookie: `cordboard=${VOICE}` })).toBe(401);
    expect(await statusOf({ 'api-key': READER })).toBe(403);
    expect(await statusOf({ 'api-key': INTEGRATION })).toBe(403);
    expect(await order()).toBeUndefined();
    for (let tries = 0; tries < 40; tries++) await statusOf({ 'api-key': `wrong-wrong-wrong-${tries}` });
    expect(await statusOf({ 'api-key': 'wrong-wrong-wrong-wrong' })).toBe(429);
    expect(await statusOf({ 'api-key': VOICE })).toBe(200);
  });

  it('may do nothing elsewhere with the header alone', async () => {
    expect((await harness.ask('GET', '/api/v1/lines', undefined, { 'api-key': INTEGRATION })).status).toBe(401);
    const bearer = { authorization: `Bearer ${INTEGRATION}` };
    expect((await harness.ask('GET', '/api/v1/lines', undefined, bearer)).status).toBe(200);
  });
});

/** A body whose length nobody says beforehand. */
function chunked(port: number, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'api-key': VOICE, 'content-type': 'application/json' };
    const asked = request({ port, host: '127.0.0.1', path: NOTIFY, method: 'POST', headers });
    asked.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    for (let sent = 0; sent < bytes; sent += 65_536) asked.write(Buffer.alloc(65_536, 'x'));
    asked.end();
  });
}
