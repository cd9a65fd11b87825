import { randomBytes } from 'node:crypto';
import type { Bridges } from '../masked-bridges/port.js';
import { GootaxApi } from '../integrations/gootax/api.js';
import { settingsRoutes, type SettingsSource } from '../integrations/gootax/settings-routes.js';
import { Repetitions } from '../integrations/gootax/repetitions.js';
import { RecordedRequests } from '../integrations/unknown-requests/unknown-requests.js';
import { recordedRoutes } from '../integrations/unknown-requests/routes.js';
import type { LoginReports } from '../http/address-bans.js';
import type { Route } from '../http/route.js';
import { systemClock } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import type { Notifications } from '../notifications/port.js';
import type { OrderBook } from '../orders/order-book.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Database } from '../storage/database.js';
import type { AccountParts } from './accounts.js';

export interface Dispatch {
  api: GootaxApi;
  routes: Route[];
  job: CleanupJob;
}

/** Composes the API for dispatch systems such as Gootax. */
export function createDispatch({
  db,
  companies,
  accounts,
  config,
  orders,
  notifications,
  bridges,
  bans,
}: {
  db: Database;
  companies: CompanyStore;
  accounts: AccountParts;
  config: { http: { outsideUrl: string } };
  notifications: Pick<Notifications, 'notify' | 'supersede'>;
  orders: OrderBook;
  bridges: Pick<Bridges, 'start'>;
  bans: LoginReports;
}): Dispatch {
  const clock = systemClock;
  const company = () => companies.company;
  const recorded = new RecordedRequests(db, clock);
  const api = new GootaxApi({
    company,
    recorded,
    notifications,
    bridges,
    bans,
    clock,
    tokens: accounts.principals,
    orders,
    repetitions: new Repetitions(db),
    pairKey: randomBytes(32),
  });
  const settings: SettingsSource = { company, tokens: accounts.apiTokens, url: config.http.outsideUrl };
  return {
    api,
    routes: [...recordedRoutes(recorded), ...settingsRoutes(settings)],
    job: recorded.cleanupJob(() => company().keep_days.recorded_requests),
  };
}
