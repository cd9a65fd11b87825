import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import type { CheckRow } from '../../src/contract/verify/sheet.js';
import { startDispatch, startNodeShop } from '../examples/shop-process.js';
import { faults, json, Shop, text, type ShopBehaviour, type ShopRequest } from '../support/shop.js';

/** What `cordboard verify` says of addresses that are asked about callers: `--kind orders`, `--kind customers`. */

const CALLER = '+420777888999';
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const env = { WEBHOOK_DISPATCH_KEY: KEY, WEBHOOK_SHOP_KEY: KEY, WEBHOOK_API: 'the-key-of-the-dispatch' };

async function verify(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const print = (more: string) => (out += more);
  return { code: await runCommand(['verify', ...args], { env, out: print, error: print }), out };
}

/** A busy machine may be slow for a moment. */
const withoutSpeed = (sheet: string) => sheet.replace(/^.*in half the time that there is(.*\n)*?(?=\w)/m, '');

/** The rows that are not as they should be. */
async function wrong(...args: string[]): Promise<string[]> {
  const { out } = await verify(...args, '--json');
  expect(out).not.toMatch(/777888999|608111222/);
  const { rows } = JSON.parse(out) as { rows: CheckRow[] };
  return rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').map(({ id }) => id);
}

describe('the samples pass', () => {
  it('the dispatch, with the configuration that it comes with', async () => {
    const dispatch = await startDispatch({ WEBHOOK_DISPATCH_KEY: KEY, GATEWAY_URL: 'http://127.0.0.1:9' });
    try {
      const order = { phone: CALLER, driver: 'd1', minutes: 5, status: 'accepted' };
      const made = await fetch(`${dispatch.url}/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: dispatch.url },
        body: JSON.stringify(order),
      });
      const { id } = (await made.json()) as { id: string };
      const url = `${dispatch.url}/api/orders?phone={number_e164}`;
      const company = ['--company', 'examples/dispatch/company.yaml'];
      const { code, out } = await verify(url, '--kind', 'orders', ...company, '--caller', CALLER, '--order', id);
      expect(withoutSpeed(out)).not.toMatch(/FAIL|warn /);
      expect(out).toMatch(/^orders: http:\/\/127\.0\.0\.1:\d+\/api\/orders\?phone=\{number_e164\}\n/);
      expect(out).toMatch(/1[23] passed, 0 failed, [01] warned, 1 skipped/);
      expect(code).toBe(0);
    } finally {
      await dispatch.stop();
    }
  });

  it('the shop', async () => {
    const shop = await startNodeShop({ WEBHOOK_SHOP_KEY: KEY });
    onTestFinished(() => shop.stop());
    const company = ['--company', 'examples/company.yaml', '--caller', CALLER, '--order', '1003'];
    const { code, out } = await verify(`${shop.url}/lookup`, '--kind', 'customers', ...company);
    expect(withoutSpeed(out)).not.toMatch(/FAIL|warn /);
    expect(out).toMatch(/[89] passed, 0 failed, [01] warned, 1 skipped/);
    expect(code).toBe(0);
  });
});

describe('orders', () => {
  const order = { id: 'A-1', status: 'arrived', client_phone: CALLER, driver_phone: '+420608111222' };
  let dispatch: Shop;
  beforeEach(async () => (dispatch = await new Shop(right).start()));
  afterEach(() => dispatch.stop());

  const phoneIn = ({ url }: ShopRequest) => new URL(url, 'http://dispatch').searchParams.get('phone');
  const isCaller = (request: ShopRequest) => phoneIn(request) === CALLER;
  const isAllowed = ({ headers }: ShopRequest) => headers.authorization === `Bearer ${env.WEBHOOK_API}`;
  const right: ShopBehaviour = (request) => {
    if (!isAllowed(request)) return faults.status(401);
    return isCaller(request) ? json({ orders: [order] }) : faults.status(404);
  };
  const asked = (behaviour: ShopBehaviour) => {
    dispatch.behave(behaviour);
    const url = `${dispatch.url}&phone={number_e164}`;
    return wrong(url, '--kind', 'orders', '--bearer', 'WEBHOOK_API', '--caller', CALLER, '--order', 'A-1');
  };
  const answering = (...orders: object[]): ShopBehaviour => {
    return (request) => (isAllowed(request) && isCaller(request) ? json(orders) : right(request));
  };

  it('are right', async () => {
    expect((await asked(right)).filter((id) => id !== 'speed')).toEqual([]);
  });

  it.each<[string, ShopBehaviour, string[]]>([
    ['fails', () => faults.status(500), ['answers']],
    ['is not JSON', () => text('<h1>Orders</h1>', 'text/html'), ['answers']],
    ['is empty', () => text(''), ['answers']],
    ['is huge', () => faults.megabyte(), ['answers']],
    ['breaks off', () => faults.reset(), ['answers']],
    ['lets nobody in', () => faults.status(403), ['answers']],
    ['knows nobody', (request) => (isAllowed(request) ? json([]) : right(request)), ['known_caller', 'their_orders']],
    ['has another order', answering({ ...order, id: 'A-2' }), ['their_orders']],
    ['has orders without an id', answering({ ...order, id: undefined, nr: 5 }), ['known_caller', 'their_orders']],
    ['has orders without a status', answering({ ...order, status: undefined }), ['statuses']],
    ['has an unknown status', answering({ ...order, status: 'dancing' }), ['statuses']],
    [
      'has the order of another client',
      answering(order, { ...order, id: 'A-2', client_phone: '+420777888998' }),
      ['whose'],
    ],
    ['has an order without its driver', answering({ ...order, driver_phone: undefined }), ['drivers']],
    ['has all past orders', answering(...Array.from({ length: 21 }, () => order)), ['few']],
    ['answers every client', (request) => (isAllowed(request) ? json([order]) : right(request)), ['unknown_caller']],
    ['answers every request', (request) => (isCaller(request) ? json([order]) : faults.status(404)), ['bad_login']],
    [
      'stumbles over numbers from abroad',
      (request) => (phoneIn(request)?.startsWith('+421') === true ? faults.status(500) : right(request)),
      ['odd_numbers', 'server_errors'],
    ],
    ['is slow', async (request) => ({ ...(await right(request)), delayMs: isCaller(request) ? 0 : 800 }), ['speed']],
  ])('from a dispatch that %s', async (_what, behaviour, rows) => {
    const found = await asked(behaviour);
    expect(rows.includes('speed') ? found : found.filter((id) => id !== 'speed')).toEqual(rows);
  });

  it('from a dispatch that is too slow: the caller would wait no longer', async () => {
    dispatch.behave(async (request) => ({ ...(await right(request)), delayMs: 2_000 }));
    const { out } = await verify(`${dispatch.url}&phone={number_e164}`, '--kind', 'orders', '--bearer', 'WEBHOOK_API');
    expect(out).toMatch(/FAIL .*\n.*timeout: no complete answer within 1400 ms\n.*answer within 1.4 seconds/);
  });
});

describe('the command', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'cordboard-verify-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the whole address from the configuration: method, key, place of the orders', async () => {
    const seen: ShopRequest[] = [];
    const dispatch = await new Shop((request) => {
      seen.push(request);
      if (request.headers['x-key'] !== env.WEBHOOK_API) return faults.status(401);
      const result = request.fields['number'] === '777888999' ? [{ id: 7, status: '17' }] : [];
      return json({ result });
    }).start();
    onTestFinished(() => dispatch.stop());
    const company = path.join(folder, 'company.yaml');
    const lookup = `{ url: '${dispatch.url}', method: POST, list: result, timeout: 1s, headers: { X-Key: WEBHOOK_API } }`;
    await writeFile(
      company,
      `version: 1\norders: { lookup: ${lookup} }\nprofiles: { gootax: { statuses: { '17': new } } }\n`,
    );
    const args = ['--kind', 'orders', '--company', company, '--caller', '777 888 999', '--order', '7'];
    const found = await wrong(...args);
    expect(found.filter((id) => id !== 'speed')).toEqual([]);
    expect(seen[0]?.method).toBe('POST');
  });

  it.each([
    [['--kind', 'orders'], /needs the URL/],
    [['http://127.0.0.1:9/', '--kind', 'orders'], /\{number\} or \{number_e164\}/],
    [['http://127.0.0.1:9/', '--kind', 'customers', '--bearer', 'WEBHOOK_API'], /--secret or --basic-auth/],
    [
      ['http://127.0.0.1:9/', '--kind', 'customers', '--caller', '+420777000999'],
      /unknown caller is the same as the known one/,
    ],
    [['http://127.0.0.1:9/', '--kind', 'sheep'], /--kind is one of/],
  ])('is called wrongly: %j', async (args, message) => {
    const { code, out } = await verify(...args);
    expect(out).toMatch(message);
    expect(code).toBe(2);
  });
});
