import { OutboundError, type OutboundClient } from '../../http/outbound.js';
import type { Clock } from '../../lib/clock.js';
import type { Logger } from '../../lib/logger.js';
import type { OrderNews } from '../../orders/order.js';
import { SecretMissing } from '../../webhooks/request.js';
import { MOST_ORDERS, orderQuestion, ordersIn, type OrdersOfWhom } from '../../company/order-question.js';
import type { OrderLookup } from '../../company/orders-schema.js';

/** More at once would only be late. */
export const MOST_AT_ONCE = 20;

/** Reads what a dispatch tells of one order; undefined: that is none. Implemented by integrations/. */
export type ReadOrder = (fields: Record<string, unknown>) => OrderNews | undefined;

interface DispatchLookupOptions {
  settings: () => { lookup?: OrderLookup | undefined; country: string };
  read: ReadOrder;
  outbound: Pick<OutboundClient, 'request'>;
  secrets: Readonly<Record<string, string>>;
  clock: Clock;
  logger: Logger;
}

/** Asks the dispatch which orders somebody has. */
export class DispatchLookup {
  #asking = 0;

  constructor(private readonly options: DispatchLookupOptions) {}

  /**
   * Never rejects: a dispatch that is slow, down or wrong knows of no orders.
   * @param number E.164
   * @param line E.164
   */
  async ordersOf(number: string, line: string, limitMs: number): Promise<OrderNews[]> {
    const { lookup, country } = this.options.settings();
    if (lookup === undefined || limitMs <= 0 || this.#asking >= MOST_AT_ONCE) return [];
    this.#asking += 1;
    try {
      return await this.#ask(lookup, { number, line, country }, Math.min(limitMs, lookup.timeout));
    } catch (error) {
      if (!(error instanceof OutboundError) && !(error instanceof SecretMissing)) throw error;
      this.options.logger.warn({ why: error.message }, 'the dispatch did not tell of orders');
      return [];
    } finally {
      this.#asking -= 1;
    }
  }

  async #ask(lookup: OrderLookup, whose: OrdersOfWhom, totalTimeoutMs: number): Promise<OrderNews[]> {
    const { outbound, secrets, clock, read, logger } = this.options;
    const { status, body } = await outbound.request({
      ...orderQuestion(lookup, whose, secrets, clock.now()),
      connectTimeoutMs: totalTimeoutMs,
      totalTimeoutMs,
      reuse: false,
    });
    if (status < 200 || status >= 300) {
      if (status !== 404) logger.warn({ status }, 'the dispatch did not tell of orders');
      return [];
    }
    return ordersIn(body, lookup.list)
      .slice(0, MOST_ORDERS)
      .flatMap((order) => read(order) ?? []);
  }
}
