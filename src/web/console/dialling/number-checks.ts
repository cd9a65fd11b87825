import { signal, type ReadonlySignal } from '@preact/signals';

/** Why a number may not be called; null: it may; undefined: not known yet. */
export type NumberCheck = 'bad_number' | 'refused' | null | undefined;

/** @returns the answers in the same order; undefined when there are none */
type Ask = (numbers: string[]) => Promise<NumberCheck[] | undefined>;

/** Numbers of one request. */
const MAX_AT_ONCE = 200;

/** Asks which numbers may be called: all that a page shows in one request, and each number once. */
export class NumberChecks {
  readonly #checks = new Map<string, ReturnType<typeof signal<NumberCheck>>>();
  #waiting: string[] = [];

  constructor(
    private readonly ask: Ask,
    private readonly soon: (run: () => void) => void = (run) => queueMicrotask(run),
  ) {}

  of(number: string): ReadonlySignal<NumberCheck> {
    const known = this.#checks.get(number);
    if (known !== undefined) return known;
    const check = signal<NumberCheck>(undefined);
    this.#checks.set(number, check);
    if (this.#waiting.length === 0) this.soon(() => void this.#send());
    this.#waiting.push(number);
    return check;
  }

  async #send(): Promise<void> {
    const numbers = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < numbers.length; start += MAX_AT_ONCE) {
      const some = numbers.slice(start, start + MAX_AT_ONCE);
      const answers = await this.ask(some);
      some.forEach((number, index) => {
        const check = this.#checks.get(number);
        // Without an answer the number is asked about again when it is shown again.
        if (answers === undefined) this.#checks.delete(number);
        else if (check !== undefined) check.value = answers[index];
      });
    }
  }
}
