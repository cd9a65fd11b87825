import { isFromBrowser, requireSameOrigin } from '../../../http/authenticate.js';
import { Problem } from '../../../http/problem.js';
import type { RateLimit } from '../../../http/rate-limit.js';
import type { Identity, Request } from '../../../http/route.js';
import type { Passwords, Tokens } from '../../../http/tokens.js';

export interface ControlDoors {
  tokens: Pick<Tokens, 'verify'>;
  passwords: Passwords;
}

/**
 * Who asks, by an `api_key` (header, query or body) or by HTTP Basic. Cookies mean nothing here.
 *
 * @param given the query's and the body's fields
 * @throws {Problem} 401 without a login or with a wrong one, 429 after too many wrong ones from one address
 */
export async function logIn(
  { headers, stream, address }: Pick<Request, 'headers' | 'stream' | 'address'>,
  given: Record<string, unknown>,
  doors: ControlDoors,
  failures: RateLimit,
): Promise<Identity> {
  // A browser that once asked for the password would send it along with any page's form.
  if (isFromBrowser(headers)) requireSameOrigin(stream);
  const who = await identify(headers, given, doors, address);
  if (who !== undefined && who !== 'wrong') return who;
  const waitS = who === 'wrong' ? failures.take(address) : 0;
  if (waitS > 0) throw tooMany(waitS);
  throw new Problem(401, 'Unauthorized', 'log in with HTTP Basic, or send a token as the header api_key', {
    headers: { 'www-authenticate': 'Basic realm="cordboard", charset="UTF-8"' },
  });
}

export function tooMany(waitS: number): Problem {
  return new Problem(429, 'Too many requests', `wait ${waitS} s and send it again`, {
    headers: { 'retry-after': String(waitS) },
  });
}

/** Undefined: nobody tried to log in. */
async function identify(
  headers: Request['headers'],
  given: Record<string, unknown>,
  { tokens, passwords }: ControlDoors,
  address: string,
): Promise<Identity | 'wrong' | undefined> {
  const key = [headers['api_key'], headers['x-api-key'], given['api_key']].find((each) => typeof each === 'string');
  if (typeof key === 'string' && key !== '') return tokens.verify(key.trim()) ?? 'wrong';
  if (headers.authorization === undefined) return undefined;
  const [, scheme = '', credentials = ''] = /^(Basic|Bearer) +(\S+)$/i.exec(headers.authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return tokens.verify(credentials) ?? 'wrong';
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
  if (user === undefined || password === undefined) return 'wrong';
  const login = await passwords.authenticate(user, password, address);
  if ('who' in login) return login.who;
  if (login.refused === 'locked') throw tooMany(login.waitS);
  return 'wrong';
}
