import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { FencedOut } from '../../kernel/store.js';
import { within } from '../../lib/within.js';
import { isGuardFailure } from '../guard.js';
import type { Database } from '../database.js';
import type { Fence } from './fence.js';
import {
  claimReason,
  hasSlept,
  isProven,
  isQuestion,
  RENEW_MS,
  seen,
  waitAfterClaim,
  type LeaseRow,
  type Sight,
} from './lease.js';
import {
  addNode,
  advanceBeat,
  claimLease,
  epochGuard,
  MAIN_NODE,
  readLease,
  releaseLease,
  storeDoor,
} from './lease-rows.js';
import { OwnerClock } from './owner-clock.js';

const LOOK_EVERY_MS = 100;

/** How long (ms) an effect waits for the database to confirm the epoch. */
const ANSWER_MS = 300;
const NOTICE_EVERY_MS = 250;

/** Whether this gateway may send a request to Asterisk, or open a connection that replaces that of another gateway. */
type Permit = (purpose: 'request' | 'connection') => Promise<void> | undefined;

interface NodeLeaseOptions {
  db: Database;
  /** Default: the node of a company with one Asterisk. */
  node?: string;
  /** Of this gateway: no two running ones have the same. */
  name: string;
  /** Another gateway has taken the lease: this process must end without writing anything. */
  onLost: (owner: string) => void;
}

interface WaitOptions {
  signal: AbortSignal;
  /** Called at each look at the other gateway's lease. */
  onWait?: (lease: LeaseRow) => void;
  /** How often (ms) the lease is read: an orderly hand-over takes this long at most. Default: 100. */
  everyMs?: number;
}

/** This gateway's lease of its node, or of what one gateway does for the company: see lease.ts. */
export class NodeLease {
  /** With it, other gateways prove that requests come from them. */
  readonly peerKey = randomBytes(24).toString('base64url');
  readonly #clock = new OwnerClock();
  #epoch = 0;
  #status: 'waiting' | 'held' | 'lost' | 'released' = 'waiting';
  /** Of {@link OwnerClock}. */
  #provenAt = -Infinity;
  #actsAt = 0;
  /** When another gateway last asked whether this one is alive. */
  #askedAt = -Infinity;
  #renewal: NodeJS.Timeout | undefined;
  #proving: Promise<void> | undefined;
  #noticing: NodeJS.Timeout | undefined;
  #noticedAt = 0;
  #wokeAt = -Infinity;
  /** This process stood still so long that another gateway may have taken the lease, and the epoch was not confirmed since. */
  #slept = false;

  readonly #node: string;

  constructor(private readonly options: NodeLeaseOptions) {
    this.#node = options.node ?? MAIN_NODE;
  }

  get #held() {
    return { node: this.#node, epoch: this.#epoch };
  }

  /** Whether another gateway would take the lease: one that waits asks again after each answer. */
  get isAwaited(): boolean {
    return this.#clock.now() - this.#askedAt < 3 * RENEW_MS;
  }

