import { formatNumber } from '../directory/numbers.js';
import type { OutboundRequest } from '../http/outbound.js';
import type { Instant } from '../lib/clock.js';
import { parseUntrusted } from '../lib/untrusted-json.js';
import { questionOf } from '../webhooks/request.js';
import type { OrderLookup } from './orders-schema.js';
import { fill } from '../lib/fill.js';

/** The request to a dispatch for a caller's orders, and the place of the orders in its response. */

/** Maximum number of orders read from one response; the rest is ignored. */
export const MOST_ORDERS = 20;

/** The caller whose orders are requested; numbers in E.164. */
export interface CallerIdentity {
  number: string;
  line: string;
  country: string;
}

/**
 * @param secrets by the name of their environment variable
 * @throws {SecretMissing}
 */
export function orderQuestion(
  lookup: OrderLookup,
  { number, line, country }: CallerIdentity,
  secrets: Readonly<Record<string, string>>,
  now: Instant,
): Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'> {
  const fields = { number: formatNumber(number, 'national', country), number_e164: number, line };
  return { url: fill(lookup.url, fields, encodeURIComponent), ...questionOf('orders', lookup, fields, secrets, now) };
}

/** True when the request names the caller. Without the caller's number, orders of others would be taken for the caller's. */
export function identifiesCaller({ method, url }: Pick<OrderLookup, 'method' | 'url'>): boolean {
  return method === 'POST' || /\{number(_e164)?\}/.test(url);
}

/**
 * Returns the objects that may be orders: a list, or a single one.
 * @param answer JSON; anything else contains no orders
 * @param list path of the orders, with dots; undefined: the usual places
 */
export function ordersIn(answer: string, list: string | undefined): Record<string, unknown>[] {
  const document = parseUntrusted(answer);
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
