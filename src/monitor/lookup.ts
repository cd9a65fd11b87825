import { z } from 'zod';
import { toE164 } from '../directory/numbers.js';
import { OutboundError, type OutboundClient } from '../http/outbound.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { detachString } from '../lib/detach-string.js';
import { MINUTE_MS } from '../lib/time.js';
import type { Customer } from '../live-state/live-state.js';
import type { SharedState } from '../shared-state/port.js';
import type { Lookup } from '../webhooks/lookup-schema.js';
import { SecretMissing } from '../webhooks/request.js';
import { parseCustomer, sharedCustomer } from './customer-response.js';
import { customerRequest } from './customer-request.js';

export const MAX_CONCURRENT = 8;
const MAX_WAITING = 200;
const MAX_CACHED = 2_000;
/** How long a failed lookup is cached. */
const CACHE_FAILURE_MS = 20_000;
/** How long a response outlives an erasure of the person at most, when Redis cannot be reached meanwhile. */
const SHARED_MS = 5 * MINUTE_MS;

interface LookupOptions {
  settings: () => { lookup?: Lookup | undefined; country: string };
  outbound: Pick<OutboundClient, 'request'>;
  secrets: Readonly<Record<string, string>>;
  /** For the responses that other gateways got; undefined: there are none. */
  shared?: Pick<SharedState, 'read' | 'write' | 'remove'> | undefined;
  clock: Clock;
  logger: Logger;
}

/** A response as the gateways share it. `until`: when it is requested again. */
const sharedResponse = z.object({ until: z.number(), customer: sharedCustomer.nullable() });

/** Requests the customer of a number from the shop, with a cache and bounded concurrency. No call waits for a lookup. */
export class CustomerLookup {
  readonly #options: LookupOptions;
  readonly #cache = new Map<string, { until: Instant; customer: Promise<Customer | null> }>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** How often {@link clear} was called. */
  #clears = 0;

  constructor(options: LookupOptions) {
    this.#options = options;
  }

  /** @returns null when the number is unknown to the shop, the request fails, or no lookup is configured; never rejects */
  async find(number: string): Promise<Customer | null> {
    const { settings, clock } = this.#options;
    const { lookup, country } = settings();
    const e164 = toE164(number, country);
    if (lookup === undefined || e164 === undefined) return null;
    const key = detachString(keyOf(lookup, e164));
    const now = clock.now();
    const cached = this.#cache.get(key);
    if (cached !== undefined && cached.until > now) return cached.customer;
    const result = this.#readOrRequest(key, now + lookup.keep, () => this.#request(lookup, e164, country));
    const entry = { until: now + lookup.keep, customer: result.then(({ customer }) => customer) };
    this.#store(key, entry);
    const { succeeded, until = entry.until } = await result;
    entry.until = Math.min(entry.until, succeeded ? until : clock.now() + CACHE_FAILURE_MS);
    return entry.customer;
  }

  /** Uses the response that another gateway got, or requests one and shares it. @param until when it must be requested again */
  async #readOrRequest(key: string, until: Instant, request: () => Promise<LookupResult>): Promise<LookupResult> {
    const { shared, clock } = this.#options;
    const begun = this.#clears;
    const sharedKey = sharedKeyOf(key);
    const known = await shared?.read(sharedKey, sharedResponse);
    if (known !== undefined && known.until > clock.now()) return { succeeded: true, ...known };
    const result = await this.#withSlot(request);
    // A person who was forgotten meanwhile must not come back.
    if (begun !== this.#clears) return result;
    const ttlMs = Math.min(until - clock.now(), SHARED_MS);
    if (result.succeeded) shared?.write(sharedKey, { until, customer: result.customer }, ttlMs);
    return result;
  }

  /** For everybody: the response about one number is removed, wherever it is kept. */
  forget(number: string): void {
    const { settings, shared } = this.#options;
    const { lookup, country } = settings();
    const e164 = toE164(number, country);
    if (lookup !== undefined && e164 !== undefined) shared?.remove(sharedKeyOf(keyOf(lookup, e164)));
    this.clear();
  }

  /** Forgets what this gateway keeps. */
  clear(): void {
    this.#clears += 1;
    this.#cache.clear();
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

const keyOf = ({ method, url }: Lookup, e164: string) => `${method} ${url} ${e164}`;
const sharedKeyOf = (key: string) => `customer:${key}`;

interface LookupResult {
  succeeded: boolean;
  customer: Customer | null;
  /** When another gateway requested it, and it must be requested again. */
  until?: Instant;
}
