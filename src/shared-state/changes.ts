import { z } from 'zod';
import type { SharedState } from './port.js';

const subject = z.enum(['configuration', 'accounts', 'tokens', 'sessions', 'bans', 'customers', 'handsets']);
/** What a gateway keeps in memory of the database. */
export type ChangeSubject = z.output<typeof subject>;

const TOPIC = 'changes';

type Job = () => unknown;

interface ChangesOptions {
  state: Pick<SharedState, 'publish' | 'subscribe' | 'onJoined'>;
  onError: (subject: ChangeSubject, error: unknown) => void;
}

/**
 * Tells the other gateways on the same database that it has changed, so that they read it again. After each time without contact everything
 * is read again, since messages may have been missed.
 */
export class Changes {
  readonly #readers = new Map<ChangeSubject, Reader>();
  readonly #unsubscribe: (() => void)[];

  constructor(private readonly options: ChangesOptions) {
    const { state } = options;
    this.#unsubscribe = [
      state.subscribe(TOPIC, subject, (changed) => this.#readers.get(changed)?.read()),
      state.onJoined(() => {
        for (const reader of this.#readers.values()) reader.read();
      }),
    ];
  }

  /** To be called when the change is stored. */
  announce(changed: ChangeSubject): void {
    // A read in progress may have read the former state.
    this.#readers.get(changed)?.readAgain();
    this.options.state.publish(TOPIC, changed);
  }

  /** Reads what other gateways may have changed without a word: there may be no Redis. */
  read(...changed: ChangeSubject[]): void {
    for (const each of changed) this.#readers.get(each)?.read();
  }

  /** @param read reads the state from the database, or forgets what is kept of it */
  onChange(changed: ChangeSubject, read: Job): void {
    this.#readers.set(changed, new Reader(read, (error) => this.options.onError(changed, error)));
  }

  /** Resolves when nothing is being read any more. */
  async stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await Promise.all([...this.#readers.values()].map((reader) => reader.idle));
  }
}

/** Reads once at a time. What is announced meanwhile causes one more read. */
class Reader {
  idle: Promise<void> = Promise.resolve();
  #isReading = false;
  /** Increases with each reason to read. */
  #wanted = 0;

  constructor(
    private readonly job: Job,
    private readonly onError: (error: unknown) => void,
  ) {}

  read(): void {
    this.#wanted += 1;
    if (!this.#isReading) this.idle = this.#run();
  }

  /** Repeats a read in progress. */
  readAgain(): void {
    this.#wanted += 1;
  }

  async #run(): Promise<void> {
    this.#isReading = true;
    for (let read = -1; read !== this.#wanted;) {
      read = this.#wanted;
      try {
        await this.job();
      } catch (error) {
        this.onError(error);
      }
    }
    this.#isReading = false;
  }
}
