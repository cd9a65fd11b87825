import { formatNumber } from '../directory/numbers.js';
import type { OutboundRequest } from '../http/outbound.js';
import type { Instant } from '../lib/clock.js';
import { parseUntrusted } from '../lib/untrusted-json.js';
import { questionOf } from '../webhooks/request.js';
import type { OrderLookup } from './orders-schema.js';

/** What a dispatch is asked about a caller, and where in its answer the orders are. */

/** Of one answer; more are not looked at. */
export const MOST_ORDERS = 20;

/** Whose orders are wanted; numbers in E.164. */
export interface OrdersOfWhom {
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
  { number, line, country }: OrdersOfWhom,
  secrets: Readonly<Record<string, string>>,
  now: Instant,
): Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'> {
  const fields = { number: formatNumber(number, 'national', country), number_e164: number, line };
  return { url: filledIn(lookup.url, fields), ...questionOf('orders', lookup, fields, secrets, now) };
}

/** Whether the question says whose orders are wanted; otherwise whatever is answered would be taken for the caller's. */
export function saysWhose({ method, url }: Pick<OrderLookup, 'method' | 'url'>): boolean {
  return method === 'POST' || /\{number(_e164)?\}/.test(url);
}

function filledIn(url: string, fields: Record<string, string>): string {
  return url.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(fields, name) ? encodeURIComponent(fields[name] ?? '') : placeholder,
  );
}

/**
 * The objects that may be orders: a list of them, or one alone.
 * @param answer JSON; what is none has no orders
 * @param list where they are, with dots; undefined: at the usual places
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
