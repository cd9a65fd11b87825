import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseUntrustedOrThrow, TooDeep } from '../lib/untrusted-json.js';
import { Problem, tooLarge, unsupportedMediaType } from './problem.js';

/** Content types without parameters, in lower case; `undefined` when there is none. */
export function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase();
}

/** Accepts any content type; the reader of the body checks it. */
export const ANY = '*/*';

/**
 * Refuses a body whose type is not in `accepted` (`audio/*` for a whole family, {@link ANY} for any type).
 *
 * @throws {Problem} 415
 */
export function requireMediaType(request: IncomingMessage, accepted: string[]): void {
  if (accepted.includes(ANY)) return;
  const given = mediaType(request.headers['content-type']);
  const fits = accepted.some((type) => (type.endsWith('/*') ? given?.startsWith(type.slice(0, -1)) : type === given));
  if (!fits) throw unsupportedMediaType(accepted.join(' or '), given);
}

/** Allows a client that sent `Expect: 100-continue` to send its body. */
export function allowBody(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
}

/**
 * Reads the body as text.
 *
 * @throws {Problem} 413: by Content-Length before reading, else at the first byte above the limit
 */
export async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of limitedBody(request, maxBytes, 'body')) {
    chunks.push(chunk);
    bytes += chunk.length;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, bytes));
  } catch {
    throw new Problem(400, 'Malformed body', 'the body is not UTF-8; send UTF-8');
  }
}

/**
 * The chunks of a body. Does not close the socket, so that a response can still be sent.
 *
 * @throws {Problem} 413 above `maxBytes`
 */
export async function* limitedBody(
  request: IncomingMessage,
  maxBytes: number,
  field: string,
): AsyncGenerator<Buffer, void, undefined> {
  refuseTooLong(request, maxBytes, field);
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const piece = chunk as Buffer;
      bytes += piece.length;
      if (bytes > maxBytes) throw tooLarge(field, maxBytes);
      yield piece;
    }
  } catch (error) {
    if (!request.destroyed || error instanceof Problem) throw error;
    throw new Problem(400, 'Cut off', 'the connection broke before the body was complete; send it again');
  }
}

/** Refuses by Content-Length, before a byte is read. */
export function refuseTooLong(request: IncomingMessage, maxBytes: number, field: string): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(field, maxBytes);
}

export function parseJson(body: string): unknown {
  try {
    return parseUntrustedOrThrow(body);
  } catch (error) {
    const detail = `the body is not JSON: ${describe(error)}`;
    throw new Problem(400, 'Malformed body', detail, { errors: [{ field: 'body', detail: 'send one JSON document' }] });
  }
}

/** The kind and the position of the error from V8's message, without the part of the body that it quotes. */
function describe(error: unknown): string {
  if (error instanceof TooDeep) return error.message;
  const message = error instanceof Error ? error.message : '';
  return /at position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0] ?? 'it ends too early or holds something else';
}

/** Far more than any real form has. A field costs much more memory than its bytes. */
const MAX_FIELDS = 1_000;

/** @throws {Problem} 413 when there are too many fields; they are counted before anything is parsed */
export function parseForm(body: string): Record<string, string | string[]> {
  if (hasMore(body, '&', MAX_FIELDS - 1)) {
    const detail = `at most ${MAX_FIELDS} fields are accepted here; send fewer`;
    throw new Problem(413, 'Too large', detail, { errors: [{ field: 'body', detail }] });
  }
  const form = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    const before = form.get(name);
    // Pushed, not copied: one name may appear ten thousand times.
    if (Array.isArray(before)) before.push(value);
    else form.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(form);
}

/** Whether a character occurs more than `most` times. Stops at the first one above that. */
function hasMore(text: string, character: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1))
    if (++count > most) return true;
  return false;
}

/** Whether the headers announce a body. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': chunked } = headers;
  return length !== '0' || chunked !== undefined;
}
