import type { AsteriskEvent, AsteriskPort } from '../asterisk/port.js';
import type { QueueMember, QueuePort } from '../asterisk/queue-port.js';
import type { Handset, Operator, Queue } from '../directory/schema.js';
import type { QueueMemberships, QueueMembership } from '../directory/queue-membership.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { LoginEventName, MembershipChange, MembershipStore } from './membership-store.js';

export const ACTIVE: QueueMembership = { loggedIn: true, paused: false, pauseReason: '' };
export const OUT: QueueMembership = { loggedIn: false, paused: false, pauseReason: '' };

/** By so much Asterisk's time of a call's end, in whole seconds of its own clock, may differ from when we hear of it. */
const SAME_CALL_MS = 3_000;

/** Who did it, of what was changed in Asterisk itself. */
const ASTERISK = 'asterisk';

/** What is set up, as far as this is concerned. */
export interface AgentDirectory {
  handsets: readonly Handset[];
  queues: readonly Queue[];
  operators: readonly Operator[];
}

interface AgentLoginSyncOptions {
  asterisk: Pick<AsteriskPort, 'onEvent'> & Pick<QueuePort, 'listQueues'>;
  standings: MembershipStore;
  directory: () => AgentDirectory;
  clock: Clock;
  logger: Logger;
}

/**
 * Keeps the gateway's memory of who is logged in and Asterisk's at one. Asterisk has the last word: what was changed
 * there, with or without the gateway, is learned. Only after Asterisk itself has restarted it is told anew, since it
 * forgets its last second.
 */
export class AgentLoginSync implements QueueMemberships {
  #unsubscribe: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();
  /** Asterisk is another one than that which was told. */
  #forgot = false;
  #willLook = false;
  /** The last talk that each handset has had in a queue, as far as it was heard of. */
  readonly #lastTalks = new Map<string, { queue: number; at: Instant }>();

  constructor(private readonly options: AgentLoginSyncOptions) {}

  async start(): Promise<void> {
    await this.options.standings.load();
    this.#unsubscribe = this.options.asterisk.onEvent((event) => this.#onMemberEvent(event));
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#work;
  }

  /** In all its queues, as far as the gateway knows. */
  standingsOf(handset: string): { queue: Queue; standing: QueueMembership }[] {
    const queues = this.options.directory().queues.filter(({ handsets }) => handsets.includes(handset));
    return queues.map((queue) => ({ queue, standing: this.standing(queue, handset) }));
  }

  standing(queue: Queue, handset: string): QueueMembership {
    return this.options.standings.get(queue.id, handset) ?? (queue.starts_logged_out ? OUT : ACTIVE);
  }

  /** How long the queue of its last call leaves a handset in peace, in all its queues; 0 when nobody here heard which that was. */
  lastWrapUpMs({ handset, lastCallAt }: Pick<QueueMember, 'handset' | 'lastCallAt'>): number {
    const talk = this.#lastTalks.get(handset);
    if (talk === undefined || lastCallAt === null || Math.abs(talk.at - lastCallAt) > SAME_CALL_MS) return 0;
    return this.options.directory().queues.find(({ id }) => id === talk.queue)?.wrap_up ?? 0;
  }

  keep(job: (standing: (queue: number, handset: string) => QueueMembership) => Promise<void>): Promise<void> {
    return this.inTurn(async () => {
      if (!this.#forgot) await this.#learn();
      const { queues } = this.options.directory();
      await job((id, handset) => {
        const queue = queues.find((one) => one.id === id);
        return queue === undefined ? OUT : this.standing(queue, handset);
      });
      this.#forgot = false;
      await this.#remember(queues);
    });
  }

  /** Writes down what somebody did, once Asterisk has it. Within {@link inTurn}. */
  async write(change: { queue: Queue; handset: string; standing: QueueMembership; event: LoginEventName; by: string }) {
    const { queue, handset, standing, event, by } = change;
    if (isSame(this.standing(queue, handset), standing)) return;
    await this.options.standings.change([this.#changeOf(queue.id, handset, standing, event, by)]);
  }

  /** One job after the other: none sees Asterisk and this memory differ because of another. */
  inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#work.then(job);
    this.#work = result.catch(() => undefined);
    return result;
  }

  #onMemberEvent(event: AsteriskEvent): void {
    if (event.type === 'link_up') this.#forgot ||= event.restarted;
    else if (event.type === 'queue_talk_over') this.#lastTalks.set(event.handset, { queue: event.queue, at: event.at });
    else if (event.type === 'queue_member') this.#compare(event.queue, event.member.handset, event.member);
    else if (event.type === 'queue_member_gone') this.#compare(event.queue, event.handset, undefined);
  }

  /** Something is otherwise than it is written here: somebody changed it in Asterisk, or it is about to be written. */
  #compare(queue: number, handset: string, member: QueueMember | undefined): void {
    const known = this.options.standings.get(queue, handset);
    if (known === undefined || this.#willLook || isSame(known, standingOf(member))) return;
    this.#willLook = true;
    void this.inTurn(async () => {
      this.#willLook = false;
      if (!this.#forgot) await this.#learn();
    }).catch((error: unknown) => {
      // What is not told now is learned after the next connect.
      this.options.logger.warn({ err: error }, 'Asterisk did not tell who is logged in');
    });
  }

  /** Takes over what Asterisk has, of the handsets that were put there once. */
  async #learn(): Promise<void> {
    const { asterisk, standings, directory } = this.options;
    const listed = await asterisk.listQueues();
    const changes = directory().queues.flatMap((queue) => {
      const found = listed.find(({ id }) => id === queue.id);
      if (found === undefined) return [];
      return queue.handsets.flatMap((handset): MembershipChange[] => {
        const known = standings.get(queue.id, handset);
        const now = standingOf(found.members.find((member) => member.handset === handset));
        if (known === undefined || isSame(known, now)) return [];
        return [this.#changeOf(queue.id, handset, now, nameOf(known, now), ASTERISK)];
      });
    });
    await standings.change(changes);
  }

  async #remember(queues: readonly Queue[]): Promise<void> {
    const { standings } = this.options;
    const pairs = queues.flatMap((queue) =>
      queue.handsets.map((handset) => ({ queue: queue.id, handset, standing: this.standing(queue, handset) })),
    );
    await standings.change(pairs.filter(({ queue, handset }) => standings.get(queue, handset) === undefined));
    await standings.keepOnly(pairs);
  }

  #changeOf(
    queue: number,
    handset: string,
    standing: QueueMembership,
    event: LoginEventName,
    by: string,
  ): MembershipChange {
    const { directory, clock } = this.options;
    const operator = directory().operators.find((one) => one.handset === handset)?.login ?? null;
    const told = { at: clock.now(), handset, operator, queue, event, reason: standing.pauseReason, by };
    return { queue, handset, standing, event: told };
  }
}

function standingOf(member: QueueMember | undefined): QueueMembership {
  return member === undefined ? OUT : { loggedIn: true, paused: member.paused, pauseReason: member.pauseReason };
}

function isSame(a: QueueMembership, b: QueueMembership): boolean {
  return a.loggedIn === b.loggedIn && a.paused === b.paused && a.pauseReason === b.pauseReason;
}

function nameOf(before: QueueMembership, after: QueueMembership): LoginEventName {
  if (before.loggedIn !== after.loggedIn) return after.loggedIn ? 'logged_in' : 'logged_out';
  return after.paused ? 'paused' : 'unpaused';
}
