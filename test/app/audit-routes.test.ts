import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditAction } from '../../src/storage/audit-log.js';
import { ListedGateway } from '../http/listed-gateway.js';
import { toneWav } from '../support/tones.js';

/**
 * Who changes something is in the audit log: every route of the gateway that is not only for reading is asked here and leaves an entry, or is in the
 * list of those that need none. The APIs of integrations, which have routes of their own, call the same services.
 */

const ADMIN = randomBytes(24).toString('hex');

/** Routes without an entry, and why. */
const WITHOUT_ENTRY: Record<string, string> = {
  ...each('nothing is changed: it checks, simulates or previews', [
    'POST /api/v1/config/lint',
    'POST /api/v1/system/checks',
    'POST /api/v1/dial-checks',
    'POST /api/v1/simulate',
    'POST /api/v1/people/summary',
    'POST /api/v1/calls/:id/replay',
    'POST /api/v1/config/drafts/:id/lint',
    'POST /api/v1/config/drafts/:id/replay',
    'DELETE /api/v1/config/drafts/:id/replay',
    'POST /api/v1/status-speech/preview',
  ]),
  ...each('a draft has an author, and no effect until it is published', [
    'POST /api/v1/config/drafts',
    'PATCH /api/v1/config/drafts/:id',
    'DELETE /api/v1/config/drafts/:id',
    'POST /api/v1/config/drafts/:id/rebase',
  ]),
  ...each('the timeline of the call says what was done; an entry for each call would push out the others', [
    'POST /api/v1/calls',
    'POST /api/v1/calls/announce',
    'POST /api/v1/calls/:id/interrupt',
    'POST /api/v1/calls/:id/hangup',
    'POST /api/v1/calls/:id/transfer',
    'POST /api/v1/handsets/:name/transfer',
    'POST /api/v1/handsets/:name/call',
    'POST /api/v1/handsets/:name/transfer/:step',
    'POST /api/v1/handsets/:name/park',
    'POST /api/v1/handsets/:name/pick-up',
    'POST /api/v1/calls/:id/play',
    'POST /api/v1/calls/:id/move',
    'POST /api/v1/missed-calls/:number/call-back',
    'POST /api/v1/trunks/:name/test-call',
    'POST /click-to-call',
  ]),
  ...each('the bridge or notification is stored with its course', [
    'POST /api/v1/bridges',
    'DELETE /api/v1/bridges/:id',
    'POST /api/v1/notifications',
    'POST /api/v1/notifications/batches',
    'POST /api/v1/held-notifications',
    'DELETE /api/v1/notifications/:id',
  ]),
  ...each('the history of logins has it, with who did it', [
    'POST /api/v1/handsets/:name/log-in',
    'POST /api/v1/handsets/:name/log-out',
    'POST /api/v1/handsets/:name/pause',
    'POST /api/v1/handsets/:name/unpause',
    'POST /api/v1/handsets/:name/end-wrap-up',
    'POST /api/v1/handsets/:name/extend-wrap-up',
  ]),
  ...each('the missed number names who marked it', [
    'POST /api/v1/missed-calls/:number/done',
    'DELETE /api/v1/missed-calls/:number/done',
  ]),
  ...each('the message names who marked it', ['POST /api/v1/messages/:id/done', 'DELETE /api/v1/messages/:id/done']),
  ...each('stored audio has no effect until a prompt or music uses it', [
    'POST /api/v1/audio',
    'POST /api/v1/audio/from-text',
  ]),
  ...each('only the visitor’s own browser is concerned', ['POST /language', 'POST /logout']),
  ...each('an embedded phone leaves its entry when its session begins', [
    'POST /api/v1/handsets/:name/phone-token',
    'POST /api/v1/phone-session/renewal',
    'DELETE /api/v1/phone-session',
  ]),
  'POST /api/v1/handsets/:name/ice-servers': 'the credentials open a way to Asterisk’s audio alone, and expire',
  'PUT /api/v1/setup': 'the step of the set-up that is shown; what it configures has entries',
};

