import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { connect, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { AddressBans } from '../../src/http/address-bans.js';
import { peerHeaders, sendToPeer } from '../../src/http/peer.js';
import { StandbyServer } from '../../src/http/standby-server.js';
import { asAdmin, exampleRoutes, startServer, type TestServer } from './http-harness.js';

const KEY = 'the-key-of-the-owner';
const CLIENT = '127.0.0.3';

/** The addresses whose requests the owner saw. */
let seen: string[];
/** Events for flows that the owner took from gateways of other nodes. */
let events: unknown[];
let owner: TestServer;
let standby: StandbyServer;
let url: string;
const sockets = new WebSocketServer({ noServer: true });

beforeEach(async () => {
  seen = [];
  events = [];
  const bans: AddressBans = {
    bannedUntil: (address) => void seen.push(address),
    failed: () => undefined,
    proved: () => undefined,
  };
  owner = await startServer(exampleRoutes(), {
    peerKey: KEY,
    onPeerEvent: (event) => Promise.resolve(events.push(event)),
    bans,
    upgrades: [
      {
        path: '/echo',
        scope: 'public',
        handle: ({ request, socket, head }) =>
          sockets.handleUpgrade(request, socket, head, (peer) => {
            peer.on('message', (data) => peer.send(data));
            peer.on('error', () => undefined);
          }),
      },
    ],
  });
  standby = new StandbyServer();
  standby.standing = 'standby';
  standby.owner = { name: 'first:1', door: { url: owner.url, key: KEY } };
  url = `http://127.0.0.1:${(await standby.start({ host: '127.0.0.1', port: 0 })).port}`;
});
afterEach(async () => {
  for (const socket of sockets.clients) socket.terminate();
  await standby.stop();
  await owner.stop();
});

it.each(['starting', 'owner'] as const)('says %s when it does not wait, and passes nothing on', async (standing) => {
  standby.standing = standing;
  expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ node: standing });
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/api/v1/things`, { headers: asAdmin })).status).toBe(503);
  expect(seen).toEqual([]);
});

describe('a standby', () => {
  it('answers with what the owner answers, bodies and errors included', async () => {
    const made = await fetch(`${url}/api/v1/things`, {
      method: 'POST',
      headers: { ...asAdmin, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(20_000) }),
    });
    const same = await fetch(`${owner.url}/api/v1/things`, {
      method: 'POST',
      headers: { ...asAdmin, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(20_000) }),
    });
    expect([made.status, await made.text()]).toEqual([same.status, await same.text()]);
    const refused = await fetch(`${url}/api/v1/things/1`);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('carries WebSockets in both directions, until either side ends', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/echo`);
    await once(socket, 'open');
    socket.send('hello');
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect(answer.toString()).toBe('hello');
    const closed = once(socket, 'close');
    for (const peer of sockets.clients) peer.terminate();
    await closed;
  });

  it('closes its WebSockets when it stops waiting', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/echo`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await standby.stop();
    await closed;
  });

  it('keeps its own health: /healthz, /readyz and /metrics', async () => {
    const statusOf = async (path: string) => (await fetch(url + path, { headers: asAdmin })).status;
    expect([await statusOf('/healthz'), await statusOf('/readyz'), await statusOf('/metrics')]).toEqual([
      200, 503, 503,
    ]);
    expect(seen).toEqual([]);
  });
});

/** The status line that a client of another address of this machine gets. */
async function askFrom(localAddress: string, target: string, headers: Record<string, string> = {}): Promise<string> {
  const { port } = new URL(target);
  const socket = connect({ host: '127.0.0.1', port: Number(port), localAddress });
  const lines = Object.entries({ host: 'x', connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`GET /api/v1/things/1 HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text.split('\r\n')[0] ?? '';
}

describe('the address that limits and bans count', () => {
  it("is that of the standby's client", async () => {
    await askFrom(CLIENT, url);
    expect(seen).toEqual([CLIENT]);
  });

  it('cannot be given by the client itself', async () => {
    await askFrom(CLIENT, owner.url, { 'x-cordboard-peer': `${'x'.repeat(KEY.length)} 127.0.0.9` });
    await askFrom(CLIENT, owner.url, { 'x-cordboard-peer': '127.0.0.9' });
    expect(await askFrom(CLIENT, url, { 'x-cordboard-peer': `${KEY}x 127.0.0.9` })).toContain('503');
    expect(seen).toEqual([CLIENT, CLIENT]);
  });
});

describe('503, and where to ask again', () => {
  it.each([
    ['the owner does not answer', { name: 'gone', door: { url: 'http://127.0.0.1:1', key: KEY } }],
    ['the owner has not said where it is', { name: 'older', door: undefined }],
  ])('when %s', async (_when, nobody) => {
    standby.owner = nobody;
    const answer = await fetch(`${url}/api/v1/things/1`, { headers: asAdmin });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(nobody.name) as string });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/echo`);
    await once(socket, 'error');
  });

  it('when two gateways take each other for the owner', async () => {
    const other = new StandbyServer();
    other.owner = { name: 'second:2', door: { url, key: KEY } };
    const { port } = await other.start({ host: '127.0.0.1', port: 0 });
    standby.owner = { name: 'other', door: { url: `http://127.0.0.1:${port}`, key: KEY } };
    expect((await fetch(`${url}/api/v1/things/1`)).status).toBe(503);
    await other.stop();
  });
});

describe('events for flows of another node', () => {
  const event = { flow: 'c_1', event: { type: 'commanded' } };
  const post = (to: string, headers: Record<string, string> = {}) =>
    fetch(to, { method: 'POST', body: JSON.stringify(event), headers });

  it('are taken from a gateway that has the key', async () => {
    expect(await sendToPeer({ url: owner.url, key: KEY }, event)).toBe(1);
    expect(events).toEqual([event]);
    await expect(sendToPeer({ url: owner.url, key: 'x'.repeat(KEY.length) }, event)).rejects.toThrow('503');
    await expect(sendToPeer({ url: owner.url, key: KEY }, { ...event, flow: 1 as never })).rejects.toThrow('422');
    expect(events).toEqual([event]);
  });

  it("are not taken from a standby's client, who has no token", async () => {
    for (const path of ['/peer/flows', '/peer/flows?x', '/peer/']) expect((await post(url + path)).status).toBe(404);
    expect(seen).toEqual([]);
    expect((await post(`${url}//peer/flows`)).status).toBe(404);
    expect(events).toEqual([]);
  });

  it('are not taken from a standby that forwards them', async () => {
    const request = new IncomingMessage(new Socket());
    Object.defineProperty(request.socket, 'remoteAddress', { value: CLIENT });
    expect((await post(`${owner.url}/peer/flows`, peerHeaders(KEY, request))).status).toBe(404);
    expect(events).toEqual([]);
  });
});
