import type { AsteriskPort } from '../asterisk/port.js';
import { AsteriskError } from '../asterisk/port.js';
import type { QueueMember, QueuePort } from '../asterisk/queue-port.js';
import type { Handset, Queue } from '../directory/schema.js';
import type { QueueMembership } from '../directory/queue-membership.js';
import type { Clock } from '../lib/clock.js';
import { LOGGED_IN, LOGGED_OUT, type AgentLoginSync, type AgentDirectory } from './agent-login-sync.js';
import { handsetMembership, type HandsetMembership } from './handset-membership.js';
import type { LoginEventName } from './membership-store.js';

/**
 * Logs handsets in to queues and out, and pauses them. The state survives restarts of the gateway and of Asterisk.
 *
 * `queues`: ids; by default all queues of the handset, for a pause those that it is logged in to. `by`: the author, for the
 * history. Every method is idempotent, and rejects with {@link OperatorRefused} or with AsteriskError `unavailable`.
 */
export interface OperatorControl {
  /** All handsets with their phones and their memberships in queues. */
  list(): Promise<HandsetMembership[]>;
  logIn(handset: string, queues?: number[], by?: string): Promise<void>;
  logOut(handset: string, queues?: number[], by?: string): Promise<void>;
  /** @param reason one of the configured reasons, if there are any; empty for none */
  pause(handset: string, reason: string, queues?: number[], by?: string): Promise<void>;
  unpause(handset: string, queues?: number[], by?: string): Promise<void>;
}

type OperatorRefusal =
  'unknown_handset' | 'not_its_queue' | 'not_logged_in' | 'unknown_reason' | 'not_in_wrap_up' | 'wrap_up_limit';

/** The request is invalid; it was not or only partly carried out. */
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
  logins: AgentLoginSync;
  directory: () => AgentDirectory & { pause_reasons: readonly string[] };
  /** Called when a handset was added at the end of a queue with a fixed order. */
  onOrderChanged: () => void;
  clock: Clock;
}

type Change = (queue: Queue, before: QueueMembership) => Promise<QueueMembership>;

const GATEWAY = 'gateway';

export class Operators implements OperatorControl {
  constructor(private readonly options: OperatorOptions) {}

  async list(): Promise<HandsetMembership[]> {
    const { asterisk, logins, clock, directory } = this.options;
    const [contacts, queues] = await Promise.all([
      asterisk.listContacts().catch(() => []),
      asterisk.listQueues().catch(() => []),
    ]);
    const listed = {
      contacts,
      queues,
      at: clock.now(),
      lastWrapUpMs: (member: QueueMember) => logins.lastWrapUpMs(member),
    };
    return directory().handsets.map((handset) =>
      handsetMembership(handset, logins.membershipsOf(handset.name), listed),
    );
  }

  async logIn(handset: string, queues?: number[], by = GATEWAY): Promise<void> {
    const { asterisk, onOrderChanged: outOfOrder } = this.options;
    await this.#change({ handset, queues, by, event: 'logged_in' }, async (queue, before) => {
      if (before.loggedIn) return before;
      await asterisk.addMember(queue.id, handset);
      if (queue.strategy === 'linear') outOfOrder();
      return LOGGED_IN;
    });
  }

  async logOut(handset: string, queues?: number[], by = GATEWAY): Promise<void> {
    await this.#change({ handset, queues, by, event: 'logged_out' }, async (queue, before) => {
      if (before.loggedIn) await this.options.asterisk.removeMember(queue.id, handset);
      return LOGGED_OUT;
    });
  }

  async pause(handset: string, reason: string, queues?: number[], by = GATEWAY): Promise<void> {
    const { pause_reasons: reasons } = this.options.directory();
    if (reason !== '' && reasons.length > 0 && !reasons.includes(reason))
      throw new OperatorRefused(
        'unknown_reason',
        `"${reason}" is not a configured reason for a pause: choose one of ${reasons.join(', ')}`,
      );
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
      return LOGGED_IN;
    });
  }

  async #change(
    what: { handset: string; queues: number[] | undefined; by: string; event: LoginEventName },
    act: Change,
  ): Promise<void> {
    const { handset, queues: ids, by, event } = what;
    const { asterisk, logins } = this.options;
    this.#handset(handset);
    const own = logins.membershipsOf(handset).map(({ queue }) => queue);
    const foreignQueue = ids?.find((id) => !own.some((queue) => queue.id === id));
    if (foreignQueue !== undefined)
      throw new OperatorRefused('not_its_queue', `${handset} is not a handset of queue ${foreignQueue}`);
    await logins.runExclusive(async () => {
      if (!asterisk.usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
      for (const queue of own.filter(({ id }) => ids === undefined || ids.includes(id))) {
        const membership = await act(queue, logins.membership(queue, handset));
        await logins.record({ queue, handset, membership, event, by });
      }
    });
  }

  #handset(name: string): Handset {
    const found = this.options.directory().handsets.find((handset) => handset.name === name);
    if (found === undefined) throw new OperatorRefused('unknown_handset', `there is no handset ${name}`);
    return found;
  }

  #loggedIn(handset: string): number[] {
    const queues = this.options.logins.membershipsOf(handset);
    return queues.filter(({ membership }) => membership.loggedIn).map(({ queue }) => queue.id);
  }
}
