import { OutboundError, type OutboundClient } from '../../http/outbound.js';
import type { Clock } from '../../lib/clock.js';
import type { Logger } from '../../lib/logger.js';
import type { OrderNews } from '../../orders/order.js';
import { SecretMissing } from '../../webhooks/request.js';
import { MOST_ORDERS, orderQuestion, ordersIn, type CallerIdentity } from '../../company/order-question.js';
import type { OrderLookup } from '../../company/orders-schema.js';

/** Limit of parallel lookups; more would time out. */
export const MOST_LOOKUPS_AT_ONCE = 20;

/** Reads one order of a dispatch's response; undefined when it is not an order. Implemented by integrations/. */
export type ReadOrder = (fields: Record<string, unknown>) => OrderNews | undefined;

interface DispatchLookupOptions {
  settings: () => { lookup?: OrderLookup | undefined; country: string };
  read: ReadOrder;
  outbound: Pick<OutboundClient, 'request'>;
  secrets: Readonly<Record<string, string>>;
  clock: Clock;
  logger: Logger;
}

/** Requests the orders of a number from the dispatch. */
export class DispatchLookup {
  #inFlight = 0;

  constructor(private readonly options: DispatchLookupOptions) {}

  /** Never rejects: a slow, unreachable or faulty dispatch yields no orders.
   * @param number E.164
   * @param line E.164
   */
  async ordersOf(number: string, line: string, limitMs: number): Promise<OrderNews[]> {
    const { lookup, country } = this.options.settings();
    if (lookup === undefined || limitMs <= 0 || this.#inFlight >= MOST_LOOKUPS_AT_ONCE) return [];
    this.#inFlight += 1;
    try {
      return await this.#request(lookup, { number, line, country }, Math.min(limitMs, lookup.timeout));
    } catch (error) {
      if (!(error instanceof OutboundError) && !(error instanceof SecretMissing)) throw error;
      this.options.logger.warn({ why: error.message }, 'order lookup at the dispatch failed');
      return [];
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #request(lookup: OrderLookup, caller: CallerIdentity, totalTimeoutMs: number): Promise<OrderNews[]> {
    const { outbound, secrets, clock, read, logger } = this.options;
    const { status, body } = await outbound.request({
      ...orderQuestion(lookup, caller, secrets, clock.now()),
      connectTimeoutMs: totalTimeoutMs,
      totalTimeoutMs,
      reuse: false,
    });
    if (status < 200 || status >= 300) {
      if (status !== 404) logger.warn({ status }, 'order lookup at the dispatch failed');
      return [];
    }
    return ordersIn(body, lookup.list)
      .slice(0, MOST_ORDERS)
      .flatMap((order) => read(order) ?? []);
  }
}
