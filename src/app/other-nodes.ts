import { sendToPeer } from '../http/peer.js';
import type { RequestAnswer } from '../kernel/runtime-types.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { SECOND_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';
import { readLease, readLeasesOfOthers } from '../storage/node-lease/lease-rows.js';
import type { Part } from './parts.js';

/** Every so many looks one looks further. */
const LONG_LOOKS = 5;
/** Looks after the last one that saw a gateway of another node: it may have changed something just before it stopped. */
const LAST_LOOKS = 2 * LONG_LOOKS;

interface OtherNodesOptions {
  db: Database;
  /** Of this gateway. */
  node: string;
  /** Looks for what the gateways of other nodes may have changed. @param isLong the last look like this was a while ago */
  look: (isLong: boolean) => Promise<void>;
  clock: Clock;
  logger: Logger;
}

/** The gateways of the company's other nodes, on the same database: what they changed, and the calls that they run. */
export class OtherNodes implements Part {
  readonly #job: RepeatingJob;
  #looks = 0;
  #looksLeft = LAST_LOOKS;

  constructor(private readonly options: OtherNodesOptions) {
    this.#job = new RepeatingJob({ clock: options.clock, everyMs: SECOND_MS, run: () => this.#look() });
  }

  start(): void {
    // Several nodes need PostgreSQL.
    if (this.options.db.kind === 'postgres') this.#job.start();
  }

  stop(): Promise<void> {
    return this.#job.stop();
  }

  /** Passes an event for a flow of another node to the gateway that runs it. Undefined: none does, or it does not answer. */
  async request(flowId: string, event: unknown): Promise<RequestAnswer> {
    const { db, node, logger } = this.options;
    const running = db.selectFrom('flows').where('id', '=', flowId).where('over', '=', 0);
    const flow = await running.select('node').executeTakeFirst();
    if (flow === undefined || flow.node === node) return undefined;
    const { url, peer_key: key } = await readLease(db, flow.node);
    if (url == null || key == null) return undefined;
    try {
      return (await sendToPeer({ url, key }, { flow: flowId, event })) as RequestAnswer;
    } catch (error) {
      logger.warn({ err: error, node: flow.node }, 'the gateway of another node did not accept a command');
      return undefined;
    }
  }

  async #look(): Promise<void> {
    const { db, node, look, logger } = this.options;
    try {
      const others = await readLeasesOfOthers(db, node);
      if (others.some(({ owner }) => owner !== null)) this.#looksLeft = LAST_LOOKS;
      if (this.#looksLeft === 0) return;
      await look((this.#looks += 1) % LONG_LOOKS === 0);
      this.#looksLeft -= 1;
    } catch (error) {
      logger.warn({ err: error }, 'could not read what the gateways of other nodes have changed');
    }
  }
}
