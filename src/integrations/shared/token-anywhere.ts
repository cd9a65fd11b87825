import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../../http/route.js';
import type { Tokens } from '../../http/tokens.js';

/** Shorter ones are no tokens of ours, longer ones neither. */
const TOKEN_LENGTH = { from: 16, to: 200 };
const MOST_TRIED = 200;

/** A token of ours in a request. */
export interface FoundToken {
  token: string;
  who: Identity;
}

/**
 * The token of ours that a request brings, wherever it stands: an outside system's contract may put it into a header, the query or the
 * body, under a name that nobody here knows. It is a secret of 32 bytes: where it stands does not make it weaker.
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

/** The one that the contract names comes first. Cookies are what a browser sends by itself. */
function headerValues(headers: IncomingHttpHeaders): string[] {
  const { 'api-key': key, authorization, ...others } = headers;
  delete others.cookie;
  return [key, authorization, ...Object.values(others)].flat().filter((value) => value !== undefined);
}
