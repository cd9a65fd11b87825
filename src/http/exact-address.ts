/** An http or https URL whose path and query are sent exactly as written. */
export interface ExactAddress {
  /** Where to connect. Checks of an address look at this. */
  url: URL;
  /** Path and query. `URL` would resolve dot segments, encode apostrophes and drop a lone question mark. */
  path: string;
}

/** The part up to the end of the authority, where `URL` ends it too. */
const UP_TO_PATH = /^https?:\/\/[^/\\?#]+/i;
/** Characters that a request line cannot hold. */
const UNSENDABLE = /[^\x21-\x7e]+/gu;

/** @returns undefined unless the text is an http or https URL */
export function readExactAddress(text: string): ExactAddress | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  // `URL` drops the same characters before it parses.
  const written = text.replace(/[\t\n\r]/g, '').trim();
  const [start] = UP_TO_PATH.exec(written) ?? [];
  // Forms such as `http:host` and `http:\\host` are accepted in the reading of `URL`.
  if (start === undefined) return { url, path: url.pathname + url.search };
  const [path = ''] = written.slice(start.length).split('#');
  return { url, path: encodeUnsendable(path.startsWith('/') ? path : `/${path}`) };
}

/** Adds fields to the query of an address, replacing fields of the same names. The rest stays unchanged. */
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
