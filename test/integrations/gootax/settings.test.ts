import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from '../../../src/accounts/api-tokens.js';
import { runCommand } from '../../../src/cli/run.js';
import { createHttpServer } from '../../../src/http/server.js';
import { adminToken, TokenList } from '../../../src/http/tokens.js';
import { dispatchTokens, providers, type DispatchSettings } from '../../../src/integrations/gootax/settings.js';
import { settingsRoutes } from '../../../src/integrations/gootax/settings-routes.js';
import { systemClock } from '../../../src/lib/clock.js';
import { createLogger } from '../../../src/lib/logger.js';
import { companySchema } from '../../../src/company/company.js';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import { company } from './gootax-harness.js';

const [ADMIN, READER] = ['the-admin-token-of-the-tests', 'a-token-that-reads-the-setup'];
const OUTSIDE = 'https://pbx.example';
const { handsets, operators, gootax } = companySchema.parse({
  version: 1,
  handsets: [{ name: 'anna', webrtc: true }, { name: 'desk' }],
  operators: [
    { id: 1, login: 'anna', name: 'Анна', handset: 'anna' },
    { id: 2, login: 'petr', name: 'Petr', handset: 'desk' },
    { id: 3, login: 'eva', name: 'Eva' },
  ],
  gootax: { domain: 'taxi' },
});
const setUp = { ...company, handsets, operators, gootax };

let db: Database;
let tokens: ApiTokens;
let server: ReturnType<typeof createHttpServer>;
let url: string;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  tokens = new ApiTokens(db, systemClock);
  await tokens.start();
  server = createHttpServer({
    routes: settingsRoutes({ company: () => setUp, tokens, url: OUTSIDE }),
    tokens: new TokenList([adminToken(ADMIN), { name: 'reader', token: READER, scopes: ['config:read'] }]),
    logger: createLogger({ level: 'silent' }),
  });
  url = `http://127.0.0.1:${(await server.start({ host: '127.0.0.1', port: 0 })).port}`;
});
afterEach(async () => {
  await server.stop();
  await tokens.stop();
  await db.destroy();
});

async function ask(method: string, path: string, token: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  return { status: answer.status, settings: (await answer.json()) as DispatchSettings };
}

const value = ({ forms }: DispatchSettings, provider: string, label: string) =>
  forms.find((form) => form.for === provider)?.fields.find((field) => field.label === label)?.value;

async function cordboard(...args: string[]) {
  let [out, error] = ['', ''];
  const terminal = { out: (text: string) => (out += text), error: (text: string) => (error += text) };
  const code = await runCommand(['settings', ...args], {
    env: { CORDBOARD_URL: url, CORDBOARD_API_TOKEN: ADMIN },
    ...terminal,
  });
  return { code, out, error };
}

