import type { Clock } from '../lib/clock.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import type { DueDelivery, Outbox } from './outbox.js';
import { afterAttempt, beforeAttempt, LONGEST_PAUSE_MS, type AttemptResult } from './schedule.js';
import type { Webhook } from './schema.js';
import type { SendDelivery } from './sender.js';

/** Requests to one webhook at the same time. */
const AT_ONCE = 8;
/** How long after a failure of the database it is asked again. */
const DATABASE_PAUSE_MS = 1000;

export interface DeliveryWorkerOptions {
  outbox: Outbox;
  send: SendDelivery;
  clock: Clock;
  onTrouble: (error: unknown) => void;
}

interface Finished {
  delivery: DueDelivery;
  result: AttemptResult;
  startedAt: number;
  now: number;
}

/**
 * Delivers what waits for one webhook: the events of a call one after another, those of different calls side by side.
 * What waits stays in the database; in memory are the requests under way. A request that is under way when the process
 * dies is made again, with the same event id.
 */
export class DeliveryWorker {
  /** Calls with a request under way. */
  readonly #busy = new Set<string>();
  /** Requests that are over, until the database has what came of them: their calls are busy still. */
  readonly #finished: Finished[] = [];
  readonly #turns = new KeyedQueue();
  #turnWaits = false;
  #cancelTimer: () => void = () => undefined;
  #stopped = false;

  constructor(
    private hook: Webhook,
    private readonly options: DeliveryWorkerOptions,
  ) {}

  /** Something may be due. `hook`: as it is set up now. */
  wake(hook: Webhook = this.hook): void {
    this.hook = hook;
    if (this.#turnWaits || this.#stopped) return;
    this.#turnWaits = true;
    void this.#turns.run('database', () => this.#turn());
  }

  /** Resolves when the database has been asked and told everything; requests may be under way. */
  idle(): Promise<void> {
    return this.#turns.idle();
  }

  /** Requests under way are not waited for. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.idle();
    this.#cancelTimer();
  }

  /** Starts as many requests as there may be, and sets the timer for when more is due. */
  async #fill(): Promise<void> {
    const { outbox, clock } = this.options;
    while (this.#busy.size < AT_ONCE && !this.#stopped) {
      const free = AT_ONCE - this.#busy.size;
      const due = await outbox.due(this.hook.name, clock.now(), [...this.#busy], free);
      if (due.length === 0) {
        const at = await outbox.nextDueAt(this.hook.name, [...this.#busy]);
        // The clock was set back: nobody waits for it to be that late again.
        if (at !== undefined && at > clock.now() + LONGEST_PAUSE_MS) await outbox.dueNow(this.hook.name, clock.now());
        else {
          if (at !== undefined) this.#wakeAt(at);
          return;
        }
      }
      for (const delivery of due) await this.#take(delivery);
    }
  }

  async #take(delivery: DueDelivery): Promise<void> {
    const { outbox, clock } = this.options;
    if (this.#stopped || this.#busy.has(delivery.flowId)) return;
    const verdict = beforeAttempt(delivery, clock.now());
    if (verdict === 'send') void this.#send(delivery);
    else await outbox.settle(delivery, verdict, clock.now());
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

  /** One at a time. When the database fails, everything stays as it is and is looked at again soon. */
  async #turn(): Promise<void> {
    const { clock, onTrouble } = this.options;
    this.#turnWaits = false;
    this.#cancelTimer();
    try {
      await this.#record();
      await this.#fill();
    } catch (error) {
      onTrouble(error);
      this.#wakeAt(clock.now() + DATABASE_PAUSE_MS);
    }
  }

  #wakeAt(at: number): void {
    this.#cancelTimer();
    if (!this.#stopped) this.#cancelTimer = this.options.clock.wakeAt(at, () => this.wake());
  }
}
