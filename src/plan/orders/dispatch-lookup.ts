import { randomUUID } from 'node:crypto';
import { formatNumber } from '../../directory/numbers.js';
import { OutboundError, type OutboundClient } from '../../http/outbound.js';
import type { Clock } from '../../lib/clock.js';
import type { Logger } from '../../lib/logger.js';
import type { OrderNews } from '../../orders/order.js';
import { headersOf, secretOf, SecretMissing } from '../../webhooks/request.js';
import type { OrderLookup } from './schema.js';

/** More at once would only be late. */
const MOST_AT_ONCE = 20;
const MOST_ORDERS = 20;

/** Reads what a dispatch tells of one order; undefined: that is none. Implemented by integrations/. */
export type ReadOrder = (fields: Record<string, unknown>) => OrderNews | undefined;

export interface DispatchLookupOptions {
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
      const fields = { number: formatNumber(number, 'national', country), number_e164: number, line };
      return await this.#ask(lookup, fields, Math.min(limitMs, lookup.timeout));
    } catch (error) {
      if (!(error instanceof OutboundError) && !(error instanceof SecretMissing)) throw error;
      this.options.logger.warn({ why: error.message }, 'the dispatch did not tell of orders');
      return [];
    } finally {
      this.#asking -= 1;
    }
  }

  async #ask(lookup: OrderLookup, fields: Record<string, string>, totalTimeoutMs: number): Promise<OrderNews[]> {
    const { outbound, secrets, clock, read, logger } = this.options;
    const { method, list } = lookup;
    const body = method === 'POST' ? JSON.stringify(fields) : '';
    const letter = { eventId: `orders-${randomUUID()}`, contentType: 'application/json', body };
    const headers = headersOf(lookup, letter, secrets, Math.floor(clock.now() / 1000));
    if (method === 'GET') delete headers['content-type'];
    for (const [header, variable] of Object.entries(lookup.headers))
      headers[header.toLowerCase()] = secretOf(secrets, variable);
    const { status, body: answer } = await outbound.request({
      url: filledIn(lookup.url, fields),
      method,
      headers: { ...headers, accept: 'application/json' },
      ...(method === 'POST' && { body }),
      connectTimeoutMs: totalTimeoutMs,
      totalTimeoutMs,
    });
    if (status < 200 || status >= 300) {
      if (status !== 404) logger.warn({ status }, 'the dispatch did not tell of orders');
      return [];
    }
    return ordersIn(answer, list)
      .slice(0, MOST_ORDERS)
      .flatMap((order) => read(order) ?? []);
  }
}

function filledIn(url: string, fields: Record<string, string>): string {
  return url.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(fields, name) ? encodeURIComponent(fields[name] ?? '') : placeholder,
  );
}

/** The objects that may be orders: a list of them, or one alone. */
function ordersIn(answer: string, list: string | undefined): Record<string, unknown>[] {
  const document = parse(answer);
  const place = list === undefined ? usualPlace(document) : at(document, list);
  return [place].flat().filter((one): one is Record<string, unknown> => isObject(one));
}

function usualPlace(document: unknown): unknown {
  if (!isObject(document)) return document;
  return (
    USUAL.map((name) => document[name]).find((inside) => typeof inside === 'object' && inside !== null) ?? document
  );
}

const USUAL = ['orders', 'order', 'data'];

function at(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((here, name) => (isObject(here) ? here[name] : undefined), document);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