/** Routes that need what only a call, an attempt or a speech engine makes. Their tests look for the entry. */
const TESTED_ELSEWHERE: Record<string, string> = {
  'DELETE /api/v1/recordings/:id': 'test/recordings',
  'POST /api/v1/webhooks/deliveries/:id/redeliver': 'test/webhooks/routes.test.ts',
  'POST /api/v1/webhooks/deliveries/redeliver-dead': 'test/webhooks/routes.test.ts',
  'DELETE /api/v1/recorded-requests': 'test/integrations/gootax/recorded.test.ts',
  'PUT /api/v1/calls/:id/note': 'test/calls/call-notes.test.ts',
  'POST /api/v1/phone-sessions': 'test/webphone/embed-routes.test.ts',
  'POST /api/v1/backups': 'test/backups/routes.test.ts',
  ...each('test/alarms/routes.test.ts', [
    'POST /api/v1/alarms/:id/acknowledge',
    'POST /api/v1/alarms/silences',
    'DELETE /api/v1/alarms/silences/:id',
  ]),
  'POST /api/v1/prompts/from-text': 'as POST /api/v1/prompts, after the speech engine',
};

function each(reason: string, routes: readonly string[]): Record<string, string> {
  return Object.fromEntries(routes.map((route) => [route, reason]));
}

interface Step {
  route: string;
  /** Default: that of the route. */
  at?: string;
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
  action: AuditAction;
}

let gateway: ListedGateway;
let url: string;

beforeAll(async () => {
  gateway = await ListedGateway.start({ CORDBOARD_API_TOKEN: ADMIN });
  ({ url } = gateway);
}, 120_000);

afterAll(() => gateway.stop());

const bearer = { authorization: `Bearer ${ADMIN}` };

async function get(at: string): Promise<{ body: unknown; etag: string }> {
  const answer = await fetch(url + at, { headers: bearer });
  return { body: await answer.json(), etag: answer.headers.get('etag') ?? '' };
}

async function auditLog(): Promise<{ id: number; action: string }[]> {
  const { body } = await get('/api/v1/audit');
  return (body as { entries: { id: number; action: string }[] }).entries;
}

async function newestEntry(): Promise<number> {
  return (await auditLog())[0]?.id ?? 0;
}

async function actionsAfter(id: number): Promise<string[]> {
  return (await auditLog()).filter((entry) => entry.id > id).map(({ action }) => action);
}

const asked = new Set<string>();

/** Sends the request, and expects the entry, whatever the answer is. */
async function leavesEntry({ route, at, body, type, headers = {}, action }: Step): Promise<unknown> {
  const [method = '', template = ''] = route.split(' ');
  const before = await newestEntry();
  const isForm = type === 'application/x-www-form-urlencoded';
  const written =
    body instanceof Buffer || typeof body === 'string'
      ? body
      : isForm
        ? new URLSearchParams(body as Record<string, string>).toString()
        : JSON.stringify(body);
  const answer = await fetch(url + (at ?? template), {
    method,
    headers: {
      ...bearer,
      ...headers,
      ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
      ...(isForm && { origin: url }),
    },
    body: body === undefined ? null : (written as string),
    redirect: 'manual',
  });
  const text = await answer.text();
  expect.soft(await actionsAfter(before), `${route}: ${answer.status} ${text.slice(0, 300)}`).toContain(action);
  asked.add(route);
  return text === '' || !text.startsWith('{') ? undefined : JSON.parse(text);
}

const DOCUMENT = {
  version: 1,
  handsets: [{ name: 'sales' }, { name: 'web', webrtc: true }],
  queues: [{ id: 1, name: 'Sales', handsets: ['sales'] }],
  trunks: [{ name: 'acme', way: 'address', server: '192.0.2.1' }],
  webhooks: [{ name: 'shop', url: 'http://127.0.0.1:9/events' }],
  lines: [{ number: '+420222333444', plan: ['answer', 'hang_up'] }],
  gootax: { domain: 'taxi' },
};
const PASSWORD = 'a long password 17';
const FORM = 'application/x-www-form-urlencoded';

test('every route that changes something leaves an entry, or is known to need none', async () => {
  const link = (await leavesEntry({ route: 'POST /api/v1/setup/link', action: 'setup_link_created' })) as {
    url: string;
  };
  const code = new URL(link.url).searchParams.get('code');
  const account = { login: 'eva', name: 'Eva' };
  await leavesEntry({
    route: 'POST /api/v1/setup/account',
    body: { code, ...account, password: PASSWORD },
    action: 'account_added',
  });
  const operators = [{ id: 1, ...account, role: 'admin', handset: 'web' }];
  await leavesEntry({
    route: 'PUT /api/v1/config',
    body: stringify({ ...DOCUMENT, operators }),
    type: 'application/yaml',
    action: 'configuration_published',
  });
  await changesItems();
  await changesPrompts();
  await changesAccounts();
  await sends();
  await exports();
  const routes = (await gateway.routes())
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .map(({ method, path: address }) => `${method} ${address}`);
  const changing = [...asked].filter((route) => !route.startsWith('GET '));
  const known = [...changing, ...Object.keys(WITHOUT_ENTRY), ...Object.keys(TESTED_ELSEWHERE)];
  expect.soft(routes.filter((route) => !known.includes(route))).toEqual([]);
  expect(known.filter((route) => !routes.includes(route))).toEqual([]);
}, 120_000);

