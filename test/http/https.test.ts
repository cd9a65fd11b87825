import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { WebSocket, WebSocketServer } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CertificateFiles } from '../../src/http/certificate-files.js';
import { ClearRequests } from '../../src/http/clear-requests.js';
import { acceptPeer } from '../../src/http/peer.js';
import { createHttpServer, type HttpServer } from '../../src/http/server.js';
import { servedCertificate } from '../../src/http/served-certificate.js';
import { TokenList } from '../../src/http/tokens.js';
import { healthRoutes } from '../../src/http/health.js';
import { createLogger, type Logger } from '../../src/lib/logger.js';
import { DAY_MS } from '../../src/lib/time.js';
import { certificateFolder, makeCertificate, replaceCertificate } from '../support/certificate.js';

const PEER_KEY = 'the-key-of-this-gateway';

let folder: string;
let now: number;
let warned: string[];
let files: CertificateFiles;
beforeEach(async () => {
  folder = await certificateFolder('localhost', 30);
  now = Date.now();
  warned = [];
  const silent = createLogger({ level: 'silent' });
  const warn = (fields: { problem: string }) => warned.push(fields.problem);
  const logger = Object.assign(Object.create(silent) as Logger, { warn });
  files = new CertificateFiles({ folder, clock: { now: () => now, wakeAt: () => () => undefined }, logger });
});
afterEach(() => rm(folder, { recursive: true }));

