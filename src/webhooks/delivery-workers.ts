import { DeliveryWorker, type DeliveryWorkerOptions } from './delivery-worker.js';
import type { Webhook } from './schema.js';

interface DeliveryWorkersOptions extends DeliveryWorkerOptions {
  webhooks: () => readonly Webhook[];
}

/** One delivery worker per configured webhook. */
export class DeliveryWorkers {
  readonly #couriers = new Map<string, DeliveryWorker>();
  #changing: Promise<void> = Promise.resolve();
  /** Also before the start. */
  #stopped = true;

  constructor(private readonly options: DeliveryWorkersOptions) {}

  async start(): Promise<void> {
    await this.options.outbox.setups.load();
    this.#stopped = false;
    this.changed();
    await this.#changing;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#changing;
    await Promise.all([...this.#couriers.values()].map((courier) => courier.stop()));
  }

  /** Deliveries were stored or queued again. @param hooks their webhooks; default: all */
  wake(hooks?: ReadonlySet<string>): void {
    for (const [name, courier] of this.#couriers) if (hooks?.has(name) ?? true) courier.wake();
  }

  /** The configuration of the webhooks changed. */
  changed(): void {
    this.#changing = this.#changing.then(() => this.#converge()).catch(this.options.onError);
  }

  /** Resolves when every worker is idle; requests may be in progress. */
  async idle(): Promise<void> {
    await this.#changing;
    await Promise.all([...this.#couriers.values()].map((courier) => courier.idle()));
  }

  async #converge(): Promise<void> {
    if (this.#stopped) return;
    const { outbox, clock } = this.options;
    const hooks = this.options.webhooks();
    const known = new Set(hooks.map(({ name }) => name));
    for (const [name, courier] of this.#couriers) {
      if (known.has(name)) continue;
      this.#couriers.delete(name);
      await courier.stop();
    }
    for (const name of await outbox.hooksWithWaiting()) {
      if (!known.has(name)) await outbox.abandon(name, clock.now());
    }
    for (const hook of hooks) {
      const courier = this.#couriers.get(hook.name) ?? new DeliveryWorker(hook, this.options);
      this.#couriers.set(hook.name, courier);
      courier.wake(hook);
    }
  }
}
