import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import type { CheckRow } from '../../src/contract/verify/sheet.js';
import { startNodeShop } from '../examples/shop-process.js';
import { faults, Shop, text, type ShopAnswer, type ShopBehaviour, type ShopRequest } from '../support/shop.js';

/** What `cordboard verify --kind webhooks` says of receivers that do it right, and of some that do not. */

const KEY = `whsec_${createHmac('sha256', 'a test').update('key').digest('base64')}`;
const env = { WEBHOOK_KEY: KEY, WEBHOOK_LOGIN: 'gateway:a password', WEBHOOK_TOKEN: 'a-token-of-the-test' };

async function verify(url: string, ...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const all = ['verify', url, '--kind', 'webhooks', ...args];
  const code = await runCommand(all, { env, out: (more) => (out += more), error: (more) => (out += more) });
  return { code, out };
}

async function wrongRows(url: string, ...args: string[]): Promise<CheckRow[]> {
  const { rows } = JSON.parse((await verify(url, '--json', ...args)).out) as { rows: CheckRow[] };
  return rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
}

it('examples/shop passes', async () => {
  const shop = await startNodeShop({ WEBHOOK_SHOP_KEY: KEY });
  onTestFinished(() => shop.stop());
  const { code, out } = await verify(`${shop.url}/telfa/`, '--secret', 'WEBHOOK_KEY');
  expect(out).not.toMatch(/FAIL|warn /);
  expect(out).toMatch(/13 passed, 0 failed, 0 warned, 2 skipped/);
  expect(code).toBe(0);
});

let shop: Shop;
beforeEach(async () => (shop = await new Shop(right).start()));
afterEach(() => shop.stop());

const OK: ShopAnswer = text('{}');
const refused: ShopAnswer = text('who is this?', 'text/plain', 401);
/** The signature that Standard Webhooks wants of this request. */
function signatureOf({ headers }: ShopRequest, body: string): string {
  const { 'webhook-id': id, 'webhook-timestamp': at } = headers;
  const key = Buffer.from(KEY.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key)
    .update(`${String(id)}.${String(at)}.${body}`)
    .digest('base64')}`;
}
const isOurs = (request: ShopRequest, body = request.rawBody) =>
  request.headers['webhook-signature'] === signatureOf(request, body);
const signed = (request: ShopRequest) =>
  isOurs(request) && Math.abs(Date.now() / 1000 - Number(request.headers['webhook-timestamp'])) < 300;
const right: ShopBehaviour = (request) =>
  !signed(request) ? refused : request.fields['event'] === undefined ? text('no', 'text/plain', 400) : OK;

function but(wrong: (request: ShopRequest) => ShopAnswer | undefined): ShopBehaviour {
  return (request) => wrong(request) ?? right(request);
}
const when = (field: string, value: unknown) => (request: ShopRequest) =>
  request.fields[field] === value ? faults.status(500) : undefined;

it('a receiver that does all of it right has nothing wrong', async () => {
  expect(await wrongRows(shop.url, '--secret', 'WEBHOOK_KEY')).toEqual([]);
});

const seen = new Set<unknown>();
const brokenReceivers: [string, ShopBehaviour, string[], RegExp][] = [
  ['does not know the key', () => refused, ['incoming_call'], /same on both sides/],
  ['is not there', () => faults.status(404), ['incoming_call'], /exactly this address/],
  ['wants no more', () => faults.status(410), ['incoming_call'], /do not answer 410/],
  ['moves', () => faults.redirect(302, '/'), ['incoming_call'], /address of the redirect/],
  ['knows no outgoing calls', but(when('direction', 'outgoing')), ['outgoing_call', 'server_errors'], /200/],
  ['needs a number', but(when('caller_number', '')), ['withheld_number', 'server_errors'], /200/],
  ['does not want recordings', but(when('event', 'recording_ready')), ['gaps', 'server_errors'], /200/],
  [
    'refuses new events',
    but(({ fields }) => (fields['event'] === 'verified_later' ? text('?', 'text/plain', 422) : undefined)),
    ['unknown_event'],
    /ignore unknown/,
  ],
  [
    'has a unique key on event_id',
    but(({ fields }) => (seen.has(fields['event_id']) ? faults.status(500) : void seen.add(fields['event_id']))),
    ['repeated', 'server_errors'],
    /event_id/,
  ],
  ['lets everybody in', () => OK, ['bad_signature', 'changed_body', 'old_signature'], /webhook-signature/],
  [
    'checks that there is some signature',
    (request) => (request.headers['webhook-signature'] === undefined ? refused : OK),
    ['bad_signature'],
    /HMAC/,
  ],
  [
    'does not look at the body',
    // As one that signs something else: what it was before the change.
    but((request) => (isOurs(request, request.rawBody.replace('REJECTED', 'SUCCESS')) ? OK : undefined)),
    ['changed_body'],
    /HMAC/,
  ],
  ['takes what was recorded', but((request) => (isOurs(request) ? OK : undefined)), ['old_signature'], /five minutes/],
  [
    'falls over half a body',
    but((request) => (signed(request) && request.fields['event'] === undefined ? faults.status(500) : undefined)),
    ['malformed'],
    /answer 400/,
  ],
];

describe('a receiver that', () => {
  it.each(brokenReceivers)('%s', async (_what, behaviour, ids, remedy) => {
    shop.behave(behaviour);
    const wrong = await wrongRows(shop.url, '--secret', 'WEBHOOK_KEY');
    expect(wrong.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    const row = wrong.find(({ id }) => id === ids[0]);
    expect(row && 'remedy' in row && row.remedy).toMatch(remedy);
  });
});

describe('logins', () => {
  it.each([
    ['--basic-auth', 'WEBHOOK_LOGIN', `Basic ${Buffer.from('gateway:a password').toString('base64')}`],
    ['--bearer', 'WEBHOOK_TOKEN', 'Bearer a-token-of-the-test'],
  ])('%s is sent, and a wrong one must be refused', async (option, name, authorization) => {
    shop.behave(({ headers }) => (headers.authorization === authorization ? OK : refused));
    expect((await wrongRows(shop.url, option, name)).map(({ id }) => id)).toEqual([]);
    shop.behave(() => OK);
    expect((await wrongRows(shop.url, option, name)).map(({ id }) => id)).toEqual(['bad_login']);
  });

  it('names a variable that is not set', async () => {
    const { code, out } = await verify(shop.url, '--bearer', 'WEBHOOK_NONE');
    expect(out).toMatch(/WEBHOOK_NONE is not set/);
    expect(code).toBe(1);
  });
});

it('every call that it reports has ended at the end, so that none remains on a panel', async () => {
  expect((await verify(shop.url, '--secret', 'WEBHOOK_KEY')).code).toBe(0);
  const last = new Map<unknown, unknown>();
  for (const request of shop.requests.filter(signed)) last.set(request.fields['call_id'], request.fields['event']);
  last.delete(undefined);
  expect(new Set(last.values())).toEqual(new Set(['hangup', 'recording_ready']));
});
