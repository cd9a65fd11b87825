import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../lib/error-message.js';
import type { Logger } from '../lib/logger.js';
import type { NodeLease } from '../storage/node-lease/node-lease.js';
import type { Part } from './parts.js';

/** How often (ms) a gateway looks whether it can take over: the owner of the lease may end in between. */
const LOOK_EVERY_MS = 500;
const RETRY_MS = 1000;

/**
 * Parts that one gateway of the company runs for all nodes. Where there is one node they are parts like all others; otherwise they start,
 * in their order, when this gateway has the lease of the company. A gateway that loses it ends (see gateway.ts).
 */
export class SingleParts implements Part {
  readonly #waiting: Part[] = [];
  readonly #started = new Set<Part>();
  readonly #stopping = new AbortController();
  #taking: Promise<void> = Promise.resolve();

  constructor(
    private readonly lease: Pick<NodeLease, 'take'> | undefined,
    private readonly logger: Logger,
  ) {}

  /** The part to start and stop in place of the given one. */
  single(part: Part): Part {
    if (this.lease === undefined) return part;
    return {
      start: () => void this.#waiting.push(part),
      stop: () => (this.#started.has(part) ? part.stop?.() : undefined),
    };
  }

  /** After its parts. */
  start(): void {
    if (this.lease !== undefined) this.#taking = this.#take(this.lease);
  }

  /** Before its parts. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#taking;
  }

  async #take(lease: Pick<NodeLease, 'take'>): Promise<void> {
    const { signal } = this.#stopping;
    if (!(await this.#repeat(() => lease.take({ signal, everyMs: LOOK_EVERY_MS })))) return;
    this.logger.info(
      'this gateway delivers webhooks, makes the calls of notifications and deletes old data for all nodes',
    );
    for (const part of this.#waiting) {
      this.#started.add(part);
      if (!(await this.#repeat(async () => void (await part.start?.())))) return;
    }
  }

  /** Until it succeeds: the database may be away. @returns false when the gateway stops first */
  async #repeat(work: () => Promise<void>): Promise<boolean> {
    const { signal } = this.#stopping;
    for (const isStopping = () => signal.aborted; !isStopping();) {
      try {
        await work();
        return true;
      } catch (error) {
        if (isStopping()) break;
        this.logger.warn({ problem: messageOf(error) }, 'the work for all nodes could not be started; trying again');
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    return false;
  }
}
