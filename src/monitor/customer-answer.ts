import { z } from 'zod';
import { parseUntrusted } from '../lib/untrusted-json.js';
import type { Customer } from '../live-state/live-state.js';

/** What a shop may answer: read generously, kept short. */

const MOST_ORDERS = 20;
const LONGEST_TEXT = 120;

const short = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim().slice(0, LONGEST_TEXT))
  .optional()
  .catch(undefined);
/** A link is followed by an operator's browser: nothing but the web. */
const link = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .optional()
  .catch(undefined);
const order = z.object({ id: short, number: short, status: short, total: short, url: link });
const answer = z.object({ name: short, url: link, orders: z.array(order.catch({})).catch([]).default([]) });

/** Null: the shop does not know the number, or its answer cannot be read. */
export function readCustomer(body: string): Customer | null {
  const { success, data } = answer.safeParse(parseUntrusted(body));
  if (!success) return null;
  const orders = data.orders.flatMap(({ id, number = id, status, total, url }) =>
    number === undefined || number === ''
      ? []
      : [{ id: number, ...(status && { status }), ...(total && { total }), ...(url && { url }) }],
  );
  const name = data.name ?? '';
  if (name === '' && orders.length === 0) return null;
  return { name, ...(data.url !== undefined && { url: data.url }), orders: orders.slice(0, MOST_ORDERS) };
}
