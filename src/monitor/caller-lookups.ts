import type { Customer, LiveState, LiveStateEvent, LiveCall } from '../live-state/live-state.js';

/** Looks the number of each call up once, as soon as the call appears in the live state. */
export class CallerLookups {
  readonly #requested = new Set<string>();

  constructor(
    private readonly options: {
      find: (number: string) => Promise<Customer | null>;
      apply: (event: LiveStateEvent) => void;
    },
  ) {}

  update({ calls }: LiveState): void {
    for (const id of this.#requested) if (!calls.has(id)) this.#requested.delete(id);
    for (const call of calls.values()) {
      const number = numberOf(call);
      if (number === '' || this.#requested.has(call.id)) continue;
      this.#requested.add(call.id);
      void this.#lookUp(call.id, number);
    }
  }

  async #lookUp(id: string, number: string): Promise<void> {
    const customer = await this.options.find(number);
    if (customer !== null) this.options.apply({ type: 'customer', id, customer });
  }
}

function numberOf({ flow, stay }: LiveCall): string {
  return flow?.caller ?? stay?.caller.number ?? '';
}
