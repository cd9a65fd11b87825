import { toE164 } from '../directory/numbers.js';
import { OutboundError, type OutboundClient } from '../http/outbound.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { detachString } from '../lib/detach-string.js';
import type { Customer } from '../live-state/live-state.js';
import type { Lookup } from '../webhooks/lookup-schema.js';
import { SecretMissing } from '../webhooks/request.js';
import { readCustomer } from './customer-answer.js';
import { customerQuestion } from './customer-question.js';

export const MOST_AT_ONCE = 8;
const MOST_WAITING = 200;
const MOST_KEPT = 2_000;
/** After no answer, or a bad one, a number is not asked for again for so long. */
const KEEP_FAILURE_MS = 20_000;

interface LookupOptions {
  settings: () => { lookup?: Lookup | undefined; country: string };
  outbound: Pick<OutboundClient, 'request'>;
  secrets: Readonly<Record<string, string>>;
  clock: Clock;
  logger: Logger;
}

/** Asks the shop who has a number. No call waits for it; a shop that is slow or down costs nothing but the answer. */
export class CustomerLookup {
  readonly #options: LookupOptions;
  readonly #kept = new Map<string, { until: Instant; customer: Promise<Customer | null> }>();
  readonly #waiting: (() => void)[] = [];
  #asking = 0;

  constructor(options: LookupOptions) {
    this.#options = options;
  }

  /** Null when the shop does not know the number, cannot tell, or nobody is to be asked. Never rejects. */
  async find(number: string): Promise<Customer | null> {
    const { settings, clock } = this.#options;
    const { lookup, country } = settings();
    const e164 = toE164(number, country);
    if (lookup === undefined || e164 === undefined) return null;
    const key = detachString(`${lookup.method} ${lookup.url} ${e164}`);
    const now = clock.now();
    const known = this.#kept.get(key);
    if (known !== undefined && known.until > now) return known.customer;
    const customer = this.#inTurn(() => this.#ask(lookup, e164, country));
    const entry = { until: now + lookup.keep, customer: customer.then(({ found }) => found) };
    this.#keep(key, entry);
    const { answered } = await customer;
    if (!answered) entry.until = Math.min(entry.until, clock.now() + KEEP_FAILURE_MS);
    return entry.customer;
  }

  /** Oldest out first. */
  #keep(key: string, entry: { until: Instant; customer: Promise<Customer | null> }): void {
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(oldest);
    }
  }

  async #inTurn(ask: () => Promise<Answered>): Promise<Answered> {
    if (this.#asking >= MOST_AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) return { answered: false, found: null };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#asking += 1;
    try {
      return await ask();
    } finally {
      this.#asking -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #ask(lookup: Lookup, e164: string, country: string): Promise<Answered> {
    const { outbound, secrets, clock, logger } = this.#options;
    try {
      const { status, body: answer } = await outbound.request({
        ...customerQuestion(lookup, { number: e164, country }, secrets, clock.now()),
        connectTimeoutMs: lookup.timeout,
        totalTimeoutMs: lookup.timeout,
        reuse: false,
      });
      const answered = (status >= 200 && status < 300) || status === 404;
      return { answered, found: answered && status !== 404 ? readCustomer(answer) : null };
    } catch (error) {
      if (!(error instanceof OutboundError) && !(error instanceof SecretMissing)) throw error;
      logger.warn({ why: error.message }, 'the shop did not say who calls');
      return { answered: false, found: null };
    }
  }
}

interface Answered {
  answered: boolean;
  found: Customer | null;
}
