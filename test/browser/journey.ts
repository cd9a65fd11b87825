/** Several steps may need as long as several tests. */
export const JOURNEY_MS = 600_000;

interface Step {
  name: string;
  run: () => Promise<void>;
}

/** A walk whose steps continue each other. It is run as one test, so that a second try begins with the first step again. */
export class Journey {
  readonly #steps: Step[] = [];

  step(name: string, run: () => Promise<void>): void {
    this.#steps.push({ name, run });
  }

  async walk(): Promise<void> {
    for (const { name, run } of this.#steps) {
      try {
        await run();
      } catch (error) {
        throw new Error(`in the step: ${name}`, { cause: error });
      }
    }
  }
}
