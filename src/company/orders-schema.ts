import { z } from 'zod';
import { duration } from '../directory/schema.js';
import { orderStatuses } from '../orders/status.js';
import { secretName } from '../webhooks/schema.js';
import { withOmittedDefault } from '../lib/codec.js';
import { planSchema } from './plan-schema.js';
import { key, promptId, prompts } from './plan-words.js';
import { LOOKUP_LIMIT_MS } from './orders-limits.js';

/** The caller's keys after the announcement of the order's status. */
const menu = z.strictObject({
  /** Prompt that names the keys, played after the status. Default: none. */
  prompt: prompts.optional(),
  timeout: duration.default(5000),
  /** Number of repetitions after an invalid key. */
  retries: z.number().int().min(0).max(10).default(1),
  keys: withOmittedDefault(z.record(key, planSchema), {}),
});

/**
 * By status. The others are for orders whose status has no menu: `unknown` for statuses outside our list,
 * `with_driver` and `without_driver` for the rest.
 */
const menuNames = [...orderStatuses, 'unknown', 'with_driver', 'without_driver'] as const;

/** The dispatch's lookup of a caller's orders: see docs/status-ivr.md. */
const orderLookup = z.strictObject({
  /** `{number}`, `{number_e164}` and `{line}` are filled in. */
  url: z.string().refine(isAddress, 'an http or https URL'),
  /** `POST`: the fields are sent as JSON. */
  method: z.enum(['GET', 'POST']).default('GET'),
  timeout: duration.refine((ms) => ms >= 100 && ms <= LOOKUP_LIMIT_MS, 'from 100ms to 1500ms').default(LOOKUP_LIMIT_MS),
  /** Path of the orders in the response, with dots. Default: the response itself, or its `orders`, `order` or `data`. */
  list: z.string().max(100).optional(),
  /** Environment variables with keys, by the header that carries each. */
  headers: withOmittedDefault(
    z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'the name of a header'), secretName),
    {},
  ),
  secret: secretName.optional(),
  basic_auth: secretName.optional(),
  /** Environment variable with a token, sent as `Authorization: Bearer`. */
  bearer: secretName.optional(),
});

/** Menus for callers with an order: see docs/status-ivr.md. */
export const ordersSchema = z.strictObject({
  lookup: orderLookup.optional(),
  /** Prompts for callers with several orders: the first names the key of the first order, and so on. Default: the newest order is used. */
  choose_prompts: z.array(promptId).min(2).max(9).optional(),
  menus: withOmittedDefault(z.partialRecord(z.enum(menuNames), menu), {}),
});

export type OrderLookup = z.output<typeof orderLookup>;
export type OrderMenu = z.output<typeof menu>;

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text.replace(/\{\w+\}/g, '0'));
}
