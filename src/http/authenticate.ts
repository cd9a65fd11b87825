import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';
import type { Identity, Route } from './route.js';
import type { Sessions } from './sessions.js';
import type { Tokens } from './tokens.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who asks: the holder of the bearer token, or else of the browser's session. A wrong token is an error, none is not. */
export function identify(
  request: IncomingMessage,
  by: { tokens: Tokens; sessions: Sessions | undefined },
): { who: Identity | undefined; fromBrowser: boolean } {
  const header = request.headers.authorization;
  if (header === undefined) {
    const who = by.sessions?.identify(request.headers.cookie);
    return { who, fromBrowser: who !== undefined };
  }
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const who = token === undefined ? undefined : by.tokens.verify(token);
  if (!who)
    throw unauthorized('the token is not known; send Authorization: Bearer followed by a token of this gateway');
  return { who, fromBrowser: false };
}

/** Lets the request through when whoever asks may use the route. */
export function authorize(route: Route, who: Identity | undefined): void {
  if (route.scope === 'public') return;
  if (!who) throw unauthorized('send Authorization: Bearer followed by an API token');
  if (!who.scopes.includes(route.scope)) {
    throw new Problem(403, 'Forbidden', `this needs a token with the scope ${route.scope}`, {
      extra: { needed_scope: route.scope },
    });
  }
}

/**
 * A request that changes something and rides on a browser's cookie has to come from our own pages; so does the login.
 * Browsers say where from in Sec-Fetch-Site, older ones in Origin.
 */
export function requireSameOrigin(request: IncomingMessage): void {
  if (SAFE_METHODS.has(request.method ?? '') || isSameOrigin(request)) return;
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
