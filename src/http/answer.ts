import type { Readable } from 'node:stream';

/** The response of a handler. `body`: text or bytes, sent unchanged, or a stream, which the server closes. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | Readable | undefined;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function text(body: string, contentType = 'text/plain; charset=utf-8', status = 200): Answer {
  return { status, headers: { 'content-type': contentType }, body };
}

export function noContent(): Answer {
  return { status: 204, headers: {}, body: undefined };
}

/** Redirects the browser to a GET, after the POST of a form. */
export function seeOther(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 303, headers: { location, ...headers }, body: undefined };
}
