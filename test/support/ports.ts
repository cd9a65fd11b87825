import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A loopback port that is free for both TCP and UDP at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP port');
    const free = await udpIsFree(address.port);
    await new Promise((resolve) => server.close(resolve));
    if (free) return address.port;
  }
}

/** Whether this UDP port of loopback has no listener. */
export async function udpIsFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1');
  try {
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    // A socket that failed to bind is still an open handle.
    await new Promise<void>((resolve) => socket.close(resolve));
  }
}
