import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { KeyedQueue } from '../lib/keyed-queue.js';

/** Cost of one hash: 32 MiB of memory (128 * N * r bytes), some 300 ms of one core. RFC 7914; OWASP's advice for scrypt. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const [SALT_BYTES, HASH_BYTES] = [16, 32];
const MAX_MEMORY = 128 * 1024 * 1024;
const MOST_WAITING = 40;

/** Too many passwords are being checked: try again in a moment. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/**
 * Hashes of passwords: slow on purpose. One at a time, because threads and cores are the calls' and the database's, too.
 * Stored as `scrypt$N$r$p$salt$hash`.
 */
export class PasswordHasher {
  readonly #turns = new KeyedQueue();
  #waiting = 0;

  /** @param cost for tests, which have no time */
  constructor(private readonly cost = COST) {}

  async hash(password: string): Promise<string> {
    const { N, r, p } = this.cost;
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.#derive(password, salt, this.cost);
    return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
  }

  /** @param stored undefined for somebody who has none: takes as long as any other, and is false */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const [, N, r, p, salt = '', hash = ''] = stored?.split('$') ?? [];
    if (stored === undefined) {
      await this.#derive(password, Buffer.alloc(SALT_BYTES), this.cost);
      return false;
    }
    const derived = await this.#derive(password, Buffer.from(salt, 'base64url'), {
      N: Number(N),
      r: Number(r),
      p: Number(p),
    });
    return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
  }

  /** Made at another cost than today's. */
  isOutdated(stored: string): boolean {
    const { N, r, p } = this.cost;
    return !stored.startsWith(`scrypt$${N}$${r}$${p}$`);
  }

  /** @throws {TooBusy} */
  async #derive(password: string, salt: Buffer, { N, r, p }: typeof COST): Promise<Buffer> {
    if (this.#waiting >= MOST_WAITING) throw new TooBusy('too many passwords are being checked');
    this.#waiting += 1;
    try {
      return await this.#turns.run('', () => {
        return new Promise<Buffer>((resolve, reject) => {
          // The same letters can come composed or not, by the keyboard.
          scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: MAX_MEMORY }, (error, key) => {
            if (error) reject(error);
            else resolve(key);
          });
        });
      });
    } finally {
      this.#waiting -= 1;
    }
  }
}
