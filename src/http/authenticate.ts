import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { addressOf } from './address.js';
import type { AddressBans } from './address-bans.js';
import { Problem, scopeMissing } from './problem.js';
import type { Identity, Route } from './route.js';
import type { Sessions } from './sessions.js';
import { nameOf, type Passwords, type Tokens } from './tokens.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface Doors {
  tokens: Tokens;
  sessions?: Sessions | undefined;
  passwords?: Passwords | undefined;
  /** See {@link addressOf}. */
  proxies?: number | undefined;
  bans?: AddressBans | undefined;
}

/** The identity behind a request and the way it was proven. */
export interface Found {
  who: Identity | undefined;
  /** The browser sent the credentials automatically, so any page may have caused the request. */
  fromBrowser: boolean;
  /** Looks the identity up again; undefined once the token, password or session is no longer valid. */
  again: () => Identity | undefined;
}

/**
 * Identifies a request by bearer token, HTTP Basic or browser session. Wrong credentials are an error; missing ones are not.
 *
 * @param token given in another place than the header
 * @throws {Problem} 401 or 429
 */
export async function identify(request: IncomingMessage, by: Doors, token?: string): Promise<Found> {
  const { authorization, cookie } = request.headers;
  if (token !== undefined) return withToken(token, by.tokens);
  if (authorization === undefined) {
    const again = () => by.sessions?.identify(cookie);
    const who = again();
    return { who, fromBrowser: who !== undefined, again };
  }
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'basic' || by.passwords === undefined)
    return withToken(scheme.toLowerCase() === 'bearer' ? credentials : '', by.tokens);
  const who = await withPassword(credentials, by.passwords, addressOf(request, by.proxies));
  return { who, fromBrowser: isFromBrowser(request.headers), again: stillThere(who, by.tokens) };
}

/** Only browsers send these headers. */
export function isFromBrowser({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  return origin !== undefined || site !== undefined;
}

function withToken(token: string, tokens: Tokens): Found {
  const again = () => tokens.verify(token);
  const who = again();
  if (!who) throw unauthorized('the token is unknown; send Authorization: Bearer followed by a token of this gateway');
  return { who, fromBrowser: false, again };
}

function stillThere(who: Identity, tokens: Tokens): () => Identity | undefined {
  const fingerprint = tokens.named(nameOf(who))?.fingerprint;
  return () => {
    const known = tokens.named(nameOf(who));
    return known?.fingerprint === fingerprint ? known : undefined;
  };
}

/** RFC 7617: login and password in UTF-8, separated by the first colon. */
async function withPassword(credentials: string, passwords: Passwords, address: string): Promise<Identity> {
  const text = Buffer.from(credentials, 'base64').toString();
  const colon = text.indexOf(':');
  return logIn(passwords, text.slice(0, Math.max(0, colon)), text.slice(colon + 1), address);
}

/** @throws {Problem} 401 or 429 */
export async function logIn(passwords: Passwords, login: string, password: string, address: string): Promise<Identity> {
  const result = await passwords.authenticate(login, password, address);
  if ('who' in result) return result.who;
  if (result.refused === 'wrong') throw unauthorized('the login or the password is wrong');
  throw new Problem(429, 'Too many requests', `too many wrong passwords; wait ${result.waitS} s`, {
    headers: { 'retry-after': String(result.waitS) },
  });
}

/**
 * Checks that the identity has the scope of the route.
 *
 * @throws {Problem} 401 or 403
 */
export function authorize(route: Pick<Route, 'scope' | 'forPhones'>, who: Identity | undefined): void {
  if (route.scope === 'public') return;
  if (!who) throw unauthorized('send Authorization: Bearer followed by an API token');
  if (!who.scopes.includes(route.scope)) throw scopeMissing(route.scope);
  if (who.phoneSession !== undefined && route.forPhones !== true)
    throw new Problem(403, 'Forbidden', 'the session of an embedded phone is not for this route');
}

/**
 * A request that changes something and is authenticated by a cookie must come from our own pages; so must the login. Browsers name the
 * origin in Sec-Fetch-Site, older ones in Origin.
 *
 * @throws {Problem} 403
 */
export function requireSameOrigin(request: IncomingMessage): void {
  if (!SAFE_METHODS.has(request.method ?? '')) requireOurPages(request);
}

/** As {@link requireSameOrigin}, for any method: a WebSocket starts with a GET that any site can make a browser send. */
export function requireOurPages(request: IncomingMessage): void {
  if (isSameOrigin(request)) return;
  throw new Problem(403, 'Forbidden', 'this request came from another site; open the page here and send it again');
}

function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  try {
    return headers.origin !== undefined && new URL(headers.origin).host === headers.host;
  } catch {
    return false;
  }
}

function unauthorized(detail: string): Problem {
  return new Problem(401, 'Unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="cordboard"' } });
}
