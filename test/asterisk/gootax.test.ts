import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { userOf } from '../support/sip/message.js';
import { Phone, pickUp, type PhoneCall } from '../support/sip/phone.js';

/** The dispatch's HTTP requests become calls on a real Asterisk: a spoken status, two connected people. */

const LINE = '+420222333444';
const [CLIENT, DRIVER] = ['+420777888999', '+420608111222'];
const NOTIFY = '/integration/gootaxpro/notify';
const CONNECT = '/integration/gootaxpro/connect';

const company = {
  dial_policy: { countries: ['CZ'], deny: ['+420900'], max_concurrent: 20 },
  lines: [{ number: LINE, plan: ['answer', 'hang_up'] }],
  gootax: { domain: 'taxi' },
};

let asterisk: TestAsterisk;
let gateway: Gateway;
let provider: Phone;
let voice: string;
let integration: string;

interface Settings {
  forms: { fields: { value: string | null; token?: { name: string } }[] }[];
}

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  provider = await new Phone({ server, user: 'provider', port, incoming: pickUp }).start();
  const env = { CORDBOARD_SOUNDS: path.resolve('sounds') };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company, env });
  const made = await post('/api/v1/dispatch-settings/tokens', { for: 'common' }, {});
  const fields = (made.body as unknown as Settings).forms[0]!.fields;
  const token = (name: string) => fields.find((field) => field.token?.name === name)?.value ?? '';
  [voice, integration] = [token('gootax-voice'), token('gootax-integration')];
});

afterAll(async () => {
  await gateway.stop();
  await provider.stop();
  await asterisk.stop();
});

