import type { OrderNews } from '../../../orders/order.js';
import { MOST_LOOKUPS_AT_ONCE, type ReadOrder } from '../../../call-plan/orders/dispatch-lookup.js';
import { LOOKUP_LIMIT_MS, SPARE_MS } from '../../../company/orders-limits.js';
import { MOST_ORDERS, orderQuestion, ordersIn } from '../../../company/order-question.js';
import type { OrderLookup } from '../../../company/orders-schema.js';
import type { OrderStatus } from '../../../orders/status.js';
import { fail, pass, skip, warn, type Check, type Verdict } from '../sheet.js';
import { answers, callerChecks, loginCheck, lookupWholeChecks } from './checks.js';
import { ask, type LookupUnderTest, type LookupResult } from './lookup.js';

interface OrderLookupResult extends LookupResult {
  /** As the gateway reads them. */
  news: OrderNews[];
  /** Objects that could be orders, readable or not. */
  found: number;
}

/** Statuses of orders with a driver. */
const DRIVEN: ReadonlySet<OrderStatus> = new Set(['accepted', 'arrived', 'paid_waiting', 'executing', 'driver_late']);

/** The gateway's timeouts for the dispatch. */
export function orderLimits({ timeout }: OrderLookup): { connectTimeoutMs: number; totalTimeoutMs: number } {
  const totalTimeoutMs = Math.min(timeout, LOOKUP_LIMIT_MS - SPARE_MS);
  return { connectTimeoutMs: totalTimeoutMs, totalTimeoutMs };
}

/** The dispatch's address, requested as a call does. @param line E.164 */
export function orderLookup(
  common: Pick<LookupUnderTest, 'peer' | 'caller' | 'stranger' | 'orders' | 'country'>,
  {
    lookup,
    read,
    line,
    secrets,
  }: {
    lookup: OrderLookup;
    read: ReadOrder;
    line: string;
    secrets: Readonly<Record<string, string>>;
  },
): LookupUnderTest<OrderLookupResult> {
  const { secret, basic_auth, bearer, headers } = lookup;
  const variables = [secret, basic_auth, bearer, ...Object.values(headers)].filter((name) => name !== undefined);
  return {
    ...common,
    question: (number, instead = secrets) =>
      orderQuestion(lookup, { number, line, country: common.country }, instead, Date.now()),
    read: (body) => readOrders(ordersIn(body, lookup.list), read),
    login: {
      variables,
      headers: ['authorization', 'webhook-signature', ...Object.keys(headers).map((name) => name.toLowerCase())],
    },
    atOnce: MOST_LOOKUPS_AT_ONCE,
  };
}

function readOrders(objects: Record<string, unknown>[], read: ReadOrder): OrderLookupResult {
  const news = objects.slice(0, MOST_ORDERS).flatMap((each) => read(each) ?? []);
  const unusable =
    objects.length > 0 && news.length === 0
      ? `an object without the order’s id: it has ${
          Object.keys(objects[0] ?? {})
            .slice(0, 10)
            .join(', ') || 'no fields'
        }`
      : undefined;
  return {
    known: news.length > 0,
    orders: news.map(({ id }) => id),
    unusable,
    news,
    found: objects.length,
  };
}

const inspect =
  (look: (result: OrderLookupResult, lookup: LookupUnderTest<OrderLookupResult>) => Verdict) =>
  async (lookup: LookupUnderTest<OrderLookupResult>): Promise<Verdict> => {
    if (lookup.caller === undefined) return skip('no caller with an order was given: --caller NUMBER');
    const result = await ask(lookup, lookup.caller);
    return result === null || result.news.length === 0 ? skip('no order was listed') : look(result, lookup);
  };

/** Requirements of the lookup of a caller's orders (docs/status-ivr.md). */
export const orderLookupChecks: readonly Check<LookupUnderTest<OrderLookupResult>>[] = [
  answers,
  ...callerChecks,
  {
    id: 'statuses',
    what: 'Each order has a status that can be spoken',
    run: inspect(({ news }) => {
      if (news.some(({ rawStatus }) => rawStatus === undefined))
        return fail(
          'an order without a status: it is not announced',
          'send it as status, or name its field in the profile: gootax.fields.status',
        );
      const unknown = [...new Set(news.flatMap(({ status, rawStatus }) => (status === null ? [rawStatus] : [])))];
      return unknown.length === 0
        ? pass(news.map(({ status }) => status).join(', '))
        : warn(
            `unknown: ${unknown.join(', ')}`,
            'map it in the profile (gootax.statuses); until then the generic announcement is played',
          );
    }),
  },
  {
    id: 'whose',
    what: 'The orders are the caller’s own',
    run: inspect(({ news }, { caller }) => {
      const others = news.filter(({ client }) => client !== undefined && client !== null && client !== caller).length;
      return others === 0
        ? pass()
        : fail(
            `${others} of ${news.length} have another client’s number and are ignored`,
            'answer with the caller’s orders only',
          );
    }),
  },
  {
    id: 'drivers',
    what: 'An order with a driver has the driver’s number',
    run: inspect(({ news }) => {
      const driven = news.filter(({ status }) => status !== undefined && status !== null && DRIVEN.has(status));
      if (driven.length === 0) return skip('these orders have no driver');
      const without = driven.filter(({ driver }) => driver === undefined || driver === null).length;
      return without === 0
        ? pass()
        : warn(
            `${without} of ${driven.length} have none: the caller is not offered a connection`,
            'send driver_phone, or name its field in the profile: gootax.fields.driver',
          );
    }),
  },
  {
    id: 'few',
    what: `There are no more than ${MOST_ORDERS} orders in one answer`,
    run: inspect(({ found }) =>
      found <= MOST_ORDERS
        ? pass()
        : warn(`${found}: only the first ${MOST_ORDERS} are read`, 'leave out finished orders'),
    ),
  },
  loginCheck,
  ...lookupWholeChecks,
];
