import type { Config } from '../config.js';
import { linesShownAs } from '../directory/caller.js';
import type { OutboundClient } from '../http/outbound.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { OrderBook } from '../orders/order-book.js';
import type { StatusSpeech } from '../orders/status-speech.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { DispatchLookup, type ReadOrder } from '../call-plan/orders/dispatch-lookup.js';
import { OrderLookupService } from '../call-plan/orders/order-lookup.js';

/** Composes the lookup of a caller's orders. */
export function createOrderLookup(parts: {
  orders: OrderBook;
  companies: CompanyStore;
  config: Pick<Config, 'webhookSecrets'>;
  outbound: OutboundClient;
  speech: StatusSpeech;
  recording: (language: string, name: string) => number | undefined;
  read: ReadOrder;
  clock: Clock;
  logger: Logger;
}): OrderLookupService {
  const { orders, companies, config, outbound, speech, recording, read, clock, logger } = parts;
  const dispatch = new DispatchLookup({
    settings: () => ({ lookup: companies.company.orders?.lookup, country: companies.company.country }),
    secrets: config.webhookSecrets,
    read,
    outbound,
    clock,
    logger,
  });
  return new OrderLookupService({
    book: orders,
    dispatch,
    speech,
    recording,
    clock,
    logger,
    linesShownAs: (line) => linesShownAs(companies.company.lines, line, companies.company.country),
  });
}