async function changesItems(): Promise<void> {
  const item = { route: 'PUT /api/v1/config/:section/:key', at: '/api/v1/config/handsets/second' };
  const action = 'configuration_published';
  await leavesEntry({ ...item, body: { name: 'second' }, headers: { 'if-none-match': '*' }, action });
  const { etag } = await get(item.at);
  await leavesEntry({ ...item, route: 'DELETE /api/v1/config/:section/:key', headers: { 'if-match': etag }, action });
  const { body } = await get('/api/v1/config/versions');
  const [newest, former] = (body as { versions: { version: number }[] }).versions;
  await leavesEntry({
    route: 'POST /api/v1/config/versions/:version/restore',
    at: `/api/v1/config/versions/${former?.version}/restore`,
    headers: { 'if-match': `"${newest?.version}"` },
    action: 'configuration_restored',
  });
  const created = await fetch(`${url}/api/v1/config/drafts`, {
    method: 'POST',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: JSON.stringify({
      document: { ...DOCUMENT, operators: [{ id: 1, login: 'eva', name: 'Eva N.', role: 'admin', handset: 'web' }] },
    }),
  });
  const { id } = (await created.json()) as { id: string };
  await leavesEntry({
    route: 'POST /api/v1/config/drafts/:id/publish',
    at: `/api/v1/config/drafts/${id}/publish`,
    headers: { 'if-match': created.headers.get('etag') ?? '' },
    action: 'draft_published',
  });
}

async function changesPrompts(): Promise<void> {
  const wav = toneWav(1, 'cs', 300);
  const sound = { body: wav, type: 'audio/wav' };
  await leavesEntry({ route: 'POST /api/v1/prompts', body: { name: 'Hello' }, action: 'prompt_added' });
  const at = '/api/v1/prompts/1';
  await leavesEntry({ route: 'PUT /api/v1/prompts/:id', at, body: { name: 'Hi' }, action: 'prompt_replaced' });
  const audio = `${at}/audio/cs`;
  const ofAudio = { at: audio, action: 'prompt_replaced' } as const;
  await leavesEntry({ route: 'PUT /api/v1/prompts/:id/audio/:language', ...sound, ...ofAudio });
  await leavesEntry({ route: 'DELETE /api/v1/prompts/:id/audio/:language', ...ofAudio });
  await leavesEntry({ route: 'DELETE /api/v1/prompts/:id', at, action: 'prompt_removed' });
  const music = { at: '/api/v1/music/calm', action: 'configuration_published' } as const;
  await leavesEntry({ ...music, route: 'POST /api/v1/music', at: '/api/v1/music', body: { name: 'calm' } });
  await leavesEntry({ ...music, route: 'PUT /api/v1/music/:name', body: { title: 'Calm' } });
  await leavesEntry({ ...music, route: 'POST /api/v1/music/:name/audio', at: '/api/v1/music/calm/audio', ...sound });
  const { body } = await get('/api/v1/music');
  const sha256 = (body as { music: { audio: { sha256: string }[] }[] }).music[0]?.audio[0]?.sha256 ?? '';
  const track = `/api/v1/music/calm/audio/${sha256}`;
  await leavesEntry({ ...music, route: 'DELETE /api/v1/music/:name/audio/:sha256', at: track });
  await leavesEntry({ ...music, route: 'DELETE /api/v1/music/:name' });
}

