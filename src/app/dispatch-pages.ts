import type { Bridges } from '../masked-bridges/port.js';
import { BridgeReader } from '../masked-bridges/reader.js';
import { bridgePages } from '../web/pages/bridge-pages.js';
import { doNotCallPages } from '../web/pages/do-not-call-page.js';
import { notificationPages } from '../web/pages/notification-pages.js';
import type { Route } from '../http/route.js';
import { systemClock } from '../lib/clock.js';
import { DoNotCallList } from '../notifications/do-not-call.js';
import type { Notifications } from '../notifications/port.js';
import { NotificationReader } from '../notifications/reader.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Database } from '../storage/database.js';

/** Composes the pages for dispatchers. */
export function createDispatchPages({
  db,
  companies,
  notifications,
  bridges,
}: {
  db: Database;
  companies: Pick<CompanyStore, 'company'>;
  notifications: Notifications;
  bridges: Bridges;
}): Route[] {
  const timeZone = () => companies.company.time_zone;
  return [
    ...notificationPages({ notifications, reader: new NotificationReader(db.history), timeZone }),
    ...doNotCallPages({
      list: new DoNotCallList(db),
      country: () => companies.company.country,
      timeZone,
      now: () => systemClock.now(),
    }),
    ...bridgePages({ bridges, reader: new BridgeReader(db), timeZone }),
  ];
}
