import { isFromBrowser, requireSameOrigin } from '../../../http/authenticate.js';
import { hasBody } from '../../../http/body.js';
import { Problem } from '../../../http/problem.js';
import type { Identity, Request } from '../../../http/route.js';
import type { Passwords, Tokens } from '../../../http/tokens.js';
import type { FacadeLimits } from '../../shared/facade.js';
import { tooMany } from '../../shared/strangers.js';

export interface ControlDoors {
  tokens: Pick<Tokens, 'verify'>;
  passwords: Passwords;
}

type Asking = Pick<Request, 'headers' | 'stream' | 'address'>;

/** Authenticates by `api_key` (header, query or body) or HTTP Basic. Cookies are ignored. */
export class ControlLogin {
  constructor(
    private readonly doors: ControlDoors,
    private readonly limits: Pick<FacadeLimits, 'countFailure'>,
  ) {}

  /**
   * Authenticates without the body; undefined when the body, not read yet, may contain an `api_key`.
   *
   * @throws {Problem} 401 without a login or with a wrong one, 429 after too many wrong ones from one address
   */
  async early(request: Asking, query: Record<string, unknown>): Promise<Identity | undefined> {
    const { headers, stream, address } = request;
    // A browser sends a password that was once entered with the forms of any site.
    if (isFromBrowser(headers)) requireSameOrigin(stream);
    const key = keyOf(headers['api_key'], headers['x-api-key']) ?? keyOf(query['api_key']);
    if (key !== undefined) return this.doors.tokens.verify(key) ?? this.#refuse(address, 'wrong');
    const who = headers.authorization === undefined ? undefined : await this.#byHeader(headers.authorization, address);
    if (who !== undefined) return who;
    return hasBody(stream) ? undefined : this.#refuse(address, headers.authorization === undefined ? 'none' : 'wrong');
  }

  /** Authenticates by an `api_key` in the body, after {@link early} returned undefined. @throws {Problem} as {@link early} */
  byBody({ headers, address }: Asking, body: Record<string, unknown>): Identity {
    const key = keyOf(body['api_key']);
    const who = key === undefined ? undefined : this.doors.tokens.verify(key);
    if (who !== undefined) return who;
    return this.#refuse(address, key === undefined && headers.authorization === undefined ? 'none' : 'wrong');
  }

  /** @param what `none`: no credentials were sent, which does not count as a failure */
  #refuse(address: string, what: 'none' | 'wrong'): never {
    if (what === 'wrong') this.limits.countFailure(address);
    throw new Problem(401, 'Unauthorized', 'log in with HTTP Basic, or send a token as the header api_key', {
      headers: { 'www-authenticate': 'Basic realm="cordboard", charset="UTF-8"' },
    });
  }

  async #byHeader(authorization: string, address: string): Promise<Identity | undefined> {
    const [, scheme = '', credentials = ''] = /^(Basic|Bearer) +(\S+)$/i.exec(authorization) ?? [];
    if (scheme.toLowerCase() === 'bearer') return this.doors.tokens.verify(credentials);
    const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
    if (user === undefined || password === undefined) return undefined;
    const login = await this.doors.passwords.authenticate(user, password, address);
    if ('who' in login) return login.who;
    if (login.refused === 'locked') throw tooMany(login.waitS);
    return undefined;
  }
}

/** The first value that can be a key. */
function keyOf(...given: unknown[]): string | undefined {
  const key = given.find((each) => typeof each === 'string');
  return typeof key === 'string' && key !== '' ? key.trim() : undefined;
}