async function changesAccounts(): Promise<void> {
  await leavesEntry({
    route: 'PUT /api/v1/accounts/:login/password',
    at: '/api/v1/accounts/eva/password',
    body: { password: PASSWORD },
    action: 'password_set',
  });
  const asEva = { authorization: `Basic ${Buffer.from(`eva:${PASSWORD}`).toString('base64')}` };
  const next = `${PASSWORD} again`;
  await leavesEntry({
    route: 'POST /api/v1/me/password',
    headers: asEva,
    body: { old: PASSWORD, new: next },
    action: 'password_set',
  });
  await leavesEntry({
    route: 'POST /login',
    body: { login: 'eva', password: next },
    type: FORM,
    action: 'logged_in',
  });
  await leavesEntry({
    route: 'POST /api/v1/handsets/:name/browser-phone',
    at: '/api/v1/handsets/web/browser-phone',
    headers: { authorization: `Basic ${Buffer.from(`eva:${next}`).toString('base64')}` },
    action: 'handset_password_shown',
  });
  const pop = { at: '/api/v1/operators/1/dispatch-token', body: { token: 'token-of-the-dispatch' } };
  await leavesEntry({ route: 'PUT /api/v1/operators/:id/dispatch-token', ...pop, action: 'screen_pop_token_set' });
  await leavesEntry({
    route: 'DELETE /api/v1/operators/:id/dispatch-token',
    at: pop.at,
    action: 'screen_pop_token_removed',
  });
  const token = { body: { name: 'shop', scopes: ['calls:read'] }, action: 'token_created' } as const;
  await leavesEntry({ route: 'POST /api/v1/tokens', ...token });
  await leavesEntry({ route: 'DELETE /api/v1/tokens/:name', at: '/api/v1/tokens/shop', action: 'token_revoked' });
  await leavesEntry({ route: 'POST /api/v1/dispatch-settings/tokens', body: {}, action: 'token_created' });
}

/** Every table that the gateway writes as CSV, and the document. */
async function exports(): Promise<void> {
  const tables = (await gateway.routes()).filter((route) => route.method === 'GET' && route.path.endsWith('.csv'));
  expect(tables.length).toBeGreaterThan(9);
  for (const { path: address } of tables) {
    const [, kind = ''] = /^\/api\/v1\/(calls|reports|audit)[./]/.exec(address) ?? [];
    const exported = { calls: 'calls_exported', reports: 'report_exported', audit: 'audit_exported' } as const;
    expect(Object.keys(exported), `${address} is an export: record it, and name its action here`).toContain(kind);
    await leavesEntry({ route: `GET ${address}`, action: exported[kind as keyof typeof exported] });
  }
  await leavesEntry({ route: 'GET /api/v1/config', action: 'configuration_exported' });
}

async function sends(): Promise<void> {
  await leavesEntry({
    route: 'POST /api/v1/handsets/:name/password',
    at: '/api/v1/handsets/sales/password',
    action: 'handset_password_set',
  });
  await leavesEntry({
    route: 'PUT /api/v1/trunks/:name/password',
    at: '/api/v1/trunks/acme/password',
    body: { password: 'secret' },
    action: 'trunk_password_set',
  });
  const enrolled = '/api/v1/handsets/sales/enrolled-phone';
  await leavesEntry({
    route: 'PUT /api/v1/handsets/:name/enrolled-phone',
    at: enrolled,
    body: { mac: '80:5e:c0:00:11:22' },
    action: 'phone_enrolled',
  });
  await leavesEntry({
    route: 'DELETE /api/v1/handsets/:name/enrolled-phone',
    at: enrolled,
    action: 'phone_withdrawn',
  });
  await leavesEntry({
    route: 'POST /api/v1/webhooks/:name/test',
    at: '/api/v1/webhooks/shop/test',
    action: 'webhook_tested',
  });
  await leavesEntry({
    route: 'POST /api/v1/hand-over-test',
    body: { url: 'http://127.0.0.1:9/shop' },
    action: 'hand_over_tested',
  });
  await leavesEntry({
    route: 'POST /api/v1/calls/:id/listen',
    at: '/api/v1/calls/c_1/listen',
    body: { handset: 'sales' },
    action: 'call_listened',
  });
  const number = '+420777888999';
  await leavesEntry({ route: 'POST /api/v1/do-not-call', body: { number }, action: 'do_not_call_added' });
  const removed = { at: `/api/v1/do-not-call/${encodeURIComponent(number)}`, action: 'do_not_call_removed' } as const;
  await leavesEntry({ route: 'DELETE /api/v1/do-not-call/:number', ...removed });
  const address = '192.0.2.7';
  await leavesEntry({ route: 'POST /api/v1/bans', body: { address }, action: 'address_banned' });
  const lifted = { at: `/api/v1/bans/${address}`, action: 'ban_lifted' } as const;
  await leavesEntry({ route: 'DELETE /api/v1/bans/:address', ...lifted });
  await leavesEntry({ route: 'POST /api/v1/people/export', body: { number }, action: 'person_exported' });
  await leavesEntry({ route: 'POST /api/v1/people/erasures', body: { number }, action: 'person_erased' });
}
