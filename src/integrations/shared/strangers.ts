import { hasBody, limitedBody } from '../../http/body.js';
import { defaultLimits } from '../../http/limits.js';
import { Problem } from '../../http/problem.js';
import { RateLimit } from '../../http/rate-limit.js';
import type { Request } from '../../http/route.js';
import type { Clock } from '../../lib/clock.js';

export function tooMany(waitS: number): Problem {
  return new Problem(429, 'Too many requests', `wait ${waitS} s and send it again`, {
    headers: { 'retry-after': String(waitS) },
  });
}

/**
 * Reads bodies before authentication, for contracts with a login in the body: limited in size, and in rate per address. A successful login
 * returns its token to the rate limit, so that such clients are not slowed down.
 */
export class Strangers {
  readonly #limit: RateLimit;

  constructor(clock: Clock) {
    const { strangersPerSecond: perSecond, strangersBurst: burst } = defaultLimits;
    this.#limit = new RateLimit({ perSecond, burst, clock });
  }

  /** @throws {Problem} 429 before reading, 413 */
  async read({ stream, address }: Pick<Request, 'stream' | 'address'>): Promise<Buffer> {
    const waitS = hasBody(stream) ? this.#limit.take(address) : 0;
    if (waitS > 0) throw tooMany(waitS);
    return readBytes(stream, defaultLimits.strangerBytes);
  }

  /** Returns the rate limit token after a successful login. */
  known(address: string): void {
    this.#limit.giveBack(address);
  }
}

export async function readBytes(stream: Request['stream'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of limitedBody(stream, maxBytes, 'body')) chunks.push(chunk);
  return Buffer.concat(chunks);
}
