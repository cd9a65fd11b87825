/**
 * Searches the highest rate that is sustained: doubles until a step fails, then halves the distance (in ratio). One ladder a
 * server, climbed in turns, so that what else the machine does meanwhile falls on all alike.
 */
export class Ladder {
  #passed = 0;
  #failed = Infinity;
  #failuresInARow = 0;
  readonly #limits: { first: number; highest: number; precision: number };

  /** `precision`: the search ends when the lowest failed rate is within this ratio of the highest passed. */
  constructor(limits: { first: number; highest: number; precision: number }) {
    this.#limits = limits;
  }

  /** Calls a second; undefined when the search is over. */
  next(): number | undefined {
    const { first, highest, precision } = this.#limits;
    if (this.#passed >= highest || this.#failed / this.#passed <= precision) return undefined;
    if (this.#passed === 0)
      return this.#failed <= 1 ? undefined : Math.max(1, Math.round(Math.min(first, this.#failed / 2)));
    if (this.#failed === Infinity) return Math.min(highest, this.#passed * 2);
    const middle = Math.round(Math.sqrt(this.#passed * this.#failed));
    return middle <= this.#passed || middle >= this.#failed ? undefined : middle;
  }

  /** A step has to fail twice: once may have been something else on the machine. */
  note(rate: number, passed: boolean): void {
    if (passed) {
      this.#passed = Math.max(this.#passed, rate);
      this.#failuresInARow = 0;
      return;
    }
    this.#failuresInARow += 1;
    if (this.#failuresInARow < 2) return;
    this.#failed = Math.min(this.#failed, rate);
    this.#failuresInARow = 0;
  }

  /** The highest rate that passed; 0 when none did. */
  get sustained(): number {
    return this.#passed;
  }

  /** True when a rate above {@link sustained} is known to fail: otherwise the search was cut short. */
  get bounded(): boolean {
    return this.#failed !== Infinity;
  }
}
