import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import ari from 'ari-client';
import type { Client, EventSocket } from 'ari-client';
import type { LinkContext } from '../link.js';
import { deadline } from '../link.js';

export interface AriAddress {
  /** Scheme, host and port: `http://127.0.0.1:8088`. */
  url: string;
  user: string;
  password: string;
  app: string;
}

/**
 * Creates an ari-client whose `start` opens Asterisk's events socket.
 *
 * `connect` is the only way to create one, and it reads a description of ARI over HTTP to build its request methods. That read
 * hangs on a silent peer, throws outside any promise on an invalid response, and keeps the credentials in a process-wide
 * table. The request methods are not used (see docs/asterisk.md), so the client gets an empty description from a loopback
 * socket first and the real address afterwards.
 */
export async function createAriClient(address: AriAddress): Promise<Client> {
  const description = JSON.stringify({ swaggerVersion: '1.2', apis: [{ path: '/none' }] });
  const server = createServer((request, response) => {
    const wanted =
      request.url?.endsWith('/resources.json') === true ? description : '{"swaggerVersion":"1.2","apis":[]}';
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(wanted);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const client = await ari.connect(`http://127.0.0.1:${port}`, '', '');
    const { protocol, host, hostname } = new URL(address.url);
    client._connection = { protocol, host, hostname, user: address.user, pass: address.password };
    return client;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/**
 * Opens the events socket and removes ari-client's listeners, which do not catch parse errors, give up reconnecting after ten
 * attempts and reopen a socket that was stopped meanwhile.
 *
 * @throws when the socket is not open within `timing.connectMs` or the signal aborts.
 */
export async function openAriSocket(
  client: Client,
  app: string,
  context: LinkContext,
  signal: AbortSignal,
): Promise<EventSocket> {
  void client.start(app);
  const socket = client._ws;
  if (socket === undefined) throw new Error('ari-client opened no socket');
  socket.removeAllListeners();
  // Outlives the opening: a socket without an error listener would end the process.
  socket.on('error', () => undefined);
  let disarm = (): void => undefined;
  let stopped = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      disarm = deadline(context.clock, context.timing.connectMs, () => reject(new Error('no answer while connecting')));
      stopped = () => reject(new Error('stopped'));
      signal.addEventListener('abort', stopped);
      if (signal.aborted) stopped();
      socket.once('open', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed while connecting')));
    });
    return socket;
  } catch (error) {
    socket.terminate();
    throw withStatusMeaning(error);
  } finally {
    disarm();
    signal.removeEventListener('abort', stopped);
  }
}

/** Adds the meaning of the HTTP status to the error of `ws` for a rejected upgrade. */
function withStatusMeaning(error: unknown): unknown {
  const status = error instanceof Error ? /^Unexpected server response: (\d+)$/.exec(error.message)?.[1] : undefined;
  const meaning = status === undefined ? undefined : MEANINGS[status];
  return meaning === undefined ? error : new Error(`${meaning} (HTTP ${status})`, { cause: error });
}

const MEANINGS: Record<string, string | undefined> = {
  401: 'Asterisk rejects the user name or password of ARI',
  403: 'Asterisk denies access to the user of ARI',
  404: 'there is no ARI at this address',
  503: 'Asterisk is still starting, or stopping',
};
