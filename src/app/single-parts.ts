import { messageOf } from '../lib/error-message.js';
import type { Logger } from '../lib/logger.js';
import { pause } from '../lib/pause.js';
import type { NodeLease } from '../storage/node-lease/node-lease.js';
import { stopAll, type Part } from './parts.js';

/** How often (ms) a gateway looks whether it can take over: the owner of the lease may end in between. */
const LOOK_EVERY_MS = 500;
const RETRY_MS = 1000;
/** How long (ms) a gateway that cannot work keeps the lease from one that waits for it. */
const PATIENCE_MS = 30_000;

/** How often in that time it looks whether that is so. */
const LOOKS = 30;

type Lease = Pick<NodeLease, 'take' | 'release' | 'isAwaited'>;

interface SinglePartsOptions {
  /** Undefined: there is one node. */
  lease: Lease | undefined;
  /** What the parts do, for the log. */
  work: string;
  /** Default: always. */
  canWork?: () => boolean;
  patienceMs?: number;
  logger: Logger;
}

/**
 * Parts that one gateway of the company runs for all nodes. Where there is one node they are parts like all others; otherwise they start,
 * in their order, when this gateway has a lease for them, and stop when it leaves it to another one. A gateway that loses it ends (see
 * gateway.ts).
 */
export class SingleParts implements Part {
  readonly #waiting: Part[] = [];
  readonly #started = new Set<Part>();
  readonly #stopping = new AbortController();
  #taking: Promise<void> = Promise.resolve();

  constructor(private readonly options: SinglePartsOptions) {}

  /** The part to start and stop in place of the given one. */
  single(part: Part): Part {
    if (this.options.lease === undefined) return part;
    return {
      start: () => void this.#waiting.push(part),
      stop: () => (this.#started.has(part) ? part.stop?.() : undefined),
    };
  }

  /** After its parts. */
  start(): void {
    const { lease } = this.options;
    if (lease !== undefined) this.#taking = this.#run(lease);
  }

  /** Before its parts. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#taking;
  }

  async #run(lease: Lease): Promise<void> {
    const { canWork, patienceMs = PATIENCE_MS } = this.options;
    while ((await this.#take(lease)) && canWork !== undefined) {
      if (!(await this.#waitInVain(() => canWork() || !lease.isAwaited, patienceMs))) return;
      await this.#leave(lease);
      // Another gateway has it by then, unless it has stopped meanwhile.
      await this.#pause(patienceMs / 6);
    }
  }

  /** @returns false when the gateway stops first */
  async #take(lease: Lease): Promise<boolean> {
    const { work, logger } = this.options;
    const { signal } = this.#stopping;
    if (!(await this.#repeat(() => lease.take({ signal, everyMs: LOOK_EVERY_MS })))) return false;
    logger.info(`this gateway ${work} for all nodes`);
    for (const part of this.#waiting) {
      this.#started.add(part);
      if (!(await this.#repeat(async () => void (await part.start?.())))) return false;
    }
    return true;
  }

  /** Resolves when `isFine` was false for so long. @returns false when the gateway stops first */
  async #waitInVain(isFine: () => boolean, patienceMs: number): Promise<boolean> {
    for (let looks = 0; looks < LOOKS; looks = isFine() ? 0 : looks + 1)
      if (!(await this.#pause(patienceMs / LOOKS))) return false;
    return true;
  }

  async #leave(lease: Lease): Promise<void> {
    const { work, logger } = this.options;
    const onError = (error: unknown) => logger.error({ err: error }, 'a part could not be stopped');
    logger.warn(`this gateway has no Asterisk: another one ${work} for all nodes`);
    await stopAll([...this.#started], onError);
    this.#started.clear();
    // A lease that the database still has as this gateway's is taken from it like that of a dead one.
    await lease.release().catch(onError);
  }

  /** @returns false when the gateway stops first */
  #pause(ms: number): Promise<boolean> {
    return pause(ms, this.#stopping.signal);
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
        this.options.logger.warn(
          { problem: messageOf(error) },
          'the work for all nodes could not be started; trying again',
        );
        await this.#pause(RETRY_MS);
      }
    }
    return false;
  }
}
