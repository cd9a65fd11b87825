import { customerLookup, customerLookupChecks } from '../contract/verify/lookup/customers.js';
import { orderLimits, orderLookup, orderLookupChecks } from '../contract/verify/lookup/orders.js';
import { Peer, type PeerLimits } from '../contract/verify/peer.js';
import type { Sheet } from '../contract/verify/sheet.js';
import { readOrder } from '../integrations/gootax/read-order.js';
import type { Company } from '../company/company.js';
import { LOOKUP_LIMIT_MS } from '../company/orders-limits.js';
import { identifiesCaller } from '../company/order-question.js';
import type { OrderLookup } from '../company/orders-schema.js';
import { lookupSchema, type Lookup } from '../webhooks/lookup-schema.js';
import { UsageError } from './command.js';
import { loginOf, number, report, secretOf, type Setting } from './verify-sheet.js';

/** Caller lookups: orders at the dispatch, customers at the shop. */

/** The configured lookup. */
export function configuredLookup(kind: string, { orders, lookup }: Company): OrderLookup | Lookup | undefined {
  if (kind === 'orders') return orders?.lookup;
  return kind === 'customers' ? lookup : undefined;
}

export function verifyOrders(setting: Setting, sheet: Sheet): Promise<number> {
  const { company, line, url, options } = setting;
  const usual: OrderLookup = { url, method: 'GET', timeout: LOOKUP_LIMIT_MS, headers: {} };
  const lookup: OrderLookup = { ...usual, ...company.orders?.lookup, url, ...loginOf(options) };
  if (!identifiesCaller(lookup))
    throw new UsageError('the address needs {number} or {number_e164} in place of the caller’s number');
  const { secret: signs, basic_auth: basic, bearer: token, headers } = lookup;
  const secrets = secretsOf(setting, [signs, basic, token, ...Object.values(headers)]);
  const read = (fields: Record<string, unknown>) => readOrder(fields, company);
  const common = commonOf(setting, orderLimits(lookup));
  return report(orderLookupChecks, orderLookup(common, { lookup, read, line, secrets }), sheet, setting);
}

export function verifyCustomers(setting: Setting, sheet: Sheet): Promise<number> {
  const { company, url, options } = setting;
  const { bearer, ...login } = options;
  if (bearer !== undefined) throw new UsageError('--kind customers needs --secret or --basic-auth');
  const lookup: Lookup = { ...lookupSchema.parse({ url }), ...company.lookup, url, ...loginOf(login) };
  const { timeout } = lookup;
  const common = commonOf(setting, { connectTimeoutMs: timeout, totalTimeoutMs: timeout });
  const secrets = secretsOf(setting, [lookup.secret, lookup.basic_auth]);
  return report(customerLookupChecks, customerLookup(common, { lookup, secrets }), sheet, setting);
}

function commonOf({ client, url, caller, options, company }: Setting, limits: PeerLimits) {
  const stranger = number('unknown-caller', options['unknown-caller'] ?? STRANGER, company);
  const known = options.caller === undefined ? undefined : caller;
  if (known === stranger) throw new UsageError('the unknown caller is the same as the known one');
  return {
    peer: new Peer(client, url, limits),
    caller: known,
    stranger,
    orders: options.order ?? [],
    country: company.country,
  };
}

const STRANGER = '+420777000999';

function secretsOf({ terminal }: Setting, names: (string | undefined)[]): Record<string, string> {
  const wanted = names.filter((name) => name !== undefined);
  return Object.fromEntries(wanted.map((name) => [name, secretOf(terminal.env, name)]));
}
