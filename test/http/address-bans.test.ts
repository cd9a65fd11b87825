import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { AddressBans } from '../../src/http/address-bans.js';
import { loginRoutes } from '../../src/web/pages/login.js';
import { systemClock } from '../../src/lib/clock.js';
import { asAdmin, exampleRoutes, startServer, type TestServer } from './http-harness.js';

const CLIENT = '192.0.2.7';

let banned: Map<string, number | null>;
let reports: string[];
let http: TestServer;

beforeEach(async () => {
  banned = new Map();
  reports = [];
  const bans: AddressBans = {
    bannedUntil: (address) => banned.get(address),
    failed: (address) => reports.push(`failed ${address}`),
    proved: (address) => reports.push(`proved ${address}`),
  };
  http = await startServer(
    (sessions) => [...exampleRoutes(), ...loginRoutes(sessions, noPasswords, systemClock, undefined, bans)],
    {
      bans,
      proxies: 1,
      upgrades: [{ path: '/live', scope: 'calls:read', handle: ({ socket }) => socket.destroy() }],
    },
  );
});
afterEach(() => http.stop());

const noPasswords = { authenticate: () => Promise.resolve({ refused: 'wrong' as const }) };
const from = (address: string, headers: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...headers });
const get = (path: string, headers: Record<string, string>) => fetch(`${http.url}${path}`, { headers });

/** @returns the status that refuses the WebSocket */
async function openSocket(query: string, address: string): Promise<number> {
  const socket = new WebSocket(`${http.url.replace('http', 'ws')}/live${query}`, { headers: from(address) });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number; destroy(): void },
  ];
  response.destroy();
  return response.statusCode;
}

it.each([
  ['a page', '/login'],
  ['the API with a valid token', '/api/v1/things/1'],
  ['a path that does not exist', '/nothing'],
])('a banned address gets 403 for %s, and others are served', async (_what, path) => {
  banned.set(CLIENT, Date.parse('2026-11-21T10:00:00Z'));
  const refused = await get(path, from(CLIENT, asAdmin));
  expect(refused.status).toBe(403);
  expect(refused.headers.get('connection')).toBe('close');
  expect(await refused.json()).toMatchObject({
    code: 'address_banned',
    detail: expect.stringContaining('until 2026-11-21T10:00:00.000Z') as string,
  });
  expect((await get(path, from('192.0.2.8', asAdmin))).status).not.toBe(403);
  expect(reports.filter((report) => report.endsWith(CLIENT))).toEqual([]);
});

it('a banned address cannot open a WebSocket', async () => {
  banned.set(CLIENT, null);
  expect(await openSocket('', CLIENT)).toBe(403);
  expect(await openSocket('', '192.0.2.8')).toBe(401);
});

it('wrong tokens and passwords are failures of the client behind the proxy, on every way in', async () => {
  await get('/api/v1/things/1', from(CLIENT, { authorization: 'Bearer wrong' }));
  await get('/api/v1/things/1', from(CLIENT, { authorization: `Basic ${btoa('jana:wrong')}` }));
  await openSocket('?token=wrong', CLIENT);
  for (const body of ['token=wrong', 'login=jana&password=wrong'])
    await fetch(`${http.url}/login`, {
      method: 'POST',
      headers: from(CLIENT, { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
      body,
    });
  expect(reports).toEqual(Array.from({ length: 5 }, () => `failed ${CLIENT}`));
});

it('a valid token is a proof, and no credentials are neither', async () => {
  await get('/api/v1/things/1', from(CLIENT, asAdmin));
  await get('/api/v1/things/1', from('192.0.2.8'));
  expect(reports).toEqual([`proved ${CLIENT}`]);
});
