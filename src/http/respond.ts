import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'koa';
import type { Logger } from '../lib/logger.js';
import { storageErrorCode } from '../storage/storage-error.js';
import type { Answer } from './answer.js';
import { hasBody } from './body.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';

/** How long the rest of a body is discarded after an early response, so that the client reads the response. */
const LINGER_MS = 2_000;

/** Seconds until a retry, when the database or the disk could not be written. */
const STORAGE_RETRY_S = 2;

const PAGE_HEADERS: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  // With `no-referrer`, browsers would send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

export function commonHeaders(kind: Route['kind']): Record<string, string> {
  const common = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  return kind === 'page' ? { ...common, ...PAGE_HEADERS } : common;
}

export function problemAnswer(problem: Problem): Answer {
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...problem.more.headers },
    body: JSON.stringify(problem),
  };
}

/** Hides internal errors from the client. The log has them under the same request id. */
export function asProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (storageErrorCode(error) !== undefined)
    return new Problem(
      503,
      'Unavailable',
      'the database or the disk cannot be written at the moment; send it again later',
      {
        headers: { 'retry-after': String(STORAGE_RETRY_S) },
      },
    );
  return new Problem(500, 'Internal error', `the gateway failed; its log has the cause under request id ${requestId}`);
}

/** Logs what {@link asProblem} hides: internal errors in full, unusable storage in one line. */
export function logFailure(log: Logger, error: unknown, fields: Record<string, unknown>, message: string): void {
  if (error instanceof Problem) return;
  const code = storageErrorCode(error);
  if (code === undefined) log.error({ err: error, ...fields }, message);
  else log.warn({ ...fields, code }, 'the database or the disk is unusable, a request was answered with 503');
}

export function send(context: Context, answer: Answer): void {
  context.status = answer.status;
  context.set(answer.headers);
  if (isUnread(context.req) && answer.status >= 400) {
    context.respond = false;
    sendAndLinger(context.req, context.res, answer);
    return;
  }
  context.body = (answer.compressed && encodedBody(context, answer.compressed)) ?? answer.body ?? null;
  // Koa sets 204 for a null body.
  context.status = answer.status;
}

/** The shortest form that the client understands. */
function encodedBody(context: Context, compressed: NonNullable<Answer['compressed']>): Buffer | undefined {
  context.vary('Accept-Encoding');
  for (const encoding of ['br', 'gzip'] as const) {
    const body = compressed[encoding];
    if (body === undefined || context.acceptsEncodings(encoding) === false) continue;
    context.set('content-encoding', encoding);
    return body;
  }
  return undefined;
}

function isUnread(request: IncomingMessage): boolean {
  return hasBody(request) && !request.complete && !request.destroyed;
}

/** If the socket were closed with unread bytes of the body, the client would see a reset connection instead of the response. */
function sendAndLinger(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(typeof answer.body === 'string' || Buffer.isBuffer(answer.body) ? answer.body : '');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length, connection: 'close' });
  response.write(body);
  const done = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(done, LINGER_MS);
  request.once('end', done).once('close', done).once('error', done).resume();
}