describe('what the dispatch’s forms ask for', () => {
  it('is filled in, field by field', async () => {
    const { settings } = await ask('GET', '/api/v1/dispatch-settings', READER);
    const fields = Object.fromEntries(
      settings.forms.map((form) => [form.for, form.fields.map(({ label, value: said }) => `${label}: ${said ?? '…'}`)]),
    );
    expect(fields).toEqual({
      runtel: [
        ...['Провайдер АТС: Runtel new', 'Имя интеграции: Runtel', 'Активный: ✓', 'Wss url: wss://pbx.example/ws'],
        ...['Base Url: https://pbx.example/integration/runtel', 'Интеграционный токен: …'],
      ],
      common: [
        ...['Провайдер АТС: Common ATS', 'Имя интеграции: Cordboard', 'Активный: ✓'],
        ...['Токен для модуля «Голосовой информатор»: …', 'Интеграционный токен: …'],
        ...[
          'URL: https://pbx.example/integration/gootax',
          'Use WebRTC: ✓',
          'Адрес сервера WebRTC: wss://pbx.example/ws',
        ],
      ],
      custom: [
        ...['Провайдер АТС: Custom ATS', 'Имя интеграции: Cordboard', 'Активный: ✓', 'URL: …'],
        'Call Url: https://pbx.example/click-to-call?number=',
        'external-incoming-call: https://taxi.gootax.pro/tenant/user/external-incoming-call?access_token={access_token}&clid={clid}&did={did}&call_id={call_id}',
      ],
    });
    expect(settings.lines).toEqual([
      { number: '420222333444', branch: null, tariff: null },
      { number: '420222333555', branch: 'brno', tariff: 'city' },
    ]);
    expect(settings.operators).toEqual([
      { name: 'Анна', login: 'anna', webrtc: true },
      { name: 'Petr', login: 'desk', webrtc: false },
      { name: 'Eva', login: null, webrtc: false },
    ]);
    const one = await ask('GET', '/api/v1/dispatch-settings?for=custom', READER);
    expect(one.settings.forms.map((form) => form.for)).toEqual(['custom']);
    expect((await ask('GET', '/api/v1/dispatch-settings?for=oktell', READER)).status).toBe(422);
  });

  it('has tokens once they are created, shows them that once, and renews them on request', async () => {
    const path = '/api/v1/dispatch-settings/tokens';
    expect((await ask('POST', path, READER, {})).status).toBe(403);
    const made = await ask('POST', path, ADMIN, { for: 'common' });
    expect(made.status).toBe(201);
    const voice = value(made.settings, 'common', 'Токен для модуля «Голосовой информатор»') ?? '';
    expect(tokens.verify(voice)).toEqual({ name: 'gootax-voice', scopes: ['dispatch:notify'] });
    const integration = value(made.settings, 'common', 'Интеграционный токен') ?? '';
    expect(tokens.verify(integration)?.scopes).toEqual(dispatchTokens['gootax-integration']);
    const all = await ask('POST', path, ADMIN, {});
    expect(value(all.settings, 'common', 'Интеграционный токен')).toBeNull();
    const address = value(all.settings, 'custom', 'URL') ?? '';
    expect(tokens.verify(address.replace(`${OUTSIDE}/integration/key/`, ''))?.name).toBe('gootax-custom');
    const later = await ask('GET', '/api/v1/dispatch-settings', READER);
    expect(JSON.stringify(later.settings)).not.toContain(voice);
    expect(later.settings.forms.flatMap(({ fields }) => fields.flatMap(({ token }) => token ?? []))).toEqual(
      Object.keys(dispatchTokens).map((name) => ({ name, exists: true })),
    );
    // A failure at any of them leaves all tokens that the dispatch has.
    await sql`create trigger full_disk before insert on api_tokens when new.name = 'gootax-integration'
      begin select raise(abort, 'disk full'); end`.execute(db);
    expect((await ask('POST', path, ADMIN, { for: 'common', replace: true })).status).toBeGreaterThanOrEqual(500);
    await sql`drop trigger full_disk`.execute(db);
    expect([voice, integration].map((token) => tokens.verify(token)?.name)).toEqual([
      'gootax-voice',
      'gootax-integration',
    ]);
    const replaced = await ask('POST', path, ADMIN, { for: 'common', replace: true });
    expect(tokens.verify(voice)).toBeUndefined();
    expect(
      tokens.verify(value(replaced.settings, 'common', 'Токен для модуля «Голосовой информатор»') ?? ''),
    ).toBeDefined();
  });
});

describe('cordboard settings', () => {
  it('prints every field, lists the tokens, and creates them on request', async () => {
    const before = await cordboard();
    expect(before.code).toBe(0);
    for (const form of (await ask('GET', '/api/v1/dispatch-settings', READER)).settings.forms)
      for (const field of form.fields) expect(before.out).toMatch(new RegExp(`^ {2}${escaped(field.label)} +\\S`, 'm'));
    expect(before.out).toContain('(token gootax-voice: missing; --make-tokens creates it)');
    expect(before.out).toMatch(/^ {2}420222333555 +brno \/ city$/m);
    expect(before.out).toMatch(/^ {2}Анна +anna$/m);
    const made = await cordboard('--for', 'common', '--make-tokens');
    const [, voice = ''] = /^ {2}Токен для модуля «Голосовой информатор» +(\S+)$/m.exec(made.out) ?? [];
    expect(tokens.verify(voice)?.name).toBe('gootax-voice');
    expect(made.out).not.toContain('Runtel new');
    expect((await cordboard('--for', 'common')).out).toContain('(token gootax-voice: exists');
    const json = await cordboard('--for', 'runtel', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ forms: [{ for: 'runtel' }] });
  });

  it('says how it is called', async () => {
    expect(await cordboard('--for', 'oktell')).toMatchObject({
      code: 2,
      error: expect.stringContaining(providers.join(', ')) as string,
    });
    expect(await cordboard('--replace')).toMatchObject({
      code: 2,
      error: expect.stringContaining('--make-tokens') as string,
    });
    expect(await cordboard('common')).toMatchObject({ code: 2, error: expect.stringContaining('--for') as string });
  });
});

it('docs/gootax.md names every token', () => {
  const text = readFileSync('docs/gootax.md', 'utf8');
  expect(Object.keys(dispatchTokens).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
