import { toE164 } from '../directory/numbers.js';
import { OutboundError, type OutboundClient } from '../http/outbound.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { detachString } from '../lib/detach-string.js';
import type { Customer } from '../live-state/live-state.js';
import type { Lookup } from '../webhooks/lookup-schema.js';
import { SecretMissing } from '../webhooks/request.js';
import { parseCustomer } from './customer-response.js';
import { customerRequest } from './customer-request.js';

export const MAX_CONCURRENT = 8;
const MAX_WAITING = 200;
const MAX_CACHED = 2_000;
/** How long a failed lookup is cached. */
const CACHE_FAILURE_MS = 20_000;

interface LookupOptions {
  settings: () => { lookup?: Lookup | undefined; country: string };
  outbound: Pick<OutboundClient, 'request'>;
  secrets: Readonly<Record<string, string>>;
  clock: Clock;
  logger: Logger;
}

/** Requests the customer of a number from the shop, with a cache and bounded concurrency. No call waits for a lookup. */
export class CustomerLookup {
  readonly #options: LookupOptions;
  readonly #cache = new Map<string, { until: Instant; customer: Promise<Customer | null> }>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: LookupOptions) {
    this.#options = options;
  }

  /** @returns null when the number is unknown to the shop, the request fails, or no lookup is configured; never rejects */
  async find(number: string): Promise<Customer | null> {
    const { settings, clock } = this.#options;
    const { lookup, country } = settings();
    const e164 = toE164(number, country);
    if (lookup === undefined || e164 === undefined) return null;
    const key = detachString(`${lookup.method} ${lookup.url} ${e164}`);
    const now = clock.now();
    const cached = this.#cache.get(key);
    if (cached !== undefined && cached.until > now) return cached.customer;
    const result = this.#withSlot(() => this.#request(lookup, e164, country));
    const entry = { until: now + lookup.keep, customer: result.then(({ customer }) => customer) };
    this.#store(key, entry);
    const { succeeded } = await result;
    if (!succeeded) entry.until = Math.min(entry.until, clock.now() + CACHE_FAILURE_MS);
    return entry.customer;
  }

  /** Adds an entry and evicts the oldest ones. */
  #store(key: string, entry: { until: Instant; customer: Promise<Customer | null> }): void {
    this.#cache.delete(key);
    this.#cache.set(key, entry);
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= MAX_CACHED) return;
      this.#cache.delete(oldest);
    }
  }

  async #withSlot(request: () => Promise<LookupResult>): Promise<LookupResult> {
    if (this.#running >= MAX_CONCURRENT) {
      if (this.#waiting.length >= MAX_WAITING) return { succeeded: false, customer: null };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
    try {
      return await request();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #request(lookup: Lookup, e164: string, country: string): Promise<LookupResult> {
    const { outbound, secrets, clock, logger } = this.#options;
    try {
      const { status, body } = await outbound.request({
        ...customerRequest(lookup, { number: e164, country }, secrets, clock.now()),
        connectTimeoutMs: lookup.timeout,
        totalTimeoutMs: lookup.timeout,
        reuse: false,
      });
      const succeeded = (status >= 200 && status < 300) || status === 404;
      return { succeeded, customer: succeeded && status !== 404 ? parseCustomer(body) : null };
    } catch (error) {
      if (!(error instanceof OutboundError) && !(error instanceof SecretMissing)) throw error;
      logger.warn({ why: error.message }, 'the customer lookup failed');
      return { succeeded: false, customer: null };
    }
  }
}

interface LookupResult {
  succeeded: boolean;
  customer: Customer | null;
}