/** As the dispatch sends it: with its own header only. Without it, the API's own token counts. */
async function post(route: string, body: unknown, headers: Record<string, string>) {
  const authorization = 'api-key' in headers ? {} : { authorization: `Bearer ${gateway.token}` };
  const answer = await fetch(gateway.url + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const calledAs = ({ invite }: PhoneCall) => userOf(invite.uri);

const callTo = (number: string, after = 0) =>
  becomes(`a call to …${number.slice(-3)}`, () =>
    provider.invites.slice(after).find((call) => calledAs(call).endsWith(number.slice(-9))),
  );

const idIn = (body: Record<string, unknown>, what: string) => (body[what] as { id: string }).id;

describe('the dispatch reports an order', () => {
  it('and its client receives a call on behalf of the line, and hears a spoken message', async () => {
    const order = {
      id: '1001',
      status: 'Исполнитель прибыл',
      phone: CLIENT,
      car_time: 4,
      car_mark: 'Škoda',
      car_model: 'Octavia',
    };
    const answer = await post(NOTIFY, { ...order, car_color: 'červená' }, { 'api-key': voice });
    expect(answer).toMatchObject({ status: 200, body: { order: { status: 'arrived' } } });
    const call = await callTo(CLIENT);
    expect(userOf(call.invite.headers.get('From'))).toBe(LINE.slice(1));
    expect(await call.ended({ withinMs: 40_000 })).toMatchObject({ by: 'peer' });
    const spokenMs = call
      .heard()
      .filter(({ kind }) => kind === 'unknown')
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    expect(spokenMs).toBeGreaterThan(1500);
    await becomes('it is delivered', async () => {
      const { result } = await gateway.api<{ result: string | null }>(
        `/api/v1/notifications/${idIn(answer.body, 'notification')}`,
      );
      return result === 'delivered' || undefined;
    });
    const again = await post(NOTIFY, { ...order, car_color: 'červená' }, { 'api-key': voice });
    expect(again.body).toMatchObject({ notification: { id: idIn(answer.body, 'notification'), is_new: false } });
    expect(provider.invites.filter((one) => calledAs(one).endsWith(CLIENT.slice(-9)))).toHaveLength(1);
  });
});

describe('the dispatch requests a connection of an order’s people', () => {
  it('by the order alone, for the driver: calls the driver first, and neither sees the other', async () => {
    await post(NOTIFY, { id: '1002', status: 'client_refused', driver_phone: DRIVER }, { 'api-key': voice });
    const before = provider.invites.length;
    const order = { order_id: '1002', initiator: 'driver', client_phone: '+420777888111' };
    const asked = await post(CONNECT, order, { 'api-key': integration });
    expect(asked).toMatchObject({ status: 200, body: { ok: true, bridge: { order_id: '1002', is_new: true } } });
    const driver = await callTo(DRIVER, before);
    const client = await callTo('+420777888111', before);
    expect(provider.invites.indexOf(driver)).toBeLessThan(provider.invites.indexOf(client));
    for (const call of [driver, client]) expect(userOf(call.invite.headers.get('From'))).toBe(LINE.slice(1));
    const id = idIn(asked.body, 'bridge');
    const state = async () => (await gateway.api<{ state: string }>(`/api/v1/bridges/${id}`)).state;
    await becomes('they talk', async () => (await state()) === 'bridged' || undefined);
    expect((await post(CONNECT, order, { 'api-key': integration })).body).toMatchObject({
      bridge: { id, is_new: false },
    });
    await client.hangUp();
    await driver.ended();
    await becomes('it is over', async () => (await state()) === 'ended' || undefined);
  });
});

describe('bad input', () => {
  const fieldsOf = ({ body }: { body: Record<string, unknown> }) =>
    ((body['errors'] ?? []) as { field: string }[]).map(({ field }) => field);
  const notification = { external_id: 'x1', order_id: '9', status: 'arrived', to: CLIENT };
  const bridge = {
    order_id: '9',
    initiator: 'client',
    a: { phone: CLIENT, role: 'client' },
    b: { phone: DRIVER, role: 'driver' },
  };
  const window = { from: '08:00', to: '20:00', tz: 'Europe/Praha', policy: 'defer' };
  const cases: [string, string, unknown, number, string[]][] = [
    ['a number that is none', NOTIFY, { id: '9', status: 'new', phone: 'call me' }, 422, ['phone']],
    ['a premium-rate number', NOTIFY, { id: '9', status: 'new', phone: '+420900123456' }, 403, ['to']],
    ['a foreign number', NOTIFY, { id: '9', status: 'new', phone: '+79161234567' }, 403, ['to']],
    ['no order', NOTIFY, { status: 'new', phone: CLIENT }, 422, ['id']],
    ['no status', NOTIFY, { id: '9', phone: CLIENT }, 422, ['status']],
    ['a premium-rate client', CONNECT, { order_id: '9', client_phone: '+420900123456', driver_phone: DRIVER }, 403, []],
    ['a foreign driver', CONNECT, { order_id: '9', client_phone: CLIENT, driver_phone: '+79161234567' }, 403, []],
    ['an unknown order', CONNECT, { order_id: 'nobody-knows' }, 422, ['phone']],
    ['a notification to no number', '/api/v1/notifications', { ...notification, to: 'call me' }, 422, ['body.to']],
    ['a notification to a premium-rate number', '/api/v1/notifications', { ...notification, to: '900123456' }, 403, []],
    ['a notification abroad', '/api/v1/notifications', { ...notification, to: '+79161234567' }, 403, []],
    ['a time zone that does not exist', '/api/v1/notifications', { ...notification, window }, 422, ['body.window.tz']],
    ['a notification without fields', '/api/v1/notifications', {}, 422, ['body.external_id']],
    [
      'a bridge to no number',
      '/api/v1/bridges',
      { ...bridge, b: { phone: 'x1', role: 'driver' } },
      422,
      ['body.b.phone'],
    ],
    [
      'a bridge to a premium-rate number',
      '/api/v1/bridges',
      { ...bridge, b: { phone: '900123456', role: 'driver' } },
      403,
      [],
    ],
    ['a bridge abroad', '/api/v1/bridges', { ...bridge, a: { phone: '+79161234567', role: 'client' } }, 403, []],
    ['a bridge without an order', '/api/v1/bridges', { ...bridge, order_id: undefined }, 422, ['body.order_id']],
  ];

  it.each(cases)('%s', async (_name, route, body, status, fields) => {
    const before = provider.invites.length;
    const key = route === NOTIFY ? { 'api-key': voice } : route === CONNECT ? { 'api-key': integration } : undefined;
    const answer = await post(route, body, key ?? {});
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.any(String)]);
    expect(fieldsOf(answer)).toEqual(expect.arrayContaining(fields));
    expect(JSON.stringify(answer.body)).not.toMatch(/900123456|9161234567|call me/);
    expect(provider.invites).toHaveLength(before);
  });

  it('the same key with another body is a conflict, in both native APIs', async () => {
    const later = { ...window, tz: 'Europe/Prague', from: '23:58', to: '23:59' };
    const waiting = { ...notification, external_id: 'twice', window: later };
    expect((await post('/api/v1/notifications', waiting, {})).status).toBe(202);
    expect((await post('/api/v1/notifications', { ...waiting, status: 'new' }, {})).status).toBe(409);
    const key = { 'idempotency-key': 'the-same-one' };
    const refused = { ...bridge, order_id: '10', a: { phone: '+420777888222', role: 'client' } };
    expect((await post('/api/v1/bridges', refused, key)).status).toBe(202);
    expect((await post('/api/v1/bridges', { ...refused, order_id: '11' }, key)).status).toBe(409);
  });

  it('ten megabytes and wrong tokens are refused everywhere, and calls continue', async () => {
    const huge = JSON.stringify({ ...notification, note: 'x'.repeat(10 * 1024 * 1024) });
    expect((await post(NOTIFY, huge, { 'api-key': voice })).status).toBe(413);
    expect((await post(CONNECT, huge, { 'api-key': integration })).status).toBe(413);
    expect((await post('/api/v1/notifications', huge, {})).status).toBe(413);
    expect((await post('/api/v1/bridges', huge, {})).status).toBe(413);
    for (const route of [NOTIFY, CONNECT, '/api/v1/notifications', '/api/v1/bridges'])
      expect((await post(route, {}, { 'api-key': 'a-token-that-nobody-has' })).status).toBe(401);
    expect((await post(NOTIFY, { id: '1', status: 'new' }, { 'api-key': integration })).status).toBe(403);
    expect((await post(CONNECT, { order_id: '1' }, { 'api-key': voice })).status).toBe(403);
    const before = provider.invites.length;
    await post(NOTIFY, { id: '12', status: 'new', phone: '+420777888333' }, { 'api-key': voice });
    const call = await callTo('+420777888333', before);
    await becomes('something is said', () => call.ear.liveSounds.some(({ kind }) => kind === 'unknown'));
    await call.hangUp();
    expect(gateway.output).not.toMatch(/"level":(50|60)/);
    expect(gateway.output).not.toMatch(/777888999|608111222|777888333/);
  });
});
