import { afterAll, beforeAll, expect, test } from 'vitest';
import { DESKTOP, openStage, orderStatusCall, PHONE, type Stage } from './support.js';
import { toneWav } from '../support/tones.js';

/** How the pages look and whom they keep out; the pictures are in artifacts/. */

let stage: Stage;
const CALM = { name: 'calm', title: 'Klidná hudba' };
let pages: [name: string, path: string][];

beforeAll(async () => {
  stage = await openStage({
    operators: [
      { id: 1, login: 'eva.novakova@shop.example', name: 'Eva Nováková' },
      { id: 2, login: 'boss', name: 'Šéf', role: 'admin' },
    ],
  });
  const token = { name: 'shop', scopes: ['calls:read', 'calls:reject', 'monitor:read', 'recordings:read'] };
  const headers = { 'content-type': 'application/json' };
  await stage.gateway.api('/api/v1/tokens', { method: 'POST', headers, body: JSON.stringify(token) });
  await stage.gateway.api('/api/v1/music', { method: 'POST', headers, body: JSON.stringify(CALM) });
  const body = new Uint8Array(toneWav(1, 'cs', 2000));
  await stage.gateway.api('/api/v1/music/calm/audio', {
    method: 'POST',
    headers: { 'content-type': 'audio/wav' },
    body,
  });
  const call = `/calls/${encodeURIComponent(await orderStatusCall(stage))}`;
  pages = [
    ['calls', '/calls'],
    ['call', call],
    ['prompts', '/prompts'],
    ['prompt', '/prompts/20'],
    ['musics', '/music'],
    ['music', '/music/calm'],
    ['webhooks', '/webhooks'],
    ['webhook', '/webhooks/1'],
    ['accounts', '/accounts'],
    ['account', '/account'],
    ['api', '/docs'],
    ['not-found', '/prompts/999'],
  ];
}, 60_000);

afterAll(() => stage.stop(), 30_000);

/** What is smaller cannot be read on a phone (px). */
const SMALLEST_TEXT_PX = 14;

const desktop = { device: 'desktop', viewport: DESKTOP };
const phone = { device: 'phone', viewport: PHONE };
const light = { colorScheme: 'light' } as const;
const dark = { colorScheme: 'dark' } as const;

test.each([
  ...['cs', 'ru', 'en'].flatMap((language) => [desktop, phone].map((window) => ({ language, ...window, ...light }))),
  { language: 'en', ...phone, ...dark },
])(
  '$language, $device, $colorScheme: every page fits, can be read and has no obstacles',
  async ({ language, device, viewport, colorScheme }) => {
    const visitor = await stage.visitor({ viewport, colorScheme });
    const look = async (name: string) => {
      await visitor.photograph(`${name}-${device}-${colorScheme}-${language}`);
      expect.soft(await visitor.obstacles(), name).toEqual([]);
      expect.soft(await visitor.overflow(), `${name}: wider than the window`).toBe(0);
      expect.soft(await visitor.smallestTextPx(), name).toBeGreaterThanOrEqual(SMALLEST_TEXT_PX);
      expect.soft(await visitor.page.locator('html').getAttribute('lang'), name).toBe(language);
      expect.soft(await visitor.page.locator('h1').count(), name).toBe(1);
    };
    await visitor.logIn();
    for (const [name, path] of pages) {
      await visitor.page.goto(`${path}?lang=${language}`);
      await look(name);
    }
    await visitor.page.context().clearCookies();
    await visitor.page.goto(`/login?lang=${language}`);
    await look('login');
    expect(visitor.complaints.filter((each) => !each.includes('404'))).toEqual([]);
    await visitor.close();
  },
);
