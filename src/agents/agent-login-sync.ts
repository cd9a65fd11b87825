import type { AsteriskEvent, AsteriskPort } from '../asterisk/port.js';
import type { QueueMember, QueuePort } from '../asterisk/queue-port.js';
import type { Handset, Operator, Queue } from '../directory/schema.js';
import { EXTENDED_WRAP_UP, type QueueMemberships, type QueueMembership } from '../directory/queue-membership.js';
import type { Clock, Instant } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';
import type { Logger } from '../lib/logger.js';
import type { LoginEventName, MembershipChange, MembershipStore } from './membership-store.js';

export const LOGGED_IN: QueueMembership = { loggedIn: true, paused: false, pauseReason: '' };
export const LOGGED_OUT: QueueMembership = { loggedIn: false, paused: false, pauseReason: '' };

/** Tolerance between Asterisk's end of a call, in whole seconds of its clock, and the instant of our event. */
const SAME_CALL_MS = 3_000;

/** The author of changes that were made in Asterisk itself. */
const BY_ASTERISK = 'asterisk';

/** The part of the configuration that agent logins need. */
export interface AgentDirectory {
  handsets: readonly Handset[];
  queues: readonly Queue[];
  operators: readonly Operator[];
}

interface AgentLoginSyncOptions {
  asterisk: Pick<AsteriskPort, 'onEvent'> & Pick<QueuePort, 'listQueues'>;
  store: MembershipStore;
  directory: () => AgentDirectory;
  clock: Clock;
  logger: Logger;
}

/**
 * Synchronizes the stored agent logins with Asterisk's queues. Asterisk's state wins: changes there, by the gateway or not,
 * are stored. Only after a restart of Asterisk the stored state wins, because Asterisk loses its last second.
 */
export class AgentLoginSync implements QueueMemberships {
  #unsubscribe: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();
  /** Asterisk has restarted and has not got the stored state yet. */
  #restarted = false;
  #pullScheduled = false;
  /** The last known talk of each handset in a queue. */
  readonly #lastTalks = new Map<string, { queue: number; at: Instant }>();

  constructor(private readonly options: AgentLoginSyncOptions) {}

  async start(): Promise<void> {
    await this.options.store.load();
    this.#unsubscribe = this.options.asterisk.onEvent((event) => this.#onMemberEvent(event));
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#work;
  }

  /** The stored membership of a handset in each of its queues. */
  membershipsOf(handset: string): { queue: Queue; membership: QueueMembership }[] {
    const queues = this.options.directory().queues.filter(({ handsets }) => handsets.includes(handset));
    return queues.map((queue) => ({ queue, membership: this.membership(queue, handset) }));
  }

  membership(queue: Queue, handset: string): QueueMembership {
    return this.options.store.get(queue.id, handset) ?? (queue.starts_logged_out ? LOGGED_OUT : LOGGED_IN);
  }

  /** The wrap-up time after the handset's last call, which applies in all its queues; 0 when the queue of that call is unknown. */
  lastWrapUpMs({ handset, lastCallAt }: Pick<QueueMember, 'handset' | 'lastCallAt'>): number {
    const talk = this.#lastTalks.get(handset);
    if (talk === undefined || lastCallAt === null || Math.abs(talk.at - lastCallAt) > SAME_CALL_MS) return 0;
    return this.options.directory().queues.find(({ id }) => id === talk.queue)?.wrap_up ?? 0;
  }

  withLogins(job: (membershipOf: (queue: number, handset: string) => QueueMembership) => Promise<void>): Promise<void> {
    return this.runExclusive(async () => {
      if (!this.#restarted) await this.#pullFromAsterisk();
      const { queues } = this.options.directory();
      await job((id, handset) => {
        const queue = queues.find((candidate) => candidate.id === id);
        return queue === undefined ? LOGGED_OUT : this.membership(queue, handset);
      });
      this.#restarted = false;
      await this.#storeDefaults(queues);
    });
  }

  /** Stores a change that Asterisk has accepted. Call it within {@link runExclusive}. */
  async record(news: {
    queue: Queue;
    handset: string;
    membership: QueueMembership;
    event: LoginEventName;
    by: string;
  }) {
    const { queue, handset, membership, event, by } = news;
    const before = this.membership(queue, handset);
    const isSameState = isSame(before, membership);
    if (isSameState && before.pausedUntil === membership.pausedUntil) return;
    const change = this.#changeOf(queue.id, handset, membership, event, by);
    // The history has states, not how long they are to last.
    await this.options.store.change([isSameState ? { queue: queue.id, handset, membership } : change]);
  }

  /** Runs jobs one after another, so that no job sees a half-done change of another one. */
  runExclusive<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#work.then(job);
    this.#work = result.catch(() => undefined);
    return result;
  }

