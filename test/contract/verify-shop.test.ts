import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { handOverChecks } from '../../src/contract/verify/hand-over/checks.js';
import { Peer } from '../../src/contract/verify/peer.js';
import { runChecks, type CheckRow } from '../../src/contract/verify/sheet.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { startNodeShop, startPhpShop } from '../examples/shop-process.js';
import {
  faults,
  json,
  orderStatusShop,
  say,
  Shop,
  text,
  type ShopAnswer,
  type ShopBehaviour,
} from '../support/shop.js';

/** What `cordboard verify` says of shops that do it right, and of shops that do one thing wrong. */

const CALLER = /777000999/;

async function verify(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const env = {};
  const code = await runCommand(['verify', ...args], {
    env,
    out: (more) => (out += more),
    error: (more) => (error += more),
  });
  return { code, out, error };
}

describe.each([
  ['examples/shop', startNodeShop],
  ['examples/shop-php', startPhpShop],
])('%s', (_name, start) => {
  it('passes', async () => {
    const shop = await start();
    onTestFinished(() => shop.stop());
    const url = `${shop.url}/launch.php?s=telfa`;
    const known = ['--order', '1001', '--order', '0042', '--company', 'examples/company.yaml'];
    const { code, out } = await verify(url, ...known);
    expect(out).not.toMatch(/FAIL|warn /);
    expect(out).toMatch(/22 passed, 0 failed, 0 warned, 3 skipped/);
    expect(code).toBe(0);
  });
});

let shop: Shop;
let client: OutboundClient;
beforeEach(async () => {
  client = new OutboundClient();
  shop = await new Shop(right).start();
});
afterEach(async () => {
  await shop.stop();
  await client.close();
});

const right: ShopBehaviour = orderStatusShop({ orders: { '1001': 31, '0042': 34 } });

/** The right shop, but for what `wrong` does otherwise. */
function but(
  wrong: (fields: Record<string, unknown>, rest: () => ReturnType<ShopBehaviour>) => unknown,
): ShopBehaviour {
  return (request) => wrong(request.fields, () => right(request)) as ReturnType<ShopBehaviour>;
}

async function rowsOf(behaviour: ShopBehaviour, totalTimeoutMs = 8_000): Promise<CheckRow[]> {
  shop.behave(behaviour);
  return runChecks(handOverChecks, {
    peer: new Peer(client, shop.url, { connectTimeoutMs: 3_000, totalTimeoutMs }),
    contract: telfaHandOver,
    profile: telfaHandOver.profile({}),
    known: { prompts: new Set([20, 21, 22, 31, 34]), queues: new Set([1]) },
    caller: '+420777000999',
    line: '+420222333444',
    country: 'CZ',
    orders: ['1001', '0042'],
    unknownOrder: '9',
  });
}

const wrongRows = (rows: CheckRow[]) => rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');

const more = (answer: ShopAnswer, keys: Record<string, unknown>): ShopAnswer =>
  'body' in answer && answer.body !== '' ? json({ ...(JSON.parse(answer.body as string) as object), ...keys }) : answer;
const latin2 = (): ShopAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"action":"answer","jm\u00e9no":"\u00e1"}', 'latin1'),
});

/** Keeps its place by itself, for each call: a repeated request gets the next answer. */
function countingRequests(): ShopBehaviour {
  const steps = new Map<string, number>();
  return (request) => {
    const step = (steps.get(request.call) ?? 0) + 1;
    steps.set(request.call, step);
    return step === 1 ? say.menu(20) : step === 2 ? right(request) : say.play(31);
  };
}

/** Keeps its place for each number that calls. */
function countsByCaller(): ShopBehaviour {
  const known = new Set<unknown>();
  return (request) => {
    const first = request.fields['pokracovani'] === undefined;
    if (first && known.has(request.fields['caller_number'])) return say.menu(21, { pokracovani: '1' });
    if (request.fields['received_digits'] === '9') known.add(request.fields['caller_number']);
    return right(request);
  };
}

