import { logCall } from '../lib/log-call.js';
import {
  callOf,
  type Customer,
  type LiveCall,
  type LiveStateChange,
  type LiveStateEvent,
} from '../live-state/live-state.js';

/** Looks the number of each call up once, as soon as the call appears in the live state. */
export class CallerLookups {
  readonly #requested = new Set<string>();

  constructor(
    private readonly options: {
      find: (number: string) => Promise<Customer | null>;
      apply: (event: LiveStateEvent) => void;
    },
  ) {}

  update({ state: { calls }, event }: LiveStateChange): void {
    const id = callOf(event);
    const changed = id === undefined ? [...this.#requested, ...calls.keys()] : [id];
    for (const each of changed) this.#updateCall(each, calls.get(each));
  }

  #updateCall(id: string, call: LiveCall | undefined): void {
    if (call === undefined) {
      this.#requested.delete(id);
      return;
    }
    const number = numberOf(call);
    if (number === '' || this.#requested.has(id)) return;
    this.#requested.add(id);
    void logCall(id, () => this.#lookUp(id, number));
  }

  async #lookUp(id: string, number: string): Promise<void> {
    const customer = await this.options.find(number);
    if (customer !== null) this.options.apply({ type: 'customer', id, customer });
  }
}

function numberOf({ flow, stay }: LiveCall): string {
  return flow?.caller ?? stay?.caller.number ?? '';
}
