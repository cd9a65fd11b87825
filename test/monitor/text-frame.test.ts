import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from '../../src/monitor/text-frame.js';

test('frames of every length are read by a WebSocket', async () => {
  const messages = [0, 1, 125, 126, 65_535, 65_536, 200_000].map((length) =>
    'ž'.repeat(length / 2).padEnd(length, 'x'),
  );
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request, connection, head) =>
    sockets.handleUpgrade(request, connection, head, () => {
      for (const message of messages) connection.write(textFrame(Buffer.from(message)));
    }),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const received: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data, isBinary) => {
      expect(isBinary).toBe(false);
      received.push((data as Buffer).toString());
      if (received.length === messages.length) resolve();
    });
  });
  expect(received).toEqual(messages);
  client.terminate();
  server.close();
  server.closeAllConnections();
});
