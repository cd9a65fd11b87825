import { readFileSync } from 'node:fs';

const MOST_BYTES = 64 * 1024;
/** Allows only our own resources and no frames, and sends no referrer. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Undefined when it is too large. It is read to its end anyway, so that the sender receives the response. */
export async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return bytes > MOST_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

export function json(status, value) {
  return [status, 'application/json', JSON.stringify(value), { 'cache-control': 'no-store' }];
}

export function tooLarge() {
  return json(413, { error: `at most ${MOST_BYTES} bytes` });
}

export function seeOther(location) {
  return [303, 'text/plain', '', { location, ...PAGE_HEADERS }];
}

/** A file of ours, beside this one. */
export function file(name, type) {
  return [200, type, readFileSync(new URL(name, import.meta.url), 'utf8'), PAGE_HEADERS];
}

/** Whether it comes from a page of ours, or from no page at all. */
export function isOurs({ headers: { origin, host } }) {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
