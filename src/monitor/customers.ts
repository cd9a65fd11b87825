import type { Customer, LiveState, Sighting, WatchedCall } from '../live-state/live-state.js';

/** Has each call's number looked up once, as soon as the call is seen. */
export class Customers {
  readonly #asked = new Set<string>();

  constructor(
    private readonly options: {
      find: (number: string) => Promise<Customer | null>;
      saw: (sighting: Sighting) => void;
    },
  ) {}

  look({ calls }: LiveState): void {
    for (const id of this.#asked) if (!calls.has(id)) this.#asked.delete(id);
    for (const call of calls.values()) {
      const number = numberOf(call);
      if (number === '' || this.#asked.has(call.id)) continue;
      this.#asked.add(call.id);
      void this.#ask(call.id, number);
    }
  }

  async #ask(id: string, number: string): Promise<void> {
    const customer = await this.options.find(number);
    if (customer !== null) this.options.saw({ type: 'customer', id, customer });
  }
}

function numberOf({ flow, stay }: WatchedCall): string {
  return flow?.caller ?? stay?.caller.number ?? '';
}
