import { z } from 'zod';
import { parseUntrusted } from '../lib/untrusted-json.js';
import type { Customer } from '../live-state/live-state.js';
import { compact } from '../lib/compact.js';

/** The shop's response to a lookup. Invalid fields are dropped and long texts are cut. */

const MAX_ORDERS = 20;
const MAX_TEXT = 120;

const short = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim().slice(0, MAX_TEXT))
  .optional()
  .catch(undefined);
/** Operators open the link in a browser, so only http and https are allowed. */
const link = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .optional()
  .catch(undefined);
const order = z.object({ id: short, number: short, status: short, total: short, url: link });
const response = z.object({ name: short, url: link, orders: z.array(order.catch({})).catch([]).default([]) });

/** A customer as another gateway shares it. */
export const sharedCustomer = z.object({
  name: z.string(),
  url: link,
  orders: z.array(z.object({ id: z.string(), status: z.string().optional(), total: z.string().optional(), url: link })),
});

/** @returns null when the shop does not know the number, or the response is unreadable */
export function parseCustomer(body: string): Customer | null {
  const { success, data } = response.safeParse(parseUntrusted(body));
  if (!success) return null;
  const orders = data.orders.flatMap(({ id, number = id, status, total, url }) =>
    number === undefined || number === ''
      ? []
      : [compact({ id: number, status: status || undefined, total: total || undefined, url: url || undefined })],
  );
  const name = data.name ?? '';
  if (name === '' && orders.length === 0) return null;
  return compact({ name, url: data.url, orders: orders.slice(0, MAX_ORDERS) });
}
