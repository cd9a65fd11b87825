import { Histogram, type Registry } from 'prom-client';
import type { ShopFact } from '../alarms/facts.js';
import type { EffectSender } from '../http/effect-sender.js';
import type { Clock } from '../lib/clock.js';

/** Addresses that are told apart; further ones share a label and are not watched. */
const MOST_SHOPS = 30;
const OTHERS = 'other';

/** How requests of calls to the web applications of shops go: for alarms and metrics. */
export class Shops {
  readonly #facts = new Map<string, ShopFact>();
  readonly #latency: Histogram<'shop' | 'result'>;

  constructor(private readonly options: { registry: Registry; clock: Pick<Clock, 'now'> }) {
    this.#latency = new Histogram({
      name: 'cordboard_shop_request_seconds',
      help: 'Time from a request of a call to a shop to its response, by address and result',
      labelNames: ['shop', 'result'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8],
      registers: [options.registry],
    });
  }

  /** The addresses that were called since the start. */
  get facts(): ShopFact[] {
    return [...this.#facts.values()];
  }

  /** Watches the requests of a sender. */
  watched(sender: Pick<EffectSender, 'send'>): Pick<EffectSender, 'send'> {
    return {
      send: async (effect, signal) => {
        const outcome = await sender.send(effect, signal);
        const problem = 'failed' in outcome ? outcome.failed : badStatus(outcome.status);
        this.#record(addressOf(effect.url), outcome.latencyMs, problem);
        return outcome;
      },
    };
  }

  #record(address: string, latencyMs: number, problem: string | undefined): void {
    const known = this.#facts.get(address);
    const isWatched = known !== undefined || this.#facts.size < MOST_SHOPS;
    const labels = { shop: isWatched ? address : OTHERS, result: problem === undefined ? 'ok' : 'failed' };
    this.#latency.observe(labels, latencyMs / 1000);
    if (!isWatched) return;
    const fact =
      problem === undefined
        ? { shop: address, failingSince: null, failures: 0, problem: '' }
        : {
            shop: address,
            failingSince: known?.failingSince ?? this.options.clock.now(),
            failures: (known?.failures ?? 0) + 1,
            problem,
          };
    this.#facts.set(address, fact);
  }
}

function badStatus(status: number): string | undefined {
  return status >= 200 && status <= 299 ? undefined : `HTTP ${status}`;
}

/** Without the query, which can hold a secret or the data of a call. */
function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin + new URL(url).pathname : 'invalid';
}
