import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one hash: 32 MiB of memory (128 * N * r bytes), about 300 ms of one core (RFC 7914, OWASP Password Storage Cheat Sheet). */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const [SALT_BYTES, HASH_BYTES] = [16, 32];
const MAX_MEMORY = 128 * 1024 * 1024;
const MAX_WAITING = 40;
/** Waiting checks of one address, so that one client cannot fill the queue. */
const MAX_PER_ADDRESS = 5;

/** Too many password checks are waiting. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/** The client whose password is checked. */
interface Requester {
  address: string;
  /** The login has succeeded from this address before. Such checks have their own queue and go first. */
  isKnown: boolean;
}

interface Job extends Partial<Requester> {
  begin: () => void;
}

/**
 * Hashes passwords with scrypt, one at a time: threads and cores are shared with calls and the database. Format of a stored
 * hash: `scrypt$N$r$p$salt$hash`.
 */
export class PasswordHasher {
  /** Waiting and running jobs, of known clients and of all others. */
  readonly #queues: Record<'known' | 'others', Job[]> = { known: [], others: [] };
  #busy = false;

  /** @param cost lower in tests */
  constructor(private readonly cost = COST) {}

  async hash(password: string): Promise<string> {
    const { N, r, p } = this.cost;
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.#derive(password, salt, this.cost);
    return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
  }

  /** @param stored undefined without a password: takes the same time and returns false */
  async verify(password: string, stored: string | undefined, requester?: Requester): Promise<boolean> {
    const [, N, r, p, salt = '', hash = ''] = stored?.split('$') ?? [];
    if (stored === undefined) {
      await this.#derive(password, Buffer.alloc(SALT_BYTES), this.cost, requester);
      return false;
    }
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const derived = await this.#derive(password, Buffer.from(salt, 'base64url'), cost, requester);
    return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
  }

  /** Whether the hash has another cost than the current one. */
  isOutdated(stored: string): boolean {
    const { N, r, p } = this.cost;
    return !stored.startsWith(`scrypt$${N}$${r}$${p}$`);
  }

  /** @throws {TooBusy} */
  async #derive(password: string, salt: Buffer, { N, r, p }: typeof COST, requester?: Requester): Promise<Buffer> {
    const release = await this.#acquire(requester);
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        // Keyboards differ in how they compose accented letters.
        scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: MAX_MEMORY }, (error, key) => {
          if (error) reject(error);
          else resolve(key);
        });
      });
    } finally {
      release();
    }
  }

  /** Waits for the job's turn. @returns the function that ends the turn @throws {TooBusy} */
  #acquire(requester: Requester | undefined): Promise<() => void> {
    // Without a requester a password is being set.
    const queue = this.#queues[requester === undefined || requester.isKnown ? 'known' : 'others'];
    const ofAddress = queue.filter(({ address }) => address !== undefined && address === requester?.address).length;
    if (queue.length >= MAX_WAITING || ofAddress >= MAX_PER_ADDRESS)
      return Promise.reject(new TooBusy('too many passwords are being checked'));
    return new Promise((resolve) => {
      const job: Job = {
        ...requester,
        begin: () =>
          resolve(() => {
            queue.splice(queue.indexOf(job), 1);
            this.#busy = false;
            this.#next();
          }),
      };
      queue.push(job);
      this.#next();
    });
  }

  #next(): void {
    const job = this.#queues.known[0] ?? this.#queues.others[0];
    if (this.#busy || job === undefined) return;
    this.#busy = true;
    job.begin();
  }
}