  #onMemberEvent(event: AsteriskEvent): void {
    if (event.type === 'link_up') this.#restarted ||= event.restarted;
    else if (event.type === 'queue_talk_over') this.#lastTalks.set(event.handset, { queue: event.queue, at: event.at });
    else if (event.type === 'queue_member') this.#compare(event.queue, event.member.handset, event.member);
    else if (event.type === 'queue_member_gone') this.#compare(event.queue, event.handset, undefined);
  }

  /** Schedules a pull when an event differs from the stored state: it was changed in Asterisk, or is about to be stored. */
  #compare(queue: number, handset: string, member: QueueMember | undefined): void {
    const known = this.options.store.get(queue, handset);
    if (known === undefined || this.#pullScheduled || isSame(known, membershipOf(member))) return;
    this.#pullScheduled = true;
    void this.runExclusive(async () => {
      this.#pullScheduled = false;
      if (!this.#restarted) await this.#pullFromAsterisk();
    }).catch((error: unknown) => {
      // The next connect pulls again.
      this.options.logger.warn({ err: error }, 'reading agent logins from Asterisk failed');
    });
  }

  /** Stores Asterisk's state of all handsets that have been in its queues before. */
  async #pullFromAsterisk(): Promise<void> {
    const { asterisk, store, directory } = this.options;
    const listed = await asterisk.listQueues();
    const changes = directory().queues.flatMap((queue) => {
      const found = listed.find(({ id }) => id === queue.id);
      if (found === undefined) return [];
      return queue.handsets.flatMap((handset): MembershipChange[] => {
        const known = store.get(queue.id, handset);
        const now = this.#withEnd(membershipOf(found.members.find((member) => member.handset === handset)));
        if (known === undefined || isSame(known, now)) return [];
        return [this.#changeOf(queue.id, handset, now, eventName(known, now), BY_ASTERISK)];
      });
    });
    await store.change(changes);
  }

  /** An extension that was not stored before a crash must end, too. */
  #withEnd(membership: QueueMembership): QueueMembership {
    if (membership.pauseReason !== EXTENDED_WRAP_UP) return membership;
    return { ...membership, pausedUntil: this.options.clock.now() + MINUTE_MS };
  }

  async #storeDefaults(queues: readonly Queue[]): Promise<void> {
    const { store } = this.options;
    const pairs = queues.flatMap((queue) =>
      queue.handsets.map((handset) => ({ queue: queue.id, handset, membership: this.membership(queue, handset) })),
    );
    await store.change(pairs.filter(({ queue, handset }) => store.get(queue, handset) === undefined));
    await store.keepOnly(pairs);
  }

  #changeOf(
    queue: number,
    handset: string,
    membership: QueueMembership,
    event: LoginEventName,
    by: string,
  ): MembershipChange {
    const { directory, clock } = this.options;
    const operator = directory().operators.find((candidate) => candidate.handset === handset)?.login ?? null;
    const loginEvent = { at: clock.now(), handset, operator, queue, event, reason: membership.pauseReason, by };
    return { queue, handset, membership, event: loginEvent };
  }
}

function membershipOf(member: QueueMember | undefined): QueueMembership {
  return member === undefined ? LOGGED_OUT : { loggedIn: true, paused: member.paused, pauseReason: member.pauseReason };
}

function isSame(a: QueueMembership, b: QueueMembership): boolean {
  return a.loggedIn === b.loggedIn && a.paused === b.paused && a.pauseReason === b.pauseReason;
}

function eventName(before: QueueMembership, after: QueueMembership): LoginEventName {
  if (before.loggedIn !== after.loggedIn) return after.loggedIn ? 'logged_in' : 'logged_out';
  return after.paused ? 'paused' : 'unpaused';
}
