import { setTimeout as delay } from 'node:timers/promises';
import { FencedOut } from '../../kernel/store.js';
import type { Statement } from '../connection.js';
import { isGuardFailure } from '../guard.js';
import type { Database } from '../database.js';
import { claimReason, isProven, mayGoOn, RENEW_MS, seen, waitAfterClaim, type Sight } from './lease.js';
import { claimLease, epochGuard, readLease, releaseLease, renewal } from './lease-rows.js';
import { storageErrorCode } from '../storage-error.js';
import { OwnerClock } from './owner-clock.js';

/** How often (ms) a waiting gateway reads the lease: an orderly hand-over takes this long at most. */
const LOOK_EVERY_MS = 100;

/** Runs a write so that it fails when another gateway has the lease; the write contains the given statements. @throws {FencedOut} */
export type Fence = (write: (guards: readonly Statement[]) => Promise<void>) => Promise<void>;

interface NodeLeaseOptions {
  db: Database;
  /** Of this gateway: no two running ones have the same. */
  name: string;
  /** Another gateway has taken the lease: this process must end without writing anything. */
  onLost: (owner: string) => void;
}

interface WaitOptions {
  signal: AbortSignal;
  /** Called with the owner's name at each look. */
  onWait: (owner: string) => void;
}

/** This gateway's lease of its node: see lease.ts. */
export class NodeLease {
  readonly #clock = new OwnerClock();
  #epoch = 0;
  #status: 'waiting' | 'held' | 'lost' | 'released' = 'waiting';
  /** Of {@link OwnerClock}. */
  #provenAt = -Infinity;
  #actsAt = 0;
  #renewal: NodeJS.Timeout | undefined;
  #proving: Promise<void> | undefined;

  constructor(private readonly options: NodeLeaseOptions) {}

  /** Waits for the lease, takes it and renews it from now on. Rejects when the signal aborts, and when the database cannot be read. */
  async take({ signal, onWait }: WaitOptions): Promise<void> {
    for (let sight: Sight | undefined; !(await this.#tryTake((sight = await this.#look(sight))));) {
      onWait(sight.row.owner ?? '');
      await delay(LOOK_EVERY_MS, undefined, { signal });
    }
    this.#renewLater();
  }

  /**
   * Undefined: this gateway may act on Asterisk now. Otherwise resolves when it may. @throws {FencedOut} when another gateway has the lease
   */
  permit = (): Promise<void> | undefined => {
    if (this.#status === 'held' && isProven(this.#provenAt, this.#clock.now())) return undefined;
    return (this.#proving ??= this.#prove().finally(() => (this.#proving = undefined)));
  };

  /** Reads the lease; when another gateway has it, `onLost` is called first. @throws as {@link permit} */
  check(): Promise<void> {
    return this.#read();
  }

  readonly fence: Fence = async (write) => {
    this.#requireHeld();
    const askedAt = this.#clock.now();
    try {
      await write([epochGuard(this.#epoch)]);
    } catch (error) {
      if (!isGuardFailure(error)) throw error;
      await this.#prove();
      throw error;
    }
    this.#proven(askedAt);
  };

  /** Lets a waiting gateway take over at once. After this one has stored everything. */
  async release(): Promise<void> {
    clearTimeout(this.#renewal);
    if (this.#status !== 'held') return;
    this.#status = 'released';
    await releaseLease(this.options.db, this.#epoch);
  }

  async #look(before: Sight | undefined): Promise<Sight> {
    return seen(before, await readLease(this.options.db), performance.now());
  }

  async #tryTake(sight: Sight): Promise<boolean> {
    const { db, name } = this.options;
    const reason = claimReason(sight, name, performance.now());
    if (reason === undefined || !(await claimLease(db, sight.row, name))) return false;
    this.#epoch = sight.row.epoch + 1;
    this.#actsAt = performance.now() + waitAfterClaim(reason);
    this.#status = 'held';
    return true;
  }

  async #prove(): Promise<void> {
    this.#requireHeld();
    const waitMs = this.#actsAt - performance.now();
    if (waitMs > 0) await delay(waitMs);
    for (;;) {
      const askedAt = this.#clock.now();
      try {
        await this.#read();
        return;
      } catch (error) {
        if (storageErrorCode(error) === undefined) throw error;
      }
      if (mayGoOn(this.#provenAt, this.#clock.now())) {
        this.#proven(askedAt);
        return;
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  async #read(): Promise<void> {
    this.#requireHeld();
    const askedAt = this.#clock.now();
    const { epoch, owner } = await readLease(this.options.db);
    if (epoch === this.#epoch) this.#proven(askedAt);
    else this.#lose(owner ?? '');
    this.#requireHeld();
  }

  #proven(askedAt: number): void {
    if (performance.now() >= this.#actsAt) this.#provenAt = Math.max(this.#provenAt, askedAt);
  }

  #renewLater(): void {
    this.#renewal = setTimeout(() => void this.#renew(), RENEW_MS);
  }

  /** A database that cannot be written can still be read, and then nobody can have taken the lease. */
  async #renew(): Promise<void> {
    const askedAt = this.#clock.now();
    try {
      await this.options.db.write(() => [renewal(this.#epoch)]);
      this.#proven(askedAt);
    } catch {
      // The next effect or renewal tries again.
      await this.#prove().catch(() => undefined);
    }
    if (this.#status === 'held') this.#renewLater();
  }

  #lose(owner: string): void {
    if (this.#status !== 'held') return;
    this.#status = 'lost';
    clearTimeout(this.#renewal);
    this.options.onLost(owner);
  }

  #requireHeld(): void {
    if (this.#status !== 'held') throw new FencedOut();
  }
}
