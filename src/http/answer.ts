import type { Readable } from 'node:stream';

/** The response of a handler. `body`: text or bytes, sent unchanged, or a stream, which the server closes. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | Readable | undefined;
  /** The same bytes for clients that understand these encodings (RFC 9110, section 8.4.1). */
  compressed?: { br: Buffer | undefined; gzip: Buffer | undefined } | undefined;
  /** Renders the page that answers a form again, see {@link pageAfterForm}. */
  rerender?: Rerender;
}

/** Renders a page for another address or in other languages. */
export type Rerender = (shown: { url: string; languages: string[] }) => Answer;

/**
 * A page that answers a form. The browser is redirected to an address of its own for this page, so that a reload or another language
 * does not send the form again.
 */
export function pageAfterForm<R extends { url: string; languages: string[] }>(
  request: R,
  render: (request: R) => Answer,
): Answer {
  return { ...render(request), rerender: (shown) => render({ ...request, ...shown }) };
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
