import { randomBytes } from 'node:crypto';
import type { Bridges } from '../bridges/port.js';
import { DispatchDesk } from '../integrations/gootax/desk.js';
import { Repetitions } from '../integrations/gootax/repetitions.js';
import { RecordedRequests } from '../integrations/recorded/recorded-requests.js';
import { recordedRoutes } from '../integrations/recorded/routes.js';
import type { Route } from '../http/route.js';
import { systemClock } from '../lib/clock.js';
import type { Chore } from '../lib/janitor.js';
import type { Notifications } from '../notifications/port.js';
import { OrderBook } from '../orders/order-book.js';
import type { CompanyStore } from '../plan/company-store.js';
import { lineRoutes } from '../plan/line-routes.js';
import type { Database } from '../storage/database.js';
import type { People } from './accounts.js';

const UNAVAILABLE = { ok: false, why: 'unavailable', detail: 'this gateway makes no such calls' } as const;

export interface Dispatch {
  desk: DispatchDesk;
  recorded: RecordedRequests;
  routes: Route[];
  chore: Chore;
}

/** What a dispatch such as Gootax sends to us, and reads from us. */
export function makeDispatch({
  db,
  companies,
  people,
  notifications = { notify: () => Promise.resolve(UNAVAILABLE) },
  bridges = { start: () => Promise.resolve(UNAVAILABLE) },
}: {
  db: Database;
  companies: CompanyStore;
  people: People;
  notifications?: Pick<Notifications, 'notify'>;
  bridges?: Pick<Bridges, 'start'>;
}): Dispatch {
  const clock = systemClock;
  const company = () => companies.company;
  const recorded = new RecordedRequests(db, clock);
  const desk = new DispatchDesk({
    ...{ company, recorded, notifications, bridges, clock },
    tokens: people.principals,
    orders: new OrderBook(db),
    repetitions: new Repetitions(db),
    pairKey: randomBytes(32),
  });
  return {
    ...{ desk, recorded },
    routes: [...lineRoutes(company), ...recordedRoutes(recorded)],
    chore: recorded.chore(() => company().keep_days.recorded_requests),
  };
}
