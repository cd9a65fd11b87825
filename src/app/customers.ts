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
import type { Peers } from './peers.js';

export interface Customers {
  /** Null when nothing is known about the number. */
  find: (number: string) => Promise<Customer | null>;
  /** Removes what the shop said about the number, also at other gateways. */
  forget: (number: string) => void;
}

type Orders = Customer['orders'];

/** Composes what is known about a number: the shop's answer, the open orders of the dispatch, and the company's contacts. */
export function createCustomers(parts: {
  companies: Pick<CompanyStore, 'company'>;
  orders: Pick<OrderBook, 'activeOf'>;
  config: Pick<Config, 'webhookSecrets'>;
  outbound: Pick<OutboundClient, 'request'>;
  peers: Pick<Peers, 'state' | 'changes'>;
  clock: Clock;
  logger: Logger;
}): Customers {
  const { companies, orders, config, outbound, peers, clock, logger } = parts;
  const lookup = new CustomerLookup({
    settings: () => companies.company,
    secrets: config.webhookSecrets,
    outbound,
    shared: peers.state,
    clock,
    logger,
  });
  peers.changes.onChange('customers', () => lookup.clear());
  const dispatchOrders = async (number: string): Promise<Orders> => {
    const e164 = toE164(number, companies.company.country);
    if (e164 === undefined) return [];
    const active = await orders.activeOf(e164, clock.now());
    return active.map(({ id, status, rawStatus }) => compact({ id, status: status ?? (rawStatus || undefined) }));
  };
  const find = async (number: string) => {
    const [customer, ofDispatch] = await Promise.all([lookup.find(number), dispatchOrders(number)]);
    const { order_page: page } = companies.company;
    const ofShop = customer?.orders ?? [];
    const others = ofDispatch.filter(({ id }) => !ofShop.some((order) => order.id === id));
    const all = [...ofShop, ...others].map((order) => withPage(order, page));
    const name = customer?.name || contactName(companies.company, number) || '';
    if (customer === null && name === '' && all.length === 0) return null;
    return { ...customer, name, orders: all };
  };
  return {
    find,
    forget(number) {
      lookup.forget(number);
      peers.changes.announce('customers');
    },
  };
}

/** The shop's own address of an order comes first. */
function withPage(order: Orders[number], page: string | undefined): Orders[number] {
  return order.url === undefined && page !== undefined ? { ...order, url: orderPage(page, order.id) } : order;
}
