import type { Clock, Instant } from '../lib/clock.js';
import { RecentMap } from '../lib/recent-map.js';
import { subscriberOf } from '../http/address.js';
import type { CleanupJob } from '../lib/janitor.js';
import { DAY_MS, HOUR_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';
import { anyOf, ownAddresses } from './networks.js';

/** How long an address that proved a password or token is not banned automatically. */
const PROVED_MS = 7 * DAY_MS;
const MOST_PROVED = 10_000;
/** How exactly the last proof is stored. */
const STORED_EVERY_MS = HOUR_MS;

interface Options {
  db: Database;
  /** `bans.allow`. */
  allow: () => readonly string[];
  /** Addresses of registered phones; addresses and networks of trunks. */
  inUse: () => Promise<readonly string[]>;
  /** Of the proxy in front of Asterisk, from which all phones come; undefined: none. */
  front?: string | undefined;
  clock: Clock;
  onError: (error: unknown) => void;
}

/**
 * Addresses that are not banned. Many people can share one address behind NAT, so an address from which somebody proved a
 * password or token is not banned automatically: one wrong phone must not lock its whole office out.
 */
export class Exemptions {
  /** When it was last stored. */
  readonly #proved = new RecentMap<string, Instant>(MOST_PROVED);
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: Options) {}

  async start(): Promise<void> {
    const rows = await this.options.db
      .selectFrom('proved_addresses')
      .selectAll()
      .orderBy('at', 'desc')
      .limit(MOST_PROVED)
      .execute();
    for (const { address, at } of rows.reverse()) this.#proved.set(address, at);
  }

  async stop(): Promise<void> {
    await this.#writing;
  }

  /** Somebody at this address proved a password, a token or a session. */
  proved(address: string): void {
    const at = this.options.clock.now();
    if (at - (this.#proved.get(address) ?? -Infinity) < STORED_EVERY_MS) return;
    this.#proved.set(address, at);
    this.#writing = this.#writing.then(() => this.#store(address, at)).catch(this.options.onError);
  }

  /** @param manual only what no person may ban either @returns the reason; undefined when the address may be banned */
  async reasonFor(address: string, manual: boolean): Promise<string | undefined> {
    if (anyOf(ownAddresses())(address)) return 'it is an address of this machine';
    if (address === this.options.front) return 'it is the proxy in front of Asterisk (SIP_FRONT)';
    if (anyOf(this.options.allow())(address)) return 'it is in bans/allow';
    if (manual) return undefined;
    if (this.#isProved(address)) return 'somebody at this address has logged in within a week';
    const inUse = (await this.options.inUse()).map(subscriberOf);
    return anyOf(inUse)(address) ? 'phones or a trunk have this address' : undefined;
  }

  /** Removes old addresses. */
  get cleanupJob(): CleanupJob {
    return {
      name: 'proved addresses',
      run: async (now) => {
        const old = this.options.db.deleteFrom('proved_addresses').where('at', '<', now - PROVED_MS);
        return Number((await old.executeTakeFirst()).numDeletedRows);
      },
    };
  }

  #isProved(address: string): boolean {
    const at = this.#proved.get(address);
    return at !== undefined && this.options.clock.now() - at < PROVED_MS;
  }

  async #store(address: string, at: Instant): Promise<void> {
    await this.options.db
      .insertInto('proved_addresses')
      .values({ address, at })
      .onConflict((conflict) => conflict.column('address').doUpdateSet({ at }))
      .execute();
  }
}
