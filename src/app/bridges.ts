import type { Asterisk } from '../asterisk/asterisk.js';
import { BridgeReader } from '../masked-bridges/reader.js';
import { bridgeRoutes } from '../masked-bridges/routes.js';
import { BridgeService, type BridgeServiceOptions } from '../masked-bridges/service.js';
import type { Config } from '../config.js';
import type { Route } from '../http/route.js';
import type { Clock } from '../lib/clock.js';
import type { OrderBook } from '../orders/order-book.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Database } from '../storage/database.js';
import { IdempotencyKeys } from '../storage/idempotency-keys.js';
import type { Prompts } from './prompts.js';

export interface BridgeParts {
  service: BridgeService;
  routes: Route[];
}

/** Composes masked bridges; their flow runs in the runtime. */
export function createBridges({
  runtime,
  db,
  companies,
  prompts,
  asterisk,
  config,
  orders,
  clock,
}: {
  runtime: BridgeServiceOptions['runtime'];
  db: Database;
  companies: CompanyStore;
  prompts: Prompts;
  asterisk: Asterisk;
  config: Pick<Config, 'maxCalls'>;
  orders: OrderBook;
  clock: Clock;
}): BridgeParts {
  const reader = new BridgeReader(db);
  const service = new BridgeService({
    runtime,
    reader,
    asterisk,
    clock,
    maxCalls: config.maxCalls,
    orders,
    company: () => companies.company,
    hasPrompt: async (prompt) =>
      !('refused' in (await prompts.resolver.resolve([{ prompt }], companies.company.languages, ''))),
  });
  return { service, routes: bridgeRoutes(service, reader, new IdempotencyKeys(db)) };
}
