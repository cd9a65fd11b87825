import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.js';

/** Answers with bytes that have an ETag: whole, the part that is asked for, or not again (RFC 9110, sections 13 and 14). */
export function bytesAnswer(
  bytes: Buffer,
  about: { contentType: string; etag: string; cacheControl: string },
  asked: IncomingHttpHeaders,
): Answer {
  const headers = {
    'content-type': about.contentType,
    etag: about.etag,
    'cache-control': about.cacheControl,
    'accept-ranges': 'bytes',
  };
  if (asked['if-none-match']?.split(/\s*,\s*/).includes(about.etag)) return { status: 304, headers, body: undefined };
  const current = asked['if-range'] === undefined || asked['if-range'] === about.etag;
  const range = current ? parseRange(asked.range, bytes.length) : undefined;
  if (range === undefined)
    return { status: 200, headers: { ...headers, 'content-length': String(bytes.length) }, body: bytes };
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` }, body: undefined };
  const part = bytes.subarray(range.first, range.last + 1);
  const contentRange = `bytes ${range.first}-${range.last}/${bytes.length}`;
  return {
    status: 206,
    headers: { ...headers, 'content-range': contentRange, 'content-length': String(part.length) },
    body: part,
  };
}

/** Undefined: answer with the whole, for there is no range, or one of a kind that may be ignored (several, other units). */
function parseRange(
  header: string | undefined,
  length: number,
): { first: number; last: number } | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return first >= length || first > last ? 'unsatisfiable' : { first, last };
}
