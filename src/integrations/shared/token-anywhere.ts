import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../../http/route.js';
import type { Tokens } from '../../http/tokens.js';

/** Length of the gateway's tokens. */
const TOKEN_LENGTH = { from: 16, to: 200 };
const MOST_TRIED = 200;

/** A valid token found in a request. */
export interface FoundToken {
  token: string;
  who: Identity;
}

/**
 * Finds a token of the gateway anywhere in a request: an unknown contract may put it into a header, the query or the body under any name.
 * The tokens are secrets of 32 bytes, so the place does not make them weaker.
 */
export function tokenAnywhere(
  headers: IncomingHttpHeaders,
  values: Iterable<string>,
  tokens: Pick<Tokens, 'verify'>,
): FoundToken | undefined {
  let tried = 0;
  for (const value of [...headerValues(headers), ...values]) {
    for (const token of value.split(/[\s,;=]+/)) {
      if (token.length < TOKEN_LENGTH.from || token.length > TOKEN_LENGTH.to) continue;
      if (++tried > MOST_TRIED) return undefined;
      const who = tokens.verify(token);
      if (who) return { token, who };
    }
  }
  return undefined;
}

/** `api-key` comes first, as in the contract. Cookies are excluded: browsers send them automatically. */
function headerValues(headers: IncomingHttpHeaders): string[] {
  const { 'api-key': key, authorization, ...others } = headers;
  delete others.cookie;
  return [key, authorization, ...Object.values(others)].flat().filter((value) => value !== undefined);
}
