import type { Clock } from '../lib/clock.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import type { DueDelivery, Outbox } from './outbox.js';
import { afterAttempt, beforeAttempt, LONGEST_PAUSE_MS, type AttemptResult } from './schedule.js';
import type { Webhook } from './schema.js';
import type { SendDelivery } from './sender.js';

/** Concurrent requests to one webhook. */
const AT_ONCE = 8;
/** Milliseconds until the database is read again after a failure. */
const DATABASE_PAUSE_MS = 1000;

export interface DeliveryWorkerOptions {
  outbox: Outbox;
  send: SendDelivery;
  clock: Clock;
  onError: (error: unknown) => void;
}

interface Finished {
  delivery: DueDelivery;
  result: AttemptResult;
  startedAt: number;
  now: number;
}

/**
 * Delivers the waiting deliveries of one webhook: in order within a call, concurrently across calls. Deliveries wait in the database; only
 * requests in progress are in memory. A request in progress when the process dies is sent again with the same event id.
 */
export class DeliveryWorker {
  /** Calls with a request in progress. */
  readonly #busy = new Set<string>();
  /** Finished requests whose result is not stored yet; their calls stay busy. */
  readonly #finished: Finished[] = [];
  readonly #turns = new KeyedQueue();
  #turnWaits = false;
  #cancelTimer: () => void = () => undefined;
  #stopped = false;

  constructor(
    private hook: Webhook,
    private readonly options: DeliveryWorkerOptions,
  ) {}

  /** Checks for due deliveries. `hook`: its present configuration. */
  wake(hook: Webhook = this.hook): void {
    this.hook = hook;
    if (this.#turnWaits || this.#stopped) return;
    this.#turnWaits = true;
    void this.#turns.run('database', () => this.#turn());
  }

  /** Resolves when all results are stored and nothing more is due; requests may be in progress. */
  idle(): Promise<void> {
    return this.#turns.idle();
  }

  /** Does not wait for requests in progress. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.idle();
    this.#cancelTimer();
  }

  /** Starts requests up to the limit, and sets the timer for the next due delivery. */
  async #fill(): Promise<void> {
    const { outbox, clock } = this.options;
    while (this.#busy.size < AT_ONCE && !this.#stopped) {
      const free = AT_ONCE - this.#busy.size;
      const { due, nextDueAt, isComplete } = await outbox.due(this.hook.name, clock.now(), [...this.#busy], free);
      // The clock was set back: make the delivery due now instead of waiting for it to catch up.
      if (due.length === 0 && nextDueAt !== undefined && nextDueAt > clock.now() + LONGEST_PAUSE_MS) {
        await outbox.dueNow(this.hook.name, clock.now());
        continue;
      }
      let hasSettled = false;
      for (const delivery of due) hasSettled = (await this.#take(delivery)) === 'settled' || hasSettled;
      // The delivery behind a settled one is due now.
      if (hasSettled || (!isComplete && due.length > 0)) continue;
      if (nextDueAt !== undefined) this.#wakeAt(nextDueAt);
      return;
    }
  }

  async #take(delivery: DueDelivery): Promise<'sent' | 'settled' | 'skipped'> {
    const { outbox, clock } = this.options;
    if (this.#stopped || this.#busy.has(delivery.flowId)) return 'skipped';
    const verdict = beforeAttempt(delivery, clock.now());
    if (verdict === 'send') {
      void this.#send(delivery);
      return 'sent';
    }
    await outbox.settle(delivery, verdict, clock.now());
    return 'settled';
  }

  async #send(delivery: DueDelivery): Promise<void> {
    const { send, clock } = this.options;
    this.#busy.add(delivery.flowId);
    const startedAt = clock.now();
    const result = await send(this.hook, delivery);
    this.#finished.push({ delivery, result, startedAt, now: clock.now() });
    this.wake();
  }

  async #record(): Promise<void> {
    for (let first = this.#finished[0]; first !== undefined && !this.#stopped; first = this.#finished[0]) {
      const { delivery, result, startedAt, now } = first;
      const fate = afterAttempt({ tries: delivery.tries + 1, expiresAt: delivery.expiresAt }, result, now);
      await this.options.outbox.attempted(this.hook.name, delivery, result, fate, { startedAt, now });
      this.#finished.shift();
      this.#busy.delete(delivery.flowId);
    }
  }

  /** Serializes turns. After a failure of the database the state stays and the turn is repeated soon. */
  async #turn(): Promise<void> {
    const { clock, onError } = this.options;
    this.#turnWaits = false;
    this.#cancelTimer();
    try {
      await this.#record();
      await this.#fill();
    } catch (error) {
      onError(error);
      this.#wakeAt(clock.now() + DATABASE_PAUSE_MS);
    }
  }

  #wakeAt(at: number): void {
    this.#cancelTimer();
    if (!this.#stopped) this.#cancelTimer = this.options.clock.wakeAt(at, () => this.wake());
  }
}
