import type { Clock, Instant } from '../lib/clock.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { SECOND_MS } from '../lib/time.js';
import type { NewDelivery } from '../storage/schema.js';
import { evaluate } from './evaluate.js';
import type { Facts } from './facts.js';
import { readingsOf } from './readings.js';
import type { Alarm, AlarmNews } from './rules.js';
import type { AlarmSettings } from './schema.js';
import type { AlarmStore } from './store.js';

const EVERY_MS = 15 * SECOND_MS;
/** The first look comes when Asterisk is connected and its queues are known. */
const FIRST_MS = 5 * SECOND_MS;

interface AlarmRunnerOptions {
  store: AlarmStore;
  settings: () => AlarmSettings;
  /** Collects the facts. @throws when none can be collected */
  look: (settings: AlarmSettings, now: Instant) => Promise<Facts>;
  deliveriesOf: (alarm: Alarm, news: AlarmNews) => readonly NewDelivery[];
  /** Messages were stored. */
  onStored: () => void;
  onError: (error: unknown) => void;
  clock: Clock;
}

/** Looks for alarms at intervals, and stores what has changed together with the messages about it. */
export class AlarmRunner {
  readonly #job: RepeatingJob;

  constructor(private readonly options: AlarmRunnerOptions) {
    const { clock, onError } = options;
    this.#job = new RepeatingJob({
      clock,
      everyMs: EVERY_MS,
      firstMs: FIRST_MS,
      run: () => this.run().catch(onError),
    });
  }

  start(): void {
    this.#job.start();
  }

  stop(): Promise<void> {
    return this.#job.stop();
  }

  async run(): Promise<void> {
    const { store, settings, look, deliveriesOf, onStored, clock } = this.options;
    const company = settings();
    const facts = await look(company, clock.now());
    const now = clock.now();
    const [open, silences] = await Promise.all([store.open(), store.silences(now)]);
    const changes = evaluate({ open, silences }, readingsOf(facts, company, now), company, now);
    if (changes.length === 0) return;
    await store.apply(changes, deliveriesOf);
    if (changes.some(({ news }) => news !== undefined)) onStored();
  }
}
