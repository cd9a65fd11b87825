import type { AsteriskPort } from '../asterisk/port.js';
import { AsteriskError } from '../asterisk/port.js';
import type { QueueMember, QueuePort } from '../asterisk/queue-port.js';
import type { Handset, Queue } from '../directory/schema.js';
import type { QueueMembership } from '../directory/queue-membership.js';
import type { Clock } from '../lib/clock.js';
import { ACTIVE, OUT, type AgentLoginSync, type AgentDirectory } from './agent-login-sync.js';
import { handsetMembership, type HandsetMembership } from './handset-membership.js';
import type { LoginEventName } from './membership-store.js';

/**
 * Logs handsets in to queues and out, and pauses them. All of it holds over restarts of the gateway and of Asterisk.
 *
 * `queues`: ids; by default all queues of the handset, for a pause those that it is logged in to. `by`: who does it, for the
 * history. Every method rejects with {@link OperatorRefused}, or with AsteriskError `unavailable`; doing again what is so
 * already does nothing.
 */
export interface OperatorControl {
  /** All handsets with their phones, and how they stand in each of their queues. */
  list(): Promise<HandsetMembership[]>;
  logIn(handset: string, queues?: number[], by?: string): Promise<void>;
  logOut(handset: string, queues?: number[], by?: string): Promise<void>;
  /** @param reason one of the company's, where it has set up any; empty for none */
  pause(handset: string, reason: string, queues?: number[], by?: string): Promise<void>;
  unpause(handset: string, queues?: number[], by?: string): Promise<void>;
}

type OperatorRefusal = 'unknown_handset' | 'not_its_queue' | 'not_logged_in' | 'unknown_reason';

/** What was asked for makes no sense; nothing, or not all of it, was done. */
export class OperatorRefused extends Error {
  override readonly name = 'OperatorRefused';
  constructor(
    readonly why: OperatorRefusal,
    message: string,
  ) {
    super(message);
  }
}

interface OperatorOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'listContacts'> &
    Pick<QueuePort, 'listQueues' | 'addMember' | 'removeMember' | 'pauseMember'>;
  book: AgentLoginSync;
  directory: () => AgentDirectory & { pause_reasons: readonly string[] };
  /** A handset came into a queue in which the order counts, at its end: it has to be brought to its place. */
  outOfOrder: () => void;
  clock: Clock;
}

type Change = (queue: Queue, before: QueueMembership) => Promise<QueueMembership>;

const GATEWAY = 'gateway';

export class Operators implements OperatorControl {
  constructor(private readonly options: OperatorOptions) {}

  async list(): Promise<HandsetMembership[]> {
    const { asterisk, book, clock, directory } = this.options;
    const [contacts, queues] = await Promise.all([
      asterisk.listContacts().catch(() => []),
      asterisk.listQueues().catch(() => []),
    ]);
    const listed = {
      contacts,
      queues,
      at: clock.now(),
      lastWrapUpMs: (member: QueueMember) => book.lastWrapUpMs(member),
    };
    return directory().handsets.map((handset) => handsetMembership(handset, book.standingsOf(handset.name), listed));
  }

  async logIn(handset: string, queues?: number[], by = GATEWAY): Promise<void> {
    const { asterisk, outOfOrder } = this.options;
    await this.#change({ handset, queues, by, event: 'logged_in' }, async (queue, before) => {
      if (before.loggedIn) return before;
      await asterisk.addMember(queue.id, handset);
      if (queue.strategy === 'linear') outOfOrder();
      return ACTIVE;
    });
  }

  async logOut(handset: string, queues?: number[], by = GATEWAY): Promise<void> {
    await this.#change({ handset, queues, by, event: 'logged_out' }, async (queue, before) => {
      if (before.loggedIn) await this.options.asterisk.removeMember(queue.id, handset);
      return OUT;
    });
  }

  async pause(handset: string, reason: string, queues?: number[], by = GATEWAY): Promise<void> {
    const { pause_reasons: reasons } = this.options.directory();
    if (reason !== '' && reasons.length > 0 && !reasons.includes(reason))
      throw new OperatorRefused('unknown_reason', `"${reason}" is no reason for a pause here: ${reasons.join(', ')}`);
    const where = queues ?? this.#loggedIn(handset);
    if (where.length === 0) throw new OperatorRefused('not_logged_in', `${handset} is not logged in to any queue`);
    await this.#change({ handset, queues: where, by, event: 'paused' }, async (queue, before) => {
      if (!before.loggedIn)
        throw new OperatorRefused('not_logged_in', `${handset} is not logged in to queue ${queue.id}`);
      await this.options.asterisk.pauseMember(queue.id, handset, reason);
      return { loggedIn: true, paused: true, pauseReason: reason };
    });
  }

  async unpause(handset: string, queues?: number[], by = GATEWAY): Promise<void> {
    const where = queues ?? this.#loggedIn(handset);
    await this.#change({ handset, queues: where, by, event: 'unpaused' }, async (queue, before) => {
      if (!before.paused) return before;
      await this.options.asterisk.pauseMember(queue.id, handset, undefined);
      return ACTIVE;
    });
  }

  async #change(
    what: { handset: string; queues: number[] | undefined; by: string; event: LoginEventName },
    act: Change,
  ): Promise<void> {
    const { handset, queues: ids, by, event } = what;
    const { asterisk, book } = this.options;
    this.#handset(handset);
    const own = book.standingsOf(handset).map(({ queue }) => queue);
    const stranger = ids?.find((id) => !own.some((queue) => queue.id === id));
    if (stranger !== undefined)
      throw new OperatorRefused('not_its_queue', `${handset} is no handset of queue ${stranger}`);
    await book.inTurn(async () => {
      if (!asterisk.usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
      for (const queue of own.filter(({ id }) => ids === undefined || ids.includes(id))) {
        const standing = await act(queue, book.standing(queue, handset));
        await book.write({ queue, handset, standing, event, by });
      }
    });
  }

  #handset(name: string): Handset {
    const found = this.options.directory().handsets.find((handset) => handset.name === name);
    if (found === undefined) throw new OperatorRefused('unknown_handset', `there is no handset ${name}`);
    return found;
  }

  #loggedIn(handset: string): number[] {
    const queues = this.options.book.standingsOf(handset);
    return queues.filter(({ standing }) => standing.loggedIn).map(({ queue }) => queue.id);
  }
}