/** Gives unknown orders to a group, and does not understand how that ended. */
const transfers = but(({ received_digits: digits, bridge_result: result, ...fields }, rest) => {
  if (result === 'USER_BUSY') return faults.status(500);
  if (result !== undefined) return say.goOn();
  if (digits === '9' && fields['pokracovani'] === '3') return json({ action: 'transfer_to_group', call_group_id: '1' });
  return rest();
});

/** Asks for a choice, transfers who chose, and asks again where nobody answered. */
function choiceShop(isFailedTransfer: (fields: Record<string, unknown>) => boolean): ShopBehaviour {
  return ({ fields }) => {
    if (fields['bridge_result'] === 'SUCCESS') return say.hangUp();
    if (isFailedTransfer(fields)) return say.menu(22, { pokracovani: 'neuspech' });
    const digits = fields['received_digits'];
    if (typeof digits !== 'string' || digits === '') return say.menu(20);
    return digits.length < 2 ? say.play(21) : json({ action: 'transfer_to_group', call_group_id: '1' });
  };
}

/** The fault, the shop that has it, the rows that show it and what the first of them tells to do. */
const brokenShops: [string, ShopBehaviour, string[], RegExp][] = [
  ['always fails', () => faults.status(500), ['first_request'], /status 200/],
  ['wants a login', () => faults.status(401), ['first_request'], /without a login/],
  ['shows a page', () => faults.html(), ['first_request'], /this is a page/],
  ['writes half a JSON', () => faults.brokenJson(), ['first_request'], /one JSON object/],
  [
    'writes JSON and more',
    () => text('{"action":"answer"}<br>', 'application/json'),
    ['first_request'],
    /nothing before/,
  ],
  ['sends a megabyte', () => faults.megabyte(), ['first_request'], /64 KiB/],
  ['moves for good', () => faults.redirect(301, '/other'), ['first_request'], /address of the redirect/],
  ['breaks off', () => faults.resetMidAnswer(), ['first_request'], /complete answer/],
  ['invents an action', () => faults.unknownAction(), ['first_request'], /transfer_to_group, hangup or return/],
  ['forgets the prompt', () => json({ action: 'menu' }), ['first_request'], /recording_id/],
  ['forgets the group', () => json({ action: 'transfer_to_group' }), ['first_request'], /call_group_id/],
  ['names a prompt that is none', () => say.menu(77), ['first_request'], /create prompt 77/],
  [
    'names a queue that is none',
    () => json({ action: 'transfer_to_group', call_group_id: 5 }),
    ['first_request'],
    /name a queue/,
  ],
  ['writes in another encoding', () => latin2(), ['first_request'], /UTF-8/],
  [
    'says it is a page',
    but((_fields, rest) => faults.labelled('text/html', rest() as ShopAnswer)),
    ['content_type'],
    /Content-Type: application\/json/,
  ],
  [
    'mistypes a field of its question',
    but((_fields, rest) => more(rest() as ShopAnswer, { menu_timout: '9' })),
    ['unknown_fields'],
    /correct the name/,
  ],
  [
    'stumbles over a withheld number',
    but((fields, rest) => (fields['caller_number'] === '' ? faults.status(500) : rest())),
    ['withheld_number', 'server_errors'],
    /status 200/,
  ],
  [
    'knows nobody abroad',
    but((fields, rest) => (String(fields['caller_number']).startsWith('00') ? faults.brokenJson() : rest())),
    ['foreign_number'],
    /one JSON object/,
  ],
  [
    'refuses what it does not know',
    but((fields, rest) => ('later_version' in fields ? faults.status(400) : rest())),
    ['extra_fields'],
    /status 200/,
  ],
  [
    'requires an order book to be repeated',
    but((_fields, rest) => more(rest() as ShopAnswer, { book: 'x'.repeat(3000) })),
    ['own_keys'],
    /20 keys and 2 KB/,
  ],
  ['never asks', () => say.goOn(), ['question'], /menu/],
  [
    'plays for ever',
    but((fields, rest) =>
      fields['received_digits'] === '1001' || fields['pokracovani'] === 'stav'
        ? say.play(31, { pokracovani: 'stav' })
        : rest(),
    ),
    ['known_order_ends'],
    /keep count in a key .* or set after_play: return in the profile/,
  ],
  [
    'greets whoever it does not know, and keeps nothing in mind',
    () => say.play(22),
    ['question', 'known_order_ends', 'unknown_order_ends'],
    /after_play: return/,
  ],
  [
    'knows no order',
    but((fields, rest) =>
      typeof fields['received_digits'] === 'string' ? say.menu(21, { pokracovani: '1' }) : rest(),
    ),
    ['known_order'],
    /as text/,
  ],
  [
    'asks for three digits',
    but((fields, rest) => (fields['pokracovani'] === undefined ? say.menu(20, { max: 3, pokracovani: '1' }) : rest())),
    ['question'],
    /max: 4/,
  ],
  [
    'says nothing to an unknown order',
    but((fields, rest) => (fields['received_digits'] === '9' ? say.goOn() : rest())),
    ['unknown_order'],
    /says so and asks again/,
  ],
  [
    'asks for ever',
    but((fields, rest) => (fields['received_digits'] === '9' ? say.menu(21, { pokracovani: '1' }) : rest())),
    ['unknown_order_ends'],
    /keep count/,
  ],
  [
    'dies of silence',
    but((fields, rest) => (fields['received_digits'] === '' ? faults.status(503) : rest())),
    ['nothing_typed', 'server_errors'],
    /status 200/,
  ],
  [
    'takes orders for numbers',
    but(({ received_digits: digits, ...fields }, rest) =>
      typeof digits === 'string' && Number(digits) === 1001 && fields['pokracovani'] === '1'
        ? say.play(31, { pokracovani: 'konec' })
        : rest(),
    ),
    ['leading_zero'],
    /as text/,
  ],
  [
    'has room for ten digits',
    but((fields, rest) =>
      ((fields['received_digits'] as string | undefined) ?? '').length > 10 ? faults.status(500) : rest(),
    ),
    ['odd_digits', 'server_errors'],
    /status 200/,
  ],
  [
    'does not let go',
    but((fields, rest) => (fields['hangup'] === true ? faults.status(404) : rest())),
    ['hung_up'],
    /answer hangup: true with 200/,
  ],
  ['counts requests itself', countingRequests(), ['repeated'], /same call_id and step/],
  ['counts by caller', countsByCaller(), ['two_calls'], /keep state between requests only/],
  [
    'takes the next choice for another failed transfer',
    choiceShop((fields) => 'bridge_result' in fields || fields['pokracovani'] === 'neuspech'),
    ['second_choice'],
    /are only in the request after/,
  ],
  ['loses its head after a transfer', transfers, ['transfer_results', 'server_errors'], /status 200/],
  [
    'falls over a body that is none',
    (request) => (request.fields['caller_number'] === undefined ? faults.status(500) : right(request)),
    ['malformed'],
    /answer 400/,
  ],
];

