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
 * Bodies of requests that may hold a login, and are read before anybody knows whose they are: few for each address, and short. Who logs in
 * by what was in the body gets the place back, so that a client with a login in its bodies is not slowed down.
 */
export class Strangers {
  readonly #limit: RateLimit;

  constructor(clock: Clock) {
    const { strangersPerSecond: perSecond, strangersBurst: burst } = defaultLimits;
    this.#limit = new RateLimit({ perSecond, burst, clock });
  }

  /** @throws {Problem} 429 before a byte is read, 413 */
  async read({ stream, address }: Pick<Request, 'stream' | 'address'>): Promise<Buffer> {
    const waitS = hasBody(stream) ? this.#limit.take(address) : 0;
    if (waitS > 0) throw tooMany(waitS);
    return readBytes(stream, defaultLimits.strangerBytes);
  }

  /** Whoever sent the body is none. */
  known(address: string): void {
    this.#limit.giveBack(address);
  }
}

export async function readBytes(stream: Request['stream'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of limitedBody(stream, maxBytes, 'body')) chunks.push(chunk);
  return Buffer.concat(chunks);
}
