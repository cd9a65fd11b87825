import { afterEach, beforeEach, expect, it } from 'vitest';
import { BanList } from '../../src/bans/ban-list.js';
import { BanStore } from '../../src/bans/ban-store.js';
import { Failures } from '../../src/bans/failures.js';
import { banRoutes } from '../../src/bans/routes.js';
import { bansSchema } from '../../src/bans/schema.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

let db: Database;
let list: BanList;
let http: TestServer;
let recorded: { action: string; subject?: string }[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  recorded = [];
  const clock = new VirtualClock(Date.parse('2026-11-21T10:00:00Z'));
  list = new BanList({
    store: new BanStore(db),
    failures: new Failures(clock),
    settings: () => bansSchema.parse({}),
    exemption: (address) => Promise.resolve(address === '192.0.2.1' ? 'it is in bans/allow' : undefined),
    clock,
    onError: (error) => expect.unreachable(String(error)),
  });
  const record = ({ action, subject = '' }: { action: string; subject?: string }) => {
    recorded.push({ action, subject });
    return Promise.resolve();
  };
  http = await startServer(banRoutes({ bans: list, sipProblem: () => 'no ACL', record }));
});
afterEach(async () => {
  await http.stop();
  await list.stop();
  await db.destroy();
});

async function request(method: string, path = '', body?: unknown, headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1/bans${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

it('an address is banned for a time, listed, and lifted; both are in the audit log', async () => {
  const made = await request('POST', '', { address: '192.0.2.7', minutes: 60, note: 'scanner' });
  expect(made).toMatchObject({ status: 201, body: { until: '2026-11-21T11:00:00.000Z', cause: 'manual' } });
  expect((await request('GET')).body).toMatchObject({
    bans: [{ address: '192.0.2.7', note: 'scanner', source: null, times: 1 }],
    sip_problem: 'no ACL',
  });
  expect((await request('DELETE', '/192.0.2.7')).status).toBe(204);
  expect((await request('DELETE', '/192.0.2.7')).status).toBe(404);
  expect(recorded).toEqual([
    { action: 'address_banned', subject: '192.0.2.7' },
    { action: 'ban_lifted', subject: '192.0.2.7' },
  ]);
});

it('an IPv6 address is banned with its network, and the network is lifted as it is listed', async () => {
  await request('POST', '', { address: '2001:db8::7' });
  const listed = (await request('GET')).body as { bans: { address: string; until: null }[] };
  expect(listed.bans).toMatchObject([{ address: '2001:db8:0:0::/64', until: null }]);
  expect((await request('DELETE', `/${encodeURIComponent(listed.bans[0]!.address)}`)).status).toBe(204);
});

it.each([
  ['no address', 'example.com', 'an IPv4 or IPv6 address'],
  ['a network', '192.0.2.0/24', 'an IPv4 or IPv6 address'],
  ['an allowed address', '192.0.2.1', 'it is never banned: it is in bans/allow'],
  ['the own address', '127.0.0.1', 'this request comes from that address'],
])('%s is refused with its reason', async (_what, address, detail) => {
  expect(await request('POST', '', { address })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'body.address', detail }] },
  });
});

it('needs bans:write', async () => {
  expect((await request('GET', '', undefined, { authorization: `Bearer ${READER}` })).status).toBe(403);
});
