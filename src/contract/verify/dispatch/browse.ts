import { OutboundError, type OutboundAnswer, type OutboundClient } from '../../../http/outbound.js';
import { Fault } from '../sheet.js';
import { compact } from '../../../lib/compact.js';

/** A page as a browser sees it. */
export interface Opened {
  /** The status of a redirect, when there were too many. */
  status: number;
  body: string;
  /** Origin and path of the final page. */
  place: string;
  redirects: number;
  /** Of all requests together. */
  latencyMs: number;
}

const LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 8_000, maxBytes: 4_194_304 };
const MOST_REDIRECTS = 10;

/** Opens an address like a browser: follows redirects and keeps cookies. @throws {Fault} without a response */
export async function browse(client: OutboundClient, address: string): Promise<Opened> {
  const cookies = new Map<string, string>();
  let url = new URL(address);
  let latencyMs = 0;
  for (let redirects = 0; ; redirects += 1) {
    const { origin } = url;
    const answer = await get(client, url, cookies);
    latencyMs += answer.latencyMs;
    for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) keep(cookies, cookie);
    const target = redirects < MOST_REDIRECTS ? targetOf(answer, url) : undefined;
    if (target === undefined)
      return { status: answer.status, body: answer.body, place: origin + url.pathname, redirects, latencyMs };
    // Cookies must not be sent to another origin.
    if (target.origin !== origin) cookies.clear();
    url = target;
  }
}

async function get(client: OutboundClient, url: URL, cookies: ReadonlyMap<string, string>): Promise<OutboundAnswer> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = compact({ accept: 'text/html', cookie: cookie === '' ? undefined : cookie });
  try {
    return await client.request({ url: url.href, method: 'GET', headers, redirects: 'returned', ...LIMITS });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new Fault(`no answer: ${error.reason}`, 'make the page reachable from here, with an answer within 8 seconds');
  }
}

function targetOf({ status, headers }: OutboundAnswer, from: URL): URL | undefined {
  const { location } = headers;
  if (status < 300 || status > 399 || typeof location !== 'string' || !URL.canParse(location, from.href))
    return undefined;
  const target = new URL(location, from);
  return /^https?:$/.test(target.protocol) ? target : undefined;
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [, name, value] = /^([^=;\s]+)=([^;]*)/.exec(setCookie) ?? [];
  if (name !== undefined && value !== undefined) cookies.set(name, value);
}
