import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OutboundClient, OutboundError, type OutboundRequest } from '../../src/http/outbound.js';

let client: OutboundClient;
const servers: { close(): Promise<void> }[] = [];

beforeEach(() => {
  client = new OutboundClient();
});

afterEach(async () => {
  await client.close();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Posts over a connection that is reused, or over a new one. */
const ways = {
  'kept connections': (url: string, more: Partial<OutboundRequest> = {}) => client.request({ ...letter(url), ...more }),
  'new connections': (url: string, more: Partial<OutboundRequest> = {}) =>
    client.request({ ...letter(url), ...more, reuse: false }),
};

function letter(url: string): OutboundRequest {
  return { url, method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' };
}

async function failure(promise: Promise<unknown>): Promise<OutboundError> {
  const error: unknown = await promise.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OutboundError);
  return error as OutboundError;
}

interface Far {
  url: string;
  port: number;
  requests: { url: string; body: string; headers: IncomingMessage['headers'] }[];
  connections: number;
}

async function listen(server: HttpServer | TcpServer): Promise<Far> {
  const sockets = new Set<Socket>();
  const far: Far = { url: '', port: 0, requests: [], connections: 0 };
  server.on('connection', (socket: Socket) => {
    far.connections += 1;
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  far.port = (server.address() as AddressInfo).port;
  far.url = `http://127.0.0.1:${far.port}`;
  servers.push({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return far;
}

/** A web application that notes what it is asked. */
async function shop(answer: RequestListener, server: HttpServer = createHttp()): Promise<Far> {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      far.requests.push({ url: request.url ?? '', body, headers: request.headers });
      answer(request, response);
    });
  });
  const far = await listen(server);
  return far;
}

function selfSigned(): { key: string; cert: string } {
  const options = ['-x509', '-nodes', '-newkey', 'rsa:2048', '-subj', '/CN=127.0.0.1', '-days', '1', '-keyout', '-'];
  const both = execFileSync('openssl', ['req', ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { key: both, cert: both };
}

describe.each(Object.entries(ways))('%s', (_way, post) => {
  test('an answer with its status, whatever it is, in UTF-8 and without the byte-order mark', async () => {
    const { url, requests } = await shop((_, response) => response.writeHead(500).end('\ufeff{"hláška":"ano"}'));
    const answer = await post(`${url}/launch.php?s=telfa`);
    expect(answer).toMatchObject({ status: 500, body: '{"hláška":"ano"}', attempts: 1 });
    expect(requests).toMatchObject([{ url: '/launch.php?s=telfa', body: '{"a":1}' }]);
  });

  test.each([
    ["/a?k=O'Brien", "/a?k=O'Brien"],
    ['/a?', '/a?'],
    ['/a/../b/./c//d', '/a/../b/./c//d'],
    ['/a/%2e%2E/b?x=%7E+~;y&x=', '/a/%2e%2E/b?x=%7E+~;y&x='],
    ['//elsewhere/a', '//elsewhere/a'],
    ['/a\\b?"<{|}>`^', '/a\\b?"<{|}>`^'],
    ['?a=1', '/?a=1'],
    ['', '/'],
    ['/a?b#part', '/a?b'],
    // Cannot stand in a request as they are.
    ['/a b/č?d=ě\ud800', '/a%20b/%C4%8D?d=%C4%9B%EF%BF%BD'],
  ])('an address is called as it is written: %s', async (written, expected) => {
    const far = await shop((_, response) => response.end('ok'));
    await post(`${far.url}${written}`);
    expect(far.requests.map(({ url }) => url)).toEqual([expected]);
  });

  test('a redirect to an absolute address is followed as it is written', async () => {
    const last = await shop((_, response) => response.end('there'));
    const location = `${last.url}/a/../b?k=O'Brien&c=`;
    const first = await shop((_, response) => response.writeHead(307, { location }).end());
    await post(first.url);
    expect(last.requests).toMatchObject([{ url: "/a/../b?k=O'Brien&c=" }]);
  });

  test('no server listens: two attempts, then an error', async () => {
    const { url, port } = await shop(() => undefined);
    await servers.pop()?.close();
    expect(port).toBeGreaterThan(0);
    const error = await failure(post(url));
    expect(error).toMatchObject({ reason: 'connect', attempts: 2 });
    expect(error.detail).toContain('ECONNREFUSED');
  });

  test('a black hole: the connect time-out is exact, and the total limit covers the retry', async () => {
    // No process accepts on this socket, and its queue is full: the kernel drops further SYNs.
    const far = await fullBacklog();
    const both = await failure(post(far.url, { connectTimeoutMs: 300, totalTimeoutMs: 5_000 }));
    expect(both).toMatchObject({ reason: 'connect_timeout', attempts: 2 });
    expect(both.latencyMs).toBeGreaterThanOrEqual(595);
    expect(both.latencyMs).toBeLessThan(1_500);
    const total = await failure(post(far.url, { connectTimeoutMs: 400, totalTimeoutMs: 600 }));
    expect(total).toMatchObject({ reason: 'timeout', attempts: 2 });
    expect(total.latencyMs).toBeLessThan(1_000);
  });

  test('headers that do not come', async () => {
    const { url, requests } = await shop(() => undefined);
    const error = await failure(post(url, { totalTimeoutMs: 200 }));
    expect(error).toMatchObject({ reason: 'timeout', attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test('a body that drips past the limit', async () => {
    const { url } = await shop((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const error = await failure(post(url, { totalTimeoutMs: 300 }));
    expect(error.reason).toBe('timeout');
    expect(error.latencyMs).toBeLessThan(900);
  });

  test('a megabyte is not read', async () => {
    const { url, requests } = await shop((_, response) => response.end('x'.repeat(1_000_000)));
    expect((await failure(post(url))).reason).toBe('too_large');
    expect((await post(url, { maxBytes: 1_000_000 })).body).toHaveLength(1_000_000);
    expect(requests).toHaveLength(2);
  });

  test('a connection reset in the middle of the answer is not tried again', async () => {
    const { url, requests } = await shop((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"action":', () => response.socket?.resetAndDestroy());
    });
    expect(await failure(post(url))).toMatchObject({ reason: 'reset', attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test('a request that was sent and never answered is not sent again', async () => {
    const { url, requests } = await shop((request) => request.socket.destroy());
    expect(await failure(post(url))).toMatchObject({ reason: 'reset', attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test('307 and 308 are followed with method and body, credentials stay with their host', async () => {
    const last = await shop((_, response) => response.end('there'));
    const first = await shop((request, response) => {
      const location = request.url === '/a' ? '/b' : `${last.url}/c`;
      response.writeHead(request.url === '/a' ? 307 : 308, { location }).end('moved');
    });
    const keys = { authorization: 'Basic eA==', 'x-auth-token': 'x', 'webhook-signature': 'x' };
    const headers = { ...keys, 'content-type': 'application/json', accept: 'application/json' };
    expect((await post(`${first.url}/a`, { headers })).body).toBe('there');
    expect(first.requests.map(({ url, headers: { authorization } }) => [url, authorization])).toEqual([
      ['/a', 'Basic eA=='],
      ['/b', 'Basic eA=='],
    ]);
    expect(last.requests).toMatchObject([{ url: '/c', body: '{"a":1}' }]);
    expect(last.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
    for (const name of Object.keys(keys)) expect(last.requests[0]?.headers[name], name).toBeUndefined();
  });

  test.each(['localhost', '127.0.0.2', '[::ffff:127.0.0.1]'])(
    'a redirect to another host that is in our own network (%s) is not followed',
    async (host) => {
      const inside = await shop((_, response) => response.end('secret'));
      const outside = await shop((_, response) =>
        response.writeHead(307, { location: `http://${host}:${inside.port}/` }).end(),
      );
      expect(await failure(post(outside.url))).toMatchObject({
        reason: 'redirect',
        detail: expect.stringContaining('private network') as string,
      });
      expect(inside.requests).toEqual([]);
    },
  );

  test('a loop of redirects ends', async () => {
    const { url, requests } = await shop((_, response) => response.writeHead(307, { location: '/again' }).end());
    expect(await failure(post(url))).toMatchObject({ reason: 'redirect' });
    expect(requests).toHaveLength(4);
  });

  test.each([301, 302, 303])('%i is an error of the configuration', async (status) => {
    const { url, requests } = await shop((_, response) => response.writeHead(status, { location: '/x' }).end('moved'));
    const error = await failure(post(url));
    expect(error.reason).toBe('redirect');
    expect(error.detail).toContain(String(status));
    expect(requests).toHaveLength(1);
  });

  test('a redirect to nowhere we go', async () => {
    const { url } = await shop((_, response) => response.writeHead(307, { location: 'ftp://x/' }).end());
    expect((await failure(post(url))).reason).toBe('redirect');
    expect((await failure(post('file:///etc/passwd'))).reason).toBe('invalid_url');
  });

  test('an answer is read whole, without a stream of its own', async () => {
    const far = await shop((_, response) => response.end('ok'.repeat(5_000)));
    const iterated = vi.spyOn(Readable.prototype, Symbol.asyncIterator);
    const read = await post(far.url);
    expect(read.body).toBe('ok'.repeat(5_000));
    expect(iterated).not.toHaveBeenCalled();
    iterated.mockRestore();
  });

  test('a redirect with a long page of its own is followed', async () => {
    const far = await shop((request, response) => {
      if (request.url === '/there') response.end('ok');
      else response.writeHead(307, { location: '/there' }).end('x'.repeat(200_000));
    });
    expect((await post(`${far.url}/here`)).body).toBe('ok');
  });

  test('over TLS: an untrusted certificate is a failed connection, and nothing is sent', async () => {
    const far = await shop((_, response) => response.end('ok'), createHttps(selfSigned()));
    const url = far.url.replace('http:', 'https:');
    expect(await failure(post(url))).toMatchObject({ reason: 'connect', attempts: 2 });
    expect(far.requests).toEqual([]);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    expect((await post(`${url}/a/../b`)).body).toBe('ok');
    warned.mockRestore();
    vi.unstubAllEnvs();
    expect(far.requests).toMatchObject([{ url: '/a/../b', body: '{"a":1}' }]);
  });

  test('closing breaks off what is in progress', async () => {
    const { url } = await shop(() => undefined);
    const pending = failure(post(url));
    await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    expect((await pending).reason).toBe('closed');
  });
});

test('connections are used again', async () => {
  const far = await shop((_, response) => response.end('ok'));
  for (let time = 0; time < 5; time += 1) {
    await ways['kept connections'](far.url);
    await connectionIsFree();
  }
  expect(far.connections).toBe(1);
});

test('an idle connection that the server closed is not used', async () => {
  const sockets: Socket[] = [];
  const far = await shop((request, response) => {
    sockets.push(request.socket);
    response.end('ok');
  });
  await ways['kept connections'](far.url);
  const closed = once(sockets[0]!, 'close');
  sockets[0]!.end();
  await closed;
  expect((await ways['kept connections'](far.url)).attempts).toBe(1);
  expect(far.connections).toBe(2);
});

test('a kept connection that closes as we send: the request may have been seen, so it is reported and not repeated', async () => {
  let seen = 0;
  const far = await listen(
    createTcp((socket) => {
      let answered = false;
      socket.on('data', () => {
        seen += 1;
        if (answered) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        answered = true;
      });
    }),
  );
  expect((await ways['kept connections'](far.url)).body).toBe('ok');
  await connectionIsFree();
  expect(await failure(ways['kept connections'](far.url))).toMatchObject({ reason: 'reset', attempts: 1 });
  expect(seen).toBe(2);
  expect(far.connections).toBe(1);
});

test('a server that drops its connections after each answer loses no request that has a connection of its own', async () => {
  const far = await listen(
    createTcp((socket) => {
      let answered = false;
      socket.on('data', () => {
        if (answered) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        answered = true;
      });
    }),
  );
  for (let step = 0; step < 5; step += 1) {
    expect((await ways['new connections'](far.url)).body).toBe('ok');
    await connectionIsFree();
  }
  expect(far.connections).toBe(5);
});

/** A listening socket that nobody accepts on and whose queue is full: connecting to it gets no answer at all. */
async function fullBacklog(): Promise<{ url: string }> {
  const script = `
    const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const fillers = Array.from({ length: 4 }, () =>
    connect(Number(port.toString()), '127.0.0.1').on('error', () => undefined),
  );
  servers.push({
    close: async () => {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  });
  await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, 'connect')));
  return { url: `http://127.0.0.1:${port.toString()}` };
}

/** undici gives a connection back a moment after the end of the answer's body. */
async function connectionIsFree(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
