import { z } from 'zod';
import { withOmittedDefault, shorthand } from '../lib/codec.js';

/** The origin of a page, in its normal form. */
export const pageOrigin = shorthand(
  z
    .string()
    .max(200)
    .refine(isOrigin, 'the scheme and host of a page, with its port if it has one, such as https://dispatch.example'),
  { decode: (text) => new URL(text).origin, encode: (origin) => origin },
);

/** Settings of handsets in browsers (`/ws`). */
export const browserPhonesSchema = z.strictObject({
  /** Origins of pages that may use handsets or embed a phone, besides the gateway's own and the dispatch's: `https://dispatch.example`. */
  origins: withOmittedDefault(z.array(pageOrigin).max(50), []),
  /** Concurrent connections. */
  max_connections: withOmittedDefault(z.number().int().min(0).max(10_000), 200),
  /** Concurrent connections of one address. Behind a proxy they all have the proxy's address, unless HTTP_PROXIES counts it. */
  max_connections_per_address: withOmittedDefault(z.number().int().min(1).max(10_000), 100),
});

/** The WebSocket address of SIP for browsers. @param url outside URL of the gateway, without a trailing slash */
export function sipSocketUrl(url: string): string {
  return `${url.replace(/^http/i, 'ws')}/ws`;
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { origin, username, pathname, search, hash } = new URL(text);
  return (
    origin !== 'null' && username === '' && pathname === '/' && search === '' && hash === '' && !text.endsWith('/')
  );
}