  /** Waits for the lease, takes it and renews it from now on. Rejects when the signal aborts, and when the database cannot be read. */
  async take({ signal, onWait, everyMs = LOOK_EVERY_MS }: WaitOptions): Promise<void> {
    if (this.#node !== MAIN_NODE) await addNode(this.options.db, this.#node);
    for (let sight: Sight | undefined; !(await this.#tryTake((sight = await this.#look(sight))));) {
      onWait?.(sight.row);
      await this.#askOwner(sight);
      await delay(everyMs, undefined, { signal });
    }
    this.#renewLater();
    this.#noticedAt = this.#clock.now();
    this.#noticing = setInterval(() => this.#notice(), NOTICE_EVERY_MS);
  }

  /**
   * Undefined: this gateway may act on Asterisk now. Otherwise resolves when it may. While the database does not answer, a gateway that is
   * awake may send requests: Asterisk ends the connection of its application when another gateway opens one. It may not open one itself.
   *
   * @throws {FencedOut} when another gateway has the lease. Also rejects when the database does not answer
   */
  permit: Permit = (purpose) => {
    const now = this.#notice();
    if (this.#status === 'held' && isProven(this.#provenAt, now)) return undefined;
    if (purpose === 'connection') return this.check();
    return (this.#proving ??= this.#proveOrTrust().finally(() => (this.#proving = undefined)));
  };

  /** Reads the lease; when another gateway has it, `onLost` is called first. @throws {FencedOut}, and when the database does not answer */
  async check(): Promise<void> {
    await this.#confirmed();
  }

  async #confirmed(): Promise<LeaseRow> {
    this.#requireHeld();
    const waitMs = this.#actsAt - performance.now();
    if (waitMs > 0) await delay(waitMs);
    const askedAt = this.#clock.now();
    const row = await readLease(this.options.db, this.#node);
    if (row.epoch === this.#epoch) this.#proven(askedAt);
    else this.#lose(row.owner ?? '');
    this.#requireHeld();
    return row;
  }

  readonly fence: Fence = async (write) => {
    this.#requireHeld();
    const askedAt = this.#clock.now();
    try {
      const result = await write([epochGuard(this.#held)]);
      this.#proven(askedAt);
      return result;
    } catch (error) {
      if (isGuardFailure(error)) await this.check();
      throw error;
    }
  };

  /** Tells waiting gateways where this one is reached. Once the tables are migrated. */
  async announce(url: string): Promise<void> {
    await storeDoor(this.options.db, this.#held, { url, peer_key: this.peerKey });
  }

  /** Lets a waiting gateway take over at once. After this one has stored everything. It can be taken again. */
  async release(): Promise<void> {
    this.#stopTimers();
    if (this.#status !== 'held') return;
    this.#status = 'released';
    await releaseLease(this.options.db, this.#held);
  }

  async #look(before: Sight | undefined): Promise<Sight> {
    return seen(before, await readLease(this.options.db, this.#node), performance.now());
  }

  /** Where the database cannot be written, nobody can take the lease either. */
  async #askOwner({ row }: Sight): Promise<void> {
    if (!isQuestion(row)) await advanceBeat(this.options.db, row).catch(() => undefined);
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

  async #proveOrTrust(): Promise<void> {
    const askedAt = this.#clock.now();
    const waitMs = ANSWER_MS + Math.max(0, this.#actsAt - performance.now());
    try {
      // A late answer has its effect all the same.
      await within(this.check(), waitMs, () => {
        throw new Error('the database does not confirm the lease of the node');
      });
    } catch (error) {
      this.#notice();
      if (this.#status !== 'held' || this.#slept || this.#provenAt === -Infinity) throw error;
      this.#provenAt = Math.max(this.#provenAt, askedAt);
    }
  }

  #proven(askedAt: number): void {
    this.#notice();
    if (performance.now() < this.#actsAt || askedAt < this.#wokeAt) return;
    this.#slept = false;
    this.#provenAt = Math.max(this.#provenAt, askedAt);
  }

  /** @returns the time now, of {@link OwnerClock} */
  #notice(): number {
    const now = this.#clock.now();
    if (hasSlept(this.#noticedAt, now)) {
      this.#slept = true;
      this.#wokeAt = now;
    }
    this.#noticedAt = now;
    return now;
  }

  #renewLater(): void {
    this.#renewal = setTimeout(() => void this.#renew(), RENEW_MS);
  }

  /** A database that cannot be written can still be read, and then nobody can have taken the lease. */
  async #renew(): Promise<void> {
    try {
      const row = await this.#confirmed();
      if (isQuestion(row)) {
        this.#askedAt = this.#clock.now();
        await advanceBeat(this.options.db, row);
      }
    } catch {
      // The next effect or renewal tries again.
    }
    if (this.#status === 'held') this.#renewLater();
  }

  #lose(owner: string): void {
    if (this.#status !== 'held') return;
    this.#status = 'lost';
    this.#stopTimers();
    this.options.onLost(owner);
  }

  #stopTimers(): void {
    clearTimeout(this.#renewal);
    clearInterval(this.#noticing);
  }

  #requireHeld(): void {
    if (this.#status !== 'held') throw new FencedOut();
  }
}
