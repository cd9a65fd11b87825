import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import type { CheckRow } from '../../src/contract/verify/sheet.js';
import { startDispatch } from '../examples/shop-process.js';
import { faults, Shop, text, type ShopBehaviour } from '../support/shop.js';

/** What `cordboard verify --kind dispatch` says of the page that opens when somebody calls. */

const TOKEN = 'the-token-of-an-operator';
let dispatch: Shop;
beforeEach(async () => (dispatch = await new Shop(right).start()));
afterEach(() => dispatch.stop());

const parameter = (url: string, name: string) => new URL(url, 'http://dispatch').searchParams.get(name);
const page = text('<h1>Order</h1>', 'text/html');
const right: ShopBehaviour = ({ url }) =>
  parameter(url, 'access_token') === TOKEN ? page : faults.redirect(302, '/login');

async function verify(behaviour: ShopBehaviour): Promise<string[]> {
  dispatch.behave(behaviour);
  return verifyAt(`${dispatch.url}&access_token={access_token}&clid={clid}&did={did}&call_id={call_id}`);
}

async function verifyAt(url: string): Promise<string[]> {
  let out = '';
  const print = (more: string) => (out += more);
  const env = { WEBHOOK_POP_TOKEN: TOKEN };
  await runCommand(['verify', url, '--kind', 'dispatch', '--secret', 'WEBHOOK_POP_TOKEN', '--json'], {
    env,
    out: print,
    error: print,
  });
  expect(out).not.toMatch(/777000999|the-token-of/);
  const { rows } = JSON.parse(out) as { rows: CheckRow[] };
  return rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').map(({ id }) => id);
}

it('a page that does it right', async () => {
  expect(await verify(right)).toEqual([]);
  expect(parameter(dispatch.requests[0]?.url ?? '', 'clid')).toBe('420777000999');
});

it('a page that leads on to the order, as the sample dispatch does', async () => {
  const sample = await startDispatch({ DISPATCH_OPERATORS: `Eva=${TOKEN}`, GATEWAY_URL: 'http://127.0.0.1:9' });
  onTestFinished(() => sample.stop());
  const pop = `${sample.url}/tenant/user/external-incoming-call?access_token={access_token}&clid={clid}&did={did}`;
  expect(await verifyAt(pop)).toEqual([]);
});

it('a page that logs in with the token, and shows others a login page', async () => {
  const login: ShopBehaviour = ({ url, headers }) => {
    if (url.startsWith('/login')) return text('<h1>Log in</h1>', 'text/html');
    if (url.startsWith('/orders')) return headers.cookie === 'sid=eva' ? page : faults.redirect(302, '/login');
    if (parameter(url, 'access_token') !== TOKEN) return faults.redirect(302, '/login');
    return { status: 303, headers: { location: '/orders?clid=1', 'set-cookie': 'sid=eva; HttpOnly' }, body: '' };
  };
  expect(await verify(login)).toEqual([]);
  // A token that is none comes to the login every time.
  expect(await verify((request) => login({ ...request, url: request.url.replace(TOKEN, '') }))).toEqual(['bad_token']);
});

it.each<[string, ShopBehaviour, string]>([
  ['shows nothing', () => faults.redirect(302, '/login'), 'opens'],
  ['is not there', () => faults.status(404), 'opens'],
  ['opens for everybody', () => page, 'bad_token'],
  [
    'needs a number',
    (request) => (parameter(request.url, 'clid') === '' ? faults.status(500) : right(request)),
    'odd_numbers',
  ],
])('a page that %s', async (_what, behaviour, row) => {
  expect(await verify(behaviour)).toContain(row);
});
