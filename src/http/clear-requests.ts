import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import path from 'node:path';
import { isPeerEvent, remoteAddress } from './peer.js';

/** Asterisk on another machine fetches prompts without TLS; their addresses contain the hash of the audio. */
const MEDIA = /^\/media\//;
/** Tokens are base64url (RFC 8555). */
const CHALLENGE = /^\/\.well-known\/acme-challenge\/([A-Za-z0-9_-]{1,128})$/;
const MOST_CHALLENGE_BYTES = 1024;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Requests without TLS of a server that has HTTPS: those from this machine (Asterisk, the command line, a proxy) are served, pages are
 * redirected for others, and everything else is refused, because it may hold a password or a token. ACME challenges are always served, and
 * commands of gateways of other nodes: their operator chose with PEER_URL whether they are encrypted.
 */
export class ClearRequests {
  constructor(private readonly options: { httpsPort: number | undefined; acmeDir: string | undefined }) {}

  async serve(request: IncomingMessage, response: ServerResponse, serve: () => Promise<void>): Promise<void> {
    const [, token] = CHALLENGE.exec(request.url ?? '') ?? [];
    if (token !== undefined && this.options.acmeDir !== undefined && request.method === 'GET')
      await answerChallenge(response, path.join(this.options.acmeDir, token));
    else if (this.#isServed(request)) await serve();
    else this.#redirect(request, response);
  }

  /** Whether a WebSocket without TLS may be opened. */
  mayUpgrade(request: IncomingMessage): boolean {
    return this.options.httpsPort === undefined || isFromHere(request);
  }

  #isServed(request: IncomingMessage): boolean {
    if (this.options.httpsPort === undefined || isPeerEvent(request)) return true;
    return isFromHere(request) || MEDIA.test(request.url ?? '');
  }

  #redirect(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '/', headers } = request;
    const host = hostOf(headers.host);
    const isPage = (method === 'GET' || method === 'HEAD') && headers.authorization === undefined;
    if (!isPage || host === undefined || !url.startsWith('/')) {
      const detail = 'this server answers other machines over https only';
      response.writeHead(403, { 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' });
      response.end(JSON.stringify({ title: 'Forbidden', status: 403, detail }));
      return;
    }
    response.writeHead(308, { location: `https://${host}:${this.options.httpsPort}${url}` });
    response.end();
  }
}

function isFromHere(request: IncomingMessage): boolean {
  return LOOPBACK.test(remoteAddress(request));
}

/** The host of a Host header without its port; undefined for anything else. */
function hostOf(header: string | undefined): string | undefined {
  const [, host = ''] = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::\d+)?$/.exec(header ?? '') ?? [];
  return host === '' || (host.startsWith('[') && isIP(host.slice(1, -1)) === 0) ? undefined : host;
}

/** The file that an ACME client wrote. */
async function answerChallenge(response: ServerResponse, file: string): Promise<void> {
  const text = await readStart(file);
  response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' });
  response.end(text);
}

async function readStart(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_CHALLENGE_BYTES));
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
