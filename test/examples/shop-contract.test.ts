import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { startNodeShop, startPhpShop, type ShopProcess } from './shop-process.js';

/** What an integrator copies, in both languages, speaks the hand-over as one. */

const CALLER = { caller_number: '777888999', called_number: '222333444' };
const ASK = { action: 'menu', recording_id: '20', menu_timeout: '5', max: '10' };
const STATUS_PROMPTS = {
  '1001': ['order-received', 31],
  '1002': ['order-waiting', 32],
  '1003': ['order-processing', 33],
  '1004': ['order-shipped', 34],
  '1005': ['order-ready-for-pickup', 35],
  '1006': ['order-delivered', 36],
  '1007': ['order-cancelled', 37],
  '0042': ['order-shipped', 34],
} as const;

describe.each([
  ['examples/shop', startNodeShop],
  ['examples/shop-php', startPhpShop],
])('%s', (_name, start) => {
  let shop: ShopProcess;
  beforeAll(async () => (shop = await start()));
  afterAll(() => shop.stop());

  async function post(body: unknown, query = '?s=telfa') {
    const response = await fetch(`${shop.url}/launch.php${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect(response.headers.get('content-type')).toBe('application/json');
    return { status: response.status, answer: z.record(z.string(), z.unknown()).parse(await response.json()) };
  }

  /** A call as the gateway makes it: the shop's own keys of the last answer are told to it again. */
  function call() {
    let echo: Record<string, unknown> = {};
    return async (fields: Record<string, unknown> = {}) => {
      const { status, answer } = await post({ ...echo, ...CALLER, ...fields });
      expect(status).toBe(200);
      const { action, recording_id, menu_timeout, max, ...own } = answer;
      echo = own;
      return { action, recording_id, menu_timeout, max };
    };
  }

  test('asks for the order number', async () => {
    expect(await call()()).toEqual(ASK);
  });

  test.each(Object.entries(STATUS_PROMPTS))('says how order %s stands, then returns', async (number, [, prompt]) => {
    const next = call();
    await next();
    expect(await next({ received_digits: number })).toMatchObject({ action: 'play', recording_id: String(prompt) });
    expect(await next({ received_digits: number })).toMatchObject({ action: 'return' });
  });

  test('asks again after an unknown order, and finds the next one', async () => {
    const next = call();
    await next();
    expect(await next({ received_digits: '42' })).toEqual({ ...ASK, recording_id: '21' });
    expect(await next({ received_digits: '0042' })).toMatchObject({ action: 'play', recording_id: '34' });
  });

  test('gives up after three unknown orders', async () => {
    const next = call();
    await next();
    expect(await next({ received_digits: '1' })).toMatchObject({ action: 'menu', recording_id: '21' });
    expect(await next({ received_digits: '2' })).toMatchObject({ action: 'menu', recording_id: '21' });
    expect(await next({ received_digits: '3' })).toMatchObject({ action: 'play', recording_id: '22' });
    expect(await next()).toMatchObject({ action: 'return' });
  });

  test('asks again when nothing was typed, and does not count it as an unknown order', async () => {
    const next = call();
    await next();
    for (let silence = 0; silence < 4; silence += 1) expect(await next({ received_digits: '' })).toEqual(ASK);
    expect(await next({ received_digits: '1' })).toMatchObject({ recording_id: '21' });
    expect(await next({ received_digits: '' })).toEqual(ASK);
    expect(await next({ received_digits: '1' })).toMatchObject({ recording_id: '21' });
    expect(await next({ received_digits: '1' })).toMatchObject({ recording_id: '22' });
  });

  test('two calls do not disturb each other', async () => {
    const [one, two] = [call(), call()];
    await one();
    await one({ received_digits: '1' });
    await one({ received_digits: '1' });
    await two();
    expect(await two({ received_digits: '1' })).toMatchObject({ recording_id: '21' });
    expect(await one({ received_digits: '1' })).toMatchObject({ recording_id: '22' });
  });

  test('removes a call whose caller has hung up', async () => {
    expect(await post({ ...CALLER, received_digits: '10', hangup: true, pokracovani: '1' })).toEqual({
      status: 200,
      answer: {},
    });
  });

  test.each([
    ['no JSON', '<xml/>'],
    ['nothing', ''],
    ['a list', '[1]'],
    ['null', 'null'],
    ['cut off', '{"received_digits":"10'],
    ['digits as a number', { received_digits: 42 }],
    ['digits that are none', { received_digits: "1' or 1=1" }],
    ['digits with a line break', { received_digits: '1001\n' }],
    ['digits as a list', { received_digits: ['1001'] }],
    ['a foreign step', { received_digits: '1', pokracovani: '-7' }],
    ['a step as an object', { pokracovani: {} }],
  ])('answers %s with 400 and the reason, and lives on', async (_what, body) => {
    const { status, answer } = await post(body);
    expect(status).toBe(400);
    expect(answer['error']).toMatch(/must be/);
    expect(await call()()).toEqual(ASK);
  });

  test('finds no order by the name of an object’s built-in property', async () => {
    const { answer } = await post({ ...CALLER, received_digits: '*', pokracovani: '0' });
    expect(answer).toMatchObject({ recording_id: '21' });
  });

  test('serves only the gateway at this address', async () => {
    expect((await post(CALLER, '?s=other')).status).toBe(404);
    expect((await post(CALLER, '')).status).toBe(404);
  });

  test('a body of megabytes is refused', async () => {
    const { status } = await post({ ...CALLER, padding: 'x'.repeat(2_000_000) });
    expect([400, 413]).toContain(status);
    expect(await call()()).toEqual(ASK);
  });
});

test('the prompt ids are those of the example company', () => {
  const company = z
    .object({ prompts: z.array(z.object({ id: z.number(), sound: z.string() })) })
    .parse(parse(readFileSync(join(import.meta.dirname, '../../examples/company.yaml'), 'utf8')));
  const ids = new Map(company.prompts.map((prompt) => [prompt.sound, prompt.id]));
  for (const [sound, id] of Object.values(STATUS_PROMPTS)) expect(ids.get(sound)).toBe(id);
  expect(ids.get('enter-order-number')).toBe(20);
  expect(ids.get('unknown-order')).toBe(21);
  expect(ids.get('too-many-attempts')).toBe(22);
});
