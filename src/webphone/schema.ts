import { z } from 'zod';
import { implied, shorthand } from '../lib/codec.js';

const pageOrigin = shorthand(
  z
    .string()
    .max(200)
    .refine(isOrigin, 'the scheme and host of a page, with its port if it has one, such as https://dispatch.example'),
  { decode: (text) => new URL(text).origin, encode: (origin) => origin },
);

/** From where browsers may use handsets, over `/ws`. */
export const browserPhonesSchema = z.strictObject({
  /** Pages that may, besides our own and the dispatch's: `https://dispatch.example`. */
  origins: implied(z.array(pageOrigin).max(50), []),
  /** Connections at the same time. */
  max_connections: implied(z.number().int().min(0).max(10_000), 200),
  /** From one address. Behind a proxy all of them come from the proxy's, unless HTTP_PROXIES says that it is there. */
  max_connections_per_address: implied(z.number().int().min(1).max(10_000), 100),
});

/** Where a browser speaks SIP with us. @param url of the gateway, from outside, without a slash at the end */
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
