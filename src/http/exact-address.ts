/** An http or https address, with what is asked for there exactly as it is written. */
export interface ExactAddress {
  /** Says where to connect to: what is checked of an address is checked of this. */
  url: URL;
  /** Path and query. `URL` would resolve dot segments, encode apostrophes and drop a lone question mark. */
  path: string;
}

/** Up to the end of the authority, which is where `URL` ends it too. */
const UP_TO_PATH = /^https?:\/\/[^/\\?#]+/i;
/** What no request line can hold. */
const UNSENDABLE = /[^\x21-\x7e]+/gu;

/** @returns undefined for what is no http or https URL */
export function readExactAddress(text: string): ExactAddress | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  // `URL` leaves out the same characters before it reads the rest.
  const written = text.replace(/[\t\n\r]/g, '').trim();
  const [start] = UP_TO_PATH.exec(written) ?? [];
  // Forms such as `http:host` and `http:\\host` are understood, and not worth keeping.
  if (start === undefined) return { url, path: url.pathname + url.search };
  const [path = ''] = written.slice(start.length).split('#');
  return { url, path: encodeUnsendable(path.startsWith('/') ? path : `/${path}`) };
}

/** Adds fields to the query of an address and leaves the rest as it is. Fields of the same names are replaced. */
export function withQuery(address: string, fields: Readonly<Record<string, string>>): string {
  const [beforeHash = '', ...fragment] = address.split('#');
  const [base = '', ...query] = beforeHash.split('?');
  const kept = query
    .join('?')
    .split('&')
    .filter((pair) => pair !== '' && !Object.hasOwn(fields, nameOf(pair)));
  const added = Object.entries(fields).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return [`${base}?${[...kept, ...added].join('&')}`, ...fragment].join('#');
}

function nameOf(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? '';
}

function encodeUnsendable(path: string): string {
  return path.replace(UNSENDABLE, (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