it('a shop that does all of it right has nothing wrong', async () => {
  expect(wrongRows(await rowsOf(right))).toEqual([]);
});

it('a shop that asks again after a failed transfer is taken through a second choice', async () => {
  const rows = await rowsOf(choiceShop((fields) => 'bridge_result' in fields));
  expect(rows.filter(({ id }) => /transfer_results|second_choice/.test(id))).toMatchObject([
    { verdict: 'pass' },
    { verdict: 'pass' },
  ]);
});

describe('a shop that', () => {
  it.each(brokenShops)('%s', async (_what, behaviour, ids, remedy) => {
    const wrong = wrongRows(await rowsOf(behaviour));
    expect(wrong.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    const row = wrong.find(({ id }) => id === ids[0]);
    expect(row && 'remedy' in row && row.remedy).toMatch(remedy);
  });
});

it('a shop that is too slow for callers', async () => {
  const rows = await rowsOf(
    (request) => (request.step === 1 ? faults.slow(700, right(request) as ShopAnswer) : right(request)),
    300,
  );
  expect(rows.find(({ id }) => id === 'question')).toMatchObject({ verdict: 'pass' });
  expect(rows.find(({ id }) => id === 'known_order')).toMatchObject({
    verdict: 'fail',
    found: expect.stringMatching(/timeout/) as string,
  });
  expect(rows.find(({ id }) => id === 'speed')).toMatchObject({
    verdict: 'fail',
    remedy: expect.stringMatching(/within 0.3 s/) as string,
  });
});

it('a shop that is not there', async () => {
  await shop.refuseConnections();
  const rows = await rowsOf(right);
  expect(rows[0]).toMatchObject({ verdict: 'fail', remedy: expect.stringMatching(/reachable/) as string });
  expect(rows.slice(1).every(({ verdict }) => verdict === 'skip')).toBe(true);
});

describe('the command', () => {
  it('prints a sheet, and ends with 1 when something failed', async () => {
    shop.behave(
      but((fields, rest) =>
        fields['hangup'] === true ? text(`no call from ${String(fields['caller_number'])}`, 'text/plain', 404) : rest(),
      ),
    );
    const { code, out } = await verify(shop.url, '--order', '1001');
    expect(code).toBe(1);
    expect(out).toMatch(
      /FAIL {2}The last request[^\n]*\n +found: it answered with status 404[^\n]*\n +do: +answer hangup: true with 200/,
    );
  });

  it('prints JSON', async () => {
    const { code, out } = await verify(shop.url, '--order', '1001', '--json');
    const sheet = JSON.parse(out) as { kind: string; ok: boolean; rows: CheckRow[] };
    expect(sheet).toMatchObject({ kind: 'shop', ok: true, target: shop.url });
    expect(sheet.rows.map(({ id }) => id)).toEqual(handOverChecks.map(({ id }) => id));
    expect(code).toBe(0);
  });

  it('shows no number and no secret', async () => {
    shop.behave(({ fields }) =>
      text(`Nobody is ${String(fields['caller_number'])}, ask 00420777888999`, 'text/plain', 500),
    );
    for (const flags of [[], ['--json']]) {
      const { out } = await verify(`${shop.url}&token=verysecret&phone=777000999`, ...flags);
      expect(out).toMatch(/status 500/);
      expect(out).not.toMatch(CALLER);
      expect(out).not.toMatch(/777888999|verysecret/);
    }
  });

  it('sends what the profile of the configuration says', async () => {
    const { out } = await verify(shop.url, '--company', 'test/contract/form-shop.yaml', '--profile', 'old');
    expect(out).toMatch(/^shop: /);
    expect(shop.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(shop.requests[0]?.rawBody).toMatch(/^from=%2B420777000999&/);
  });

  it.each([
    [[], /needs the URL/],
    [['shop.example'], /needs the URL/],
    [['http://127.0.0.1:9/', '--kind', 'fax'], /--kind is one of shop, webhooks, dispatch/],
    [['http://127.0.0.1:9/', '--order', 'A1'], /digits/],
    [['http://127.0.0.1:9/', '--order', '9'], /unknown order is the same as a known/],
    [['http://127.0.0.1:9/', '--caller', 'me'], /--caller is a phone number/],
    [['http://127.0.0.1:9/', '--kind', 'webhooks', '--secret', 'PATH'], /begins with WEBHOOK_/],
  ])('is called wrongly: %j', async (args, message) => {
    const { code, error } = await verify(...args);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});
