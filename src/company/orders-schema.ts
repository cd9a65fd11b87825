import { z } from 'zod';
import { duration } from '../directory/schema.js';
import { orderStatuses } from '../orders/status.js';
import { secretName } from '../webhooks/schema.js';
import { implied } from '../lib/codec.js';
import { planSchema } from './plan-schema.js';
import { key, promptId, prompts } from './plan-words.js';
import { LOOKUP_LIMIT_MS } from './orders-limits.js';

/** What a caller may press once the order's status has been said. */
const menu = z.strictObject({
  /** Says what the keys do; after the status. Default: nothing. */
  prompt: prompts.optional(),
  timeout: duration.default(5000),
  /** How many times more the keys are said after a wrong one. */
  retries: z.number().int().min(0).max(10).default(1),
  keys: implied(z.record(key, planSchema), {}),
});

/**
 * By status; the others are for orders whose status has no menu of its own: `unknown` for one that is not among ours,
 * `with_driver` and `without_driver` for the rest.
 */
const menuNames = [...orderStatuses, 'unknown', 'with_driver', 'without_driver'] as const;

/** Where the dispatch tells of a caller's orders: see docs/status-ivr.md. */
const orderLookup = z.strictObject({
  /** `{number}`, `{number_e164}` and `{line}` are filled in. */
  url: z.string().refine(isAddress, 'an http or https URL'),
  /** `POST`: the same goes as JSON. */
  method: z.enum(['GET', 'POST']).default('GET'),
  timeout: duration.refine((ms) => ms >= 100 && ms <= LOOKUP_LIMIT_MS, 'from 100ms to 1500ms').default(LOOKUP_LIMIT_MS),
  /** Where in the answer the orders are, with dots; default: the answer itself, or its `orders`, `order` or `data`. */
  list: z.string().max(100).optional(),
  /** Environment variables with keys, by the header that each is sent in. */
  headers: implied(z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'the name of a header'), secretName), {}),
  secret: secretName.optional(),
  basic_auth: secretName.optional(),
  /** Environment variable with a token, sent as `Authorization: Bearer`. */
  bearer: secretName.optional(),
});

/** What callers with an order hear and may do: see docs/status-ivr.md. */
export const ordersSchema = z.strictObject({
  lookup: orderLookup.optional(),
  /** Callers with several orders choose: the first prompt says which key is for the first order, and so on. Default: the newest. */
  choose_prompts: z.array(promptId).min(2).max(9).optional(),
  menus: implied(z.partialRecord(z.enum(menuNames), menu), {}),
});

export type OrderLookup = z.output<typeof orderLookup>;
export type OrderMenu = z.output<typeof menu>;

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text.replace(/\{\w+\}/g, '0'));
}
