import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Answer } from './answer.js';
import { compact } from '../lib/compact.js';

interface AboutBytes {
  contentType: string;
  etag: string;
  cacheControl: string;
  /** Content-Disposition. */
  disposition?: string;
}

/**
 * Responds with bytes that have an ETag: all of them (200), the requested range (206) or not modified (304). RFC 9110, sections 13 and 14.
 */
export function bytesAnswer(bytes: Buffer, about: AboutBytes, asked: IncomingHttpHeaders): Answer {
  return partAnswer({ bytes: bytes.length, read: (first, last) => bytes.subarray(first, last + 1) }, about, asked);
}

/** As {@link bytesAnswer}, for a source that reads only the requested range: `first` to `last`, both inclusive. */
export function partAnswer(
  source: { bytes: number; read: (first: number, last: number) => Buffer | Readable },
  about: AboutBytes,
  asked: IncomingHttpHeaders,
): Answer {
  const headers = compact({
    'content-type': about.contentType,
    etag: about.etag,
    'cache-control': about.cacheControl,
    'accept-ranges': 'bytes',
    'content-disposition': about.disposition,
  });
  if (isListed(about.etag, asked['if-none-match'])) return { status: 304, headers, body: undefined };
  const current = asked['if-range'] === undefined || asked['if-range'] === about.etag;
  const range = current ? parseRange(asked.range, source.bytes) : undefined;
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${source.bytes}` }, body: undefined };
  const { first, last } = range ?? { first: 0, last: source.bytes - 1 };
  return {
    status: range ? 206 : 200,
    headers: compact({
      ...headers,
      'content-range': range && `bytes ${first}-${last}/${source.bytes}`,
      'content-length': String(last - first + 1),
    }),
    body: source.read(first, last),
  };
}

function isListed(etag: string, header: string | undefined): boolean {
  return header?.split(',').some((each) => each.trim() === etag) ?? false;
}

/** Undefined: respond with everything, because there is no range or it may be ignored (several ranges, other units). */
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