describe('the files of a certificate', () => {
  it('that do not match leave the former pair in use, and are reported once', async () => {
    await files.look();
    const before = files.pair;
    const { certificate } = await makeCertificate(folder, 'localhost');
    await writeFile(path.join(folder, 'certificate.pem'), certificate);
    await files.look();
    await files.look();
    expect(files.pair).toBe(before);
    expect(files.problem).toBe('key.pem is not the key of certificate.pem');
    expect(warned).toEqual(['key.pem is not the key of certificate.pem']);
    await writeFile(path.join(folder, 'certificate.pem'), 'no certificate');
    await files.look();
    expect(files.problem).toMatch(/^certificate\.pem cannot be used: /);
    await replaceCertificate(folder, await makeCertificate(folder, 'localhost'));
    await files.look();
    expect(files.problem).toBeUndefined();
    expect(files.pair?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('that have expired are used at the start alone', async () => {
    now += 60 * DAY_MS;
    await files.look();
    const expired = files.pair;
    expect(expired?.expiresAt).toBeLessThan(now);
    await replaceCertificate(folder, await makeCertificate(folder, 'localhost'));
    await files.look();
    expect(files.pair).toBe(expired);
    expect(files.problem).toMatch(/^the certificate expired on /);
  });

  it('that are missing are reported', async () => {
    await rm(path.join(folder, 'key.pem'));
    await files.look();
    expect([files.pair, files.problem]).toEqual([undefined, expect.stringMatching(/^key\.pem cannot be read: /)]);
  });
});

describe('the HTTPS server', () => {
  let server: HttpServer;
  let port: number;
  let sockets: WebSocketServer;
  beforeEach(async () => {
    sockets = new WebSocketServer({ noServer: true });
    sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
    server = createHttpServer({
      routes: healthRoutes({}),
      upgrades: [
        {
          path: '/echo',
          scope: 'public',
          handle: ({ request: from, socket, head }) =>
            sockets.handleUpgrade(from, socket, head, (open) => sockets.emit('connection', open)),
        },
      ],
      tokens: new TokenList([]),
      secure: true,
      logger: createLogger({ level: 'silent' }),
    });
    files.onChange((pair) => server.setCertificate(pair));
    await files.look();
    ({ port } = await server.startTls({ host: '127.0.0.1', port: 0 }));
  });
  afterEach(async () => {
    for (const socket of sockets.clients) socket.terminate();
    await server.stop();
  });

  it('answers, and tells browsers to come over https alone', async () => {
    const sent = request({ port, path: '/healthz', rejectUnauthorized: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(response.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('refuses TLS before version 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...old });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
    socket.destroy();
  });

  it('presents a replaced certificate to new connections, and keeps an open WebSocket', async () => {
    const address = { host: '127.0.0.1', port };
    const socket = new WebSocket(`wss://127.0.0.1:${port}/echo`, { rejectUnauthorized: false });
    await once(socket, 'open');
    const before = await servedCertificate(address);
    await replaceCertificate(folder, await makeCertificate(folder, 'localhost'));
    await files.look();
    const after = await servedCertificate(address);
    expect(after.fingerprint).toBe(files.pair?.fingerprint);
    expect(after.fingerprint).not.toBe(before.fingerprint);
    socket.send('still here');
    const [echo] = (await once(socket, 'message')) as [Buffer];
    expect(echo.toString()).toBe('still here');
    socket.terminate();
  });
});

describe('requests without TLS, where HTTPS is served', () => {
  let acmeDir: string;
  let server: Server;
  let from: string;
  beforeEach(async () => {
    acmeDir = await mkdtemp(path.join(tmpdir(), 'cordboard-acme-'));
    const clear = new ClearRequests({ httpsPort: 8443, acmeDir });
    server = createServer((incoming, response) => {
      Object.defineProperty(incoming.socket, 'remoteAddress', { value: from, configurable: true });
      acceptPeer(incoming, PEER_KEY);
      void clear.serve(incoming, response, () => Promise.resolve(void response.end('served')));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    from = '192.0.2.7';
  });
  afterEach(async () => {
    server.close();
    await rm(acmeDir, { recursive: true });
  });

  async function ask(url: string, { method = 'GET', ...headers }: Record<string, string> = {}) {
    const { port } = server.address() as AddressInfo;
    const given = { host: 'pbx.example:8080', connection: 'close', ...headers };
    const sent = httpRequest({ port, host: '127.0.0.1', path: url, method, headers: given }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let body = '';
    for await (const part of response) body += String(part);
    return { status: response.statusCode, location: response.headers.location, body };
  }

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('of this machine (%s) are served', async (address) => {
    from = address;
    expect(await ask('/calls')).toMatchObject({ status: 200, body: 'served' });
  });

  it('are redirected for pages, with their path and query', async () => {
    expect(await ask('/calls?page=2')).toMatchObject({
      status: 308,
      location: 'https://pbx.example:8443/calls?page=2',
    });
    const bad = await ask('/', { host: 'evil.example/..' });
    expect(bad.location).toBeUndefined();
  });

  it('are refused when they hold a token or a body, and never reach the gateway', async () => {
    for (const headers of [{ method: 'POST' }, { authorization: 'Bearer secret' }])
      expect(await ask('/api/v1/calls', headers)).toMatchObject({ status: 403, location: undefined });
  });

  it('for prompts are served, for Asterisk on another machine', async () => {
    expect(await ask('/media/abc.wav')).toMatchObject({ status: 200, body: 'served' });
  });

  it('of gateways of other nodes are served when they prove themselves, and no others', async () => {
    const sent = (path: string, peer: string) => ask(path, { method: 'POST', 'x-cordboard-peer': peer });
    expect(await sent('/peer/flows', `${PEER_KEY} peer`)).toMatchObject({ status: 200, body: 'served' });
    // Forwarded by a standby: as if its client had asked here.
    expect(await sent('/peer/flows', `${PEER_KEY} 192.0.2.8`)).toMatchObject({ status: 403 });
    expect(await sent('/peer/flows', `${'x'.repeat(PEER_KEY.length)} peer`)).toMatchObject({ status: 403 });
    expect(await sent('/api/v1/calls', `${PEER_KEY} peer`)).toMatchObject({ status: 403 });
  });

  it('for an ACME challenge get the file of its token, and nothing else', async () => {
    await writeFile(path.join(acmeDir, 'a-token'), 'a-token.thumbprint');
    await writeFile(path.join(acmeDir, '.hidden'), 'secret');
    const challenge = '/.well-known/acme-challenge/';
    expect(await ask(`${challenge}a-token`)).toMatchObject({ status: 200, body: 'a-token.thumbprint' });
    expect(await ask(`${challenge}other`)).toMatchObject({ status: 404, body: '' });
    for (const name of ['.hidden', '../acme', '%2e%2e/x', ''])
      expect((await ask(challenge + name)).body).not.toMatch('secret');
  });
});
