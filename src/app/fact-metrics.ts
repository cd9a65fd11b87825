import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Facts } from '../alarms/facts.js';
import type { AsteriskPort } from '../asterisk/port.js';

const NANOSECONDS = 1e9;

/** Metrics for whoever is on call, from the facts that alarms look at. What is not known has no sample. */
export class FactMetrics {
  readonly #trunks: Gauge<'trunk'>;
  readonly #waiting: Gauge<'queue'>;
  readonly #longest: Gauge<'queue'>;
  readonly #registered: Gauge<'queue'>;
  readonly #handsets: Gauge<'state'>;
  readonly #deliveries: Gauge<'receiver'>;
  readonly #oldest: Gauge<'receiver'>;
  readonly #disk: Gauge;
  readonly #dials: Gauge<'limit'>;
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });
  #unsubscribe: () => void = () => undefined;

  constructor(
    private readonly registry: Registry,
    private readonly asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'>,
  ) {
    this.#trunks = this.#gauge('cordboard_trunk_up', 'Whether calls over the trunk can work: 1, or 0', ['trunk']);
    this.#waiting = this.#gauge('cordboard_queue_waiting', 'Callers that wait in the queue', ['queue']);
    this.#longest = this.#gauge('cordboard_queue_longest_wait_seconds', 'The longest wait of a present caller', [
      'queue',
    ]);
    this.#registered = this.#gauge('cordboard_queue_handsets', 'Handsets that are logged in and registered', ['queue']);
    this.#handsets = this.#gauge('cordboard_handsets', 'Handsets of the company, by the state of their phones', [
      'state',
    ]);
    this.#deliveries = this.#gauge('cordboard_deliveries_waiting', 'Events that wait for delivery', ['receiver']);
    this.#oldest = this.#gauge('cordboard_delivery_oldest_seconds', 'Age of the oldest waiting event', ['receiver']);
    this.#disk = this.#gauge('cordboard_disk_free_ratio', 'Free part of the disk of the data folder, 0 to 1', []);
    this.#dials = this.#gauge('cordboard_dial_limit_ratio', 'Used part of a limit of outgoing calls, 0 to 1', [
      'limit',
    ]);
    this.#collected();
  }

  start(): void {
    this.#delay.enable();
    const connects = new Counter({
      name: 'cordboard_asterisk_connects_total',
      help: 'Times that the links to Asterisk came up',
      registers: [this.registry],
    });
    this.#unsubscribe = this.asterisk.onEvent(({ type }) => {
      if (type === 'link_up') connects.inc();
    });
  }

  stop(): void {
    this.#unsubscribe();
    this.#delay.disable();
  }

  update({ trunks, queues, handsets, deliveries, disk, dials }: Facts, now: number): void {
    for (const gauge of this.#byLabel) gauge.reset();
    for (const { trunk, problem } of trunks ?? []) this.#trunks.set({ trunk }, problem === undefined ? 1 : 0);
    for (const { queue, waiting, longestSince, registered } of queues ?? []) {
      this.#waiting.set({ queue }, waiting);
      this.#longest.set({ queue }, longestSince === null ? 0 : (now - longestSince) / 1000);
      this.#registered.set({ queue }, registered);
    }
    if (handsets !== undefined) {
      this.#handsets.set({ state: 'registered' }, handsets.registered);
      this.#handsets.set({ state: 'unreachable' }, handsets.unreachable);
      this.#handsets.set({ state: 'not_registered' }, handsets.notRegistered);
    }
    for (const { receiver, waiting, oldestAt } of deliveries ?? []) {
      this.#deliveries.set({ receiver }, waiting);
      this.#oldest.set({ receiver }, (now - oldestAt) / 1000);
    }
    if (disk !== undefined) this.#disk.set(disk.freeBytes / disk.totalBytes);
    if (dials === undefined) return;
    if (dials.maxOpen > 0) this.#dials.set({ limit: 'at_once' }, dials.open / dials.maxOpen);
    if (dials.maxToday > 0) this.#dials.set({ limit: 'per_day' }, dials.today / dials.maxToday);
  }

  /** Those whose samples end with what they are about. */
  get #byLabel(): { reset(): void }[] {
    const queues = [this.#waiting, this.#longest, this.#registered];
    return [this.#trunks, ...queues, this.#handsets, this.#deliveries, this.#oldest];
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  /** What is read with each scrape. */
  #collected(): void {
    const { asterisk, registry } = this;
    const delay = this.#delay;
    new Gauge({
      name: 'cordboard_asterisk_up',
      help: 'Whether ARI and AMI are connected: 1, or 0',
      registers: [registry],
      collect() {
        this.set(asterisk.usable ? 1 : 0);
      },
    });
    new Gauge({
      name: 'cordboard_event_loop_delay_seconds',
      help: 'The longest delay of the event loop since the last scrape',
      registers: [registry],
      collect() {
        this.set(delay.max / NANOSECONDS);
        delay.reset();
      },
    });
  }
}
