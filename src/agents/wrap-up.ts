import { AsteriskError, type AsteriskPort } from '../asterisk/port.js';
import type { QueueMember, QueuePort } from '../asterisk/queue-port.js';
import type { Queue } from '../directory/schema.js';
import { EXTENDED_WRAP_UP, type QueueMembership } from '../directory/queue-membership.js';
import type { Clock, Instant } from '../lib/clock.js';
import { MINUTE_MS, SECOND_MS } from '../lib/time.js';
import { LOGGED_IN, type AgentLoginSync } from './agent-login-sync.js';
import type { MembershipStore } from './membership-store.js';
import { OperatorRefused } from './operators.js';

/** How much later the wrap-up time ends after each extension. */
const EXTENSION_MS = MINUTE_MS;
/** An extended wrap-up time ends at the latest this long after the call. */
const MAX_WRAP_UP_MS = 10 * MINUTE_MS;
const RETRY_MS = 5 * SECOND_MS;

interface WrapUpOptions {
  asterisk: Pick<AsteriskPort, 'usable'> & Pick<QueuePort, 'listQueues' | 'pauseMember' | 'endWrapUp'>;
  logins: Pick<AgentLoginSync, 'membershipsOf' | 'membership' | 'lastWrapUpMs' | 'record' | 'runExclusive'>;
  store: Pick<MembershipStore, 'onChange' | 'pausesWithEnd'>;
  directory: () => { queues: readonly Queue[] };
  /** Called when a handset was added at the end of a queue with a fixed order. */
  onOrderChanged: () => void;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** A queue in which a handset is in wrap-up. */
interface Running {
  queue: Queue;
  membership: QueueMembership;
  lastCallAt: Instant;
  until: Instant;
}

const GATEWAY = 'gateway';

/**
 * Ends and extends the wrap-up time of a handset. Asterisk cannot extend it, so an extension is a pause with an end, which is stored: it
 * ends also after a restart of the gateway or of Asterisk.
 */
export class WrapUp {
  #cancelTimer: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly options: WrapUpOptions) {}

  start(): void {
    this.#unsubscribe = this.options.store.onChange(() => this.#schedule());
    this.#schedule();
  }

  stop(): void {
    this.#unsubscribe();
    this.#cancelTimer();
  }

  /** Ends the wrap-up time in all queues; does nothing when the handset is not in wrap-up. */
  async end(handset: string, by = GATEWAY): Promise<void> {
    const { asterisk, logins, onOrderChanged } = this.options;
    await logins.runExclusive(async () => {
      for (const running of await this.#runningOf(handset)) {
        const { queue } = running;
        await asterisk.endWrapUp(queue.id, handset);
        await this.#endExtension(running, handset, by);
        if (queue.strategy === 'linear') onOrderChanged();
      }
    });
  }

  /** Extends the wrap-up time by a minute. @throws {OperatorRefused} when the handset is not in wrap-up, or at the limit */
  async extend(handset: string, by = GATEWAY): Promise<void> {
    const { asterisk, logins } = this.options;
    await logins.runExclusive(async () => {
      const running = await this.#runningOf(handset);
      if (running.length === 0) throw new OperatorRefused('not_in_wrap_up', `${handset} is not in wrap-up`);
      const until = Math.max(...running.map((each) => each.until));
      const latest = Math.max(...running.map(({ lastCallAt }) => lastCallAt)) + MAX_WRAP_UP_MS;
      if (until >= latest)
        throw new OperatorRefused(
          'wrap_up_limit',
          `the wrap-up ends at most ${MAX_WRAP_UP_MS / MINUTE_MS} minutes after the call`,
        );
      const pausedUntil = Math.min(until + EXTENSION_MS, latest);
      for (const { queue } of running) {
        await asterisk.pauseMember(queue.id, handset, EXTENDED_WRAP_UP);
        const membership = { loggedIn: true, paused: true, pauseReason: EXTENDED_WRAP_UP, pausedUntil };
        await logins.record({ queue, handset, membership, event: 'paused', by });
      }
    });
  }

  /** The queues in which the handset is in wrap-up; none in which it is paused for another reason. */
  async #runningOf(handset: string): Promise<Running[]> {
    const { asterisk, logins, clock } = this.options;
    if (!asterisk.usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
    const memberships = logins.membershipsOf(handset).filter(({ membership }) => isWorking(membership));
    if (memberships.length === 0) return [];
    const listed = await asterisk.listQueues();
    return memberships.flatMap(({ queue, membership }) => {
      const member = listed.find(({ id }) => id === queue.id)?.members.find((each) => each.handset === handset);
      if (member?.lastCallAt == null) return [];
      const until = membership.pausedUntil ?? this.#endOf(queue, member, member.lastCallAt);
      return until > clock.now() ? [{ queue, membership, lastCallAt: member.lastCallAt, until }] : [];
    });
  }

  #endOf(queue: Queue, member: QueueMember, lastCallAt: Instant): Instant {
    return lastCallAt + Math.max(queue.wrap_up, this.options.logins.lastWrapUpMs(member));
  }

  async #endExtension(
    { queue, membership }: Pick<Running, 'queue' | 'membership'>,
    handset: string,
    by: string,
  ): Promise<void> {
    if (membership.pausedUntil === undefined) return;
    const { asterisk, logins } = this.options;
    await asterisk.pauseMember(queue.id, handset, undefined);
    await logins.record({ queue, handset, membership: LOGGED_IN, event: 'unpaused', by });
  }

  #schedule(retryAt = 0): void {
    this.#cancelTimer();
    const { store, clock } = this.options;
    const ends = store.pausesWithEnd().map(({ until }) => until);
    if (ends.length === 0) return;
    this.#cancelTimer = clock.wakeAt(Math.max(Math.min(...ends), retryAt), () => {
      void this.#endDue().catch((error: unknown) => {
        // Such as a lost link to Asterisk.
        if (!(error instanceof AsteriskError)) this.options.onError(error);
        this.#schedule(clock.now() + RETRY_MS);
      });
    });
  }

  async #endDue(): Promise<void> {
    const { store, logins, clock, asterisk, directory } = this.options;
    await logins.runExclusive(async () => {
      const due = store.pausesWithEnd().filter(({ until }) => until <= clock.now());
      if (due.length > 0 && !asterisk.usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
      for (const { queue: id, handset } of due) {
        const queue = directory().queues.find((each) => each.id === id);
        if (queue === undefined) continue;
        await this.#endExtension({ queue, membership: logins.membership(queue, handset) }, handset, GATEWAY);
      }
    });
    this.#schedule();
  }
}

function isWorking({ loggedIn, paused, pausedUntil }: QueueMembership): boolean {
  return loggedIn && (!paused || pausedUntil !== undefined);
}
