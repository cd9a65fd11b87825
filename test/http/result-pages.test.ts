import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { pageAfterForm } from '../../src/http/answer.js';
import { html, page } from '../../src/http/html.js';
import { conflict } from '../../src/http/problem.js';
import { ResultPages } from '../../src/http/result-pages.js';
import { route } from '../../src/http/route.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { languageRoutes } from '../../src/web/pages/language-choice.js';
import { problemPage } from '../../src/web/pages/layout.js';
import { ADMIN, READER, startServer, type TestServer } from './http-harness.js';

let server: TestServer;
let clock: VirtualClock;
let made: number;

beforeEach(async () => {
  clock = new VirtualClock(Date.parse('2026-11-21T10:00:00Z'));
  made = 0;
  const form = route({
    method: 'POST',
    path: '/secret',
    scope: 'calls:read',
    kind: 'page',
    summary: 'Makes a secret',
    body: z.object({ fail: z.literal('yes').optional() }),
    bodyType: 'form',
    handle: (request) => {
      if (request.body.fail) throw conflict('already there');
      made += 1;
      const secret = `secret ${made}`;
      return pageAfterForm(request, ({ languages }) => page(html`<p lang="${languages[0]}">${secret}</p>`));
    },
  });
  server = await startServer([form, ...languageRoutes()], {
    results: new ResultPages(clock),
    problemPage,
    clock,
    limits: { requestBurst: 1000 },
  });
});

afterEach(() => server.stop());

const cookieOf = (token: string) => server.sessions.begin(token)?.split(';')[0] ?? '';

function post(path: string, fields: Record<string, string>, cookie = cookieOf(ADMIN)): Promise<Response> {
  const headers = { origin: server.url, cookie };
  return fetch(server.url + path, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' });
}

function get(path: string | null, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + (path ?? ''), { headers: { cookie: cookieOf(ADMIN), ...headers }, redirect: 'manual' });
}

test('a page that answers a form survives a reload and another language, and the form is not sent again', async () => {
  const sent = await post('/secret', {});
  expect(sent.status).toBe(303);
  const address = sent.headers.get('location');
  for (const language of ['cs', 'ru', 'cs'])
    expect(await (await get(address, { 'accept-language': language })).text()).toBe(
      `<p lang="${language}">secret 1</p>`,
    );
  expect(made).toBe(1);
});

test('the page of an error does, too, and leads back to the form', async () => {
  const address = (await post('/secret', { fail: 'yes' })).headers.get('location');
  const shown = await get(address, { 'accept-language': 'cs' });
  expect(shown.status).toBe(409);
  const text = await shown.text();
  expect(text).toMatch(/<html lang="cs">[^]*already there[^]*href="\/secret"/);
  expect(text).toContain(`name="next" value="${String(address)}"`);
});

test('only who sent the form can open it, for ten minutes', async () => {
  const address = (await post('/secret', {})).headers.get('location');
  expect((await get(address, { cookie: cookieOf(READER) })).status).toBe(404);
  const stranger = await get(address, { cookie: '' });
  expect(stranger.headers.get('location')).toBe(`/login?next=${encodeURIComponent(String(address))}`);
  clock.advanceBy(9 * 60_000);
  expect((await get(address)).status).toBe(200);
  clock.advanceBy(60_000);
  expect((await get(address)).status).toBe(404);
});

test('keeps a limited number of pages, the newest', async () => {
  const addresses = [];
  for (let sent = 0; sent < 502; sent += 1) addresses.push((await post('/secret', {})).headers.get('location'));
  const statuses = await Promise.all([addresses[0]!, addresses.at(-1)!].map(async (each) => (await get(each)).status));
  expect(statuses).toEqual([404, 200]);
});

test('the chosen language is kept, and the way back is a page of ours', async () => {
  const chosen = await post('/language', { language: 'ru', next: '/calls?queue=1' }, '');
  expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/calls?queue=1']);
  expect(chosen.headers.get('set-cookie')).toContain('cordboard_lang=ru');
  expect((await post('/language', { language: 'ru', next: '//evil.example' }, '')).headers.get('location')).toBe('/');
});

test.each(['/nowhere', '/secret', '/logout'])(
  'a browser gets a page, a program a problem document: %s',
  async (path) => {
    const forPeople = await get(path, { accept: 'text/html,*/*;q=0.8', 'accept-language': 'cs' });
    expect(forPeople.status).toBe(path === '/secret' ? 405 : 404);
    expect(forPeople.headers.get('content-type')).toContain('text/html');
    expect(forPeople.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await forPeople.text()).toContain('<html lang="cs">');
    const forPrograms = await get(path, { accept: '*/*' });
    expect(forPrograms.headers.get('content-type')).toContain('application/problem+json');
    const api = await get('/api/v1/nowhere', { accept: 'text/html' });
    expect(api.headers.get('content-type')).toContain('application/problem+json');
  },
);
