import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one hash: 32 MiB of memory (128 * N * r bytes), some 300 ms of one core. RFC 7914; OWASP's advice for scrypt. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const [SALT_BYTES, HASH_BYTES] = [16, 32];
const MAX_MEMORY = 128 * 1024 * 1024;
const MOST_WAITING = 40;
/** Of one address, so that nobody fills the queue alone. */
const MOST_OF_ADDRESS = 5;

/** Too many passwords are being checked: try again in a moment. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/** Whose password is checked. */
interface Asker {
  address: string;
  /** Somebody has logged in with that name from there before: they wait for no stranger, and have a queue of their own. */
  known: boolean;
}

interface Turn extends Partial<Asker> {
  begin: () => void;
}

/**
 * Hashes of passwords: slow on purpose. One at a time, because threads and cores are the calls' and the database's, too.
 * Stored as `scrypt$N$r$p$salt$hash`.
 */
export class PasswordHasher {
  /** Those that wait, or are being made: of known askers, and of all others. */
  readonly #turns: Record<'known' | 'others', Turn[]> = { known: [], others: [] };
  #busy = false;

  /** @param cost for tests, which have no time */
  constructor(private readonly cost = COST) {}

  async hash(password: string): Promise<string> {
    const { N, r, p } = this.cost;
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.#derive(password, salt, this.cost);
    return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
  }

  /** @param stored undefined for somebody who has none: takes as long as any other, and is false */
  async verify(password: string, stored: string | undefined, asker?: Asker): Promise<boolean> {
    const [, N, r, p, salt = '', hash = ''] = stored?.split('$') ?? [];
    if (stored === undefined) {
      await this.#derive(password, Buffer.alloc(SALT_BYTES), this.cost, asker);
      return false;
    }
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const derived = await this.#derive(password, Buffer.from(salt, 'base64url'), cost, asker);
    return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
  }

  /** Made at another cost than today's. */
  isOutdated(stored: string): boolean {
    const { N, r, p } = this.cost;
    return !stored.startsWith(`scrypt$${N}$${r}$${p}$`);
  }

  /** @throws {TooBusy} */
  async #derive(password: string, salt: Buffer, { N, r, p }: typeof COST, asker?: Asker): Promise<Buffer> {
    const leave = await this.#enter(asker);
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        // The same letters can come composed or not, by the keyboard.
        scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: MAX_MEMORY }, (error, key) => {
          if (error) reject(error);
          else resolve(key);
        });
      });
    } finally {
      leave();
    }
  }

  /** Resolves when it is the asker's turn, with the function that ends it. @throws {TooBusy} */
  #enter(asker: Asker | undefined): Promise<() => void> {
    // Who has no address sets a password.
    const turns = this.#turns[asker === undefined || asker.known ? 'known' : 'others'];
    const ofAddress = turns.filter(({ address }) => address !== undefined && address === asker?.address).length;
    if (turns.length >= MOST_WAITING || ofAddress >= MOST_OF_ADDRESS)
      return Promise.reject(new TooBusy('too many passwords are being checked'));
    return new Promise((resolve) => {
      const turn: Turn = {
        ...asker,
        begin: () =>
          resolve(() => {
            turns.splice(turns.indexOf(turn), 1);
            this.#busy = false;
            this.#next();
          }),
      };
      turns.push(turn);
      this.#next();
    });
  }

  #next(): void {
    const turn = this.#turns.known[0] ?? this.#turns.others[0];
    if (this.#busy || turn === undefined) return;
    this.#busy = true;
    turn.begin();
  }
}
