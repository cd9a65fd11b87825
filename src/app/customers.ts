import type { Config } from '../config.js';
import { contactName } from '../directory/contacts.js';
import { toE164 } from '../directory/numbers.js';
import type { OutboundClient } from '../http/outbound.js';
import type { Clock } from '../lib/clock.js';
import { compact } from '../lib/compact.js';
import type { Logger } from '../lib/logger.js';
import type { Customer } from '../live-state/live-state.js';
import { CustomerLookup } from '../monitor/lookup.js';
import type { OrderBook } from '../orders/order-book.js';
import { orderPage } from '../orders/order-page.js';
import type { CompanyStore } from '../company/store/company-store.js';

/** Null when nothing is known about the number. */
export type FindCustomer = (number: string) => Promise<Customer | null>;

type Orders = Customer['orders'];

/** Composes what is known about a number: the shop's answer, the open orders of the dispatch, and the company's contacts. */
export function createCustomers(parts: {
  companies: Pick<CompanyStore, 'company'>;
  orders: Pick<OrderBook, 'activeOf'>;
  config: Pick<Config, 'webhookSecrets'>;
  outbound: Pick<OutboundClient, 'request'>;
  clock: Clock;
  logger: Logger;
}): FindCustomer {
  const { companies, orders, config, outbound, clock, logger } = parts;
  const lookup = new CustomerLookup({
    settings: () => companies.company,
    secrets: config.webhookSecrets,
    outbound,
    clock,
    logger,
  });
  const dispatchOrders = async (number: string): Promise<Orders> => {
    const e164 = toE164(number, companies.company.country);
    if (e164 === undefined) return [];
    const active = await orders.activeOf(e164, clock.now());
    return active.map(({ id, status, rawStatus }) => compact({ id, status: status ?? (rawStatus || undefined) }));
  };
  return async (number) => {
    const [customer, ofDispatch] = await Promise.all([lookup.find(number), dispatchOrders(number)]);
    const { order_page: page } = companies.company;
    const ofShop = customer?.orders ?? [];
    const others = ofDispatch.filter(({ id }) => !ofShop.some((order) => order.id === id));
    const all = [...ofShop, ...others].map((order) => withPage(order, page));
    const name = customer?.name || contactName(companies.company, number) || '';
    if (customer === null && name === '' && all.length === 0) return null;
    return { ...customer, name, orders: all };
  };
}

/** The shop's own address of an order comes first. */
function withPage(order: Orders[number], page: string | undefined): Orders[number] {
  return order.url === undefined && page !== undefined ? { ...order, url: orderPage(page, order.id) } : order;
}
