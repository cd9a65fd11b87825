import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from './http-harness.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** The status of the answer to a request that is written as it is. */
async function statusOf(...lines: string[]): Promise<number> {
  const socket = connect(server.port, '127.0.0.1');
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await text(socket))?.[1]);
}

test.each([
  [['GET /page HTTP/1.1', 'Host: a b"<>']],
  [['GET /page HTTP/1.1', 'Host: [::1']],
  [['GET /page HTTP/1.1', 'Host: a@b']],
  [['GET /healthz HTTP/1.1', 'Host: a', 'Host: b']],
  [['GET http://[/page HTTP/1.1', 'Host: a']],
  [['GET nonsense HTTP/1.1', 'Host: a']],
  [['GET //[ HTTP/1.1', 'Host: a', 'Upgrade: websocket']],
  [['GET http:// HTTP/1.1', 'Host: a', 'Upgrade: websocket']],
  [['GET /ws HTTP/1.1', 'Host: [', 'Upgrade: websocket']],
])('%j is the fault of the client', async (lines) => {
  expect(await statusOf(...lines)).toBe(400);
});

test.each([
  ['GET /healthz HTTP/1.1', 'Host: [::1]:8080'],
  ['GET /healthz HTTP/1.1', 'Host: pbx.example'],
  ['GET /healthz HTTP/1.1', 'Host:'],
  ['GET http://pbx.example/healthz HTTP/1.1', 'Host: pbx.example'],
  ['GET /healthz HTTP/1.0', 'X: y'],
])('%s with %s is answered', async (...lines) => {
  expect(await statusOf(...lines)).toBe(200);
});
