import { CallReader } from '../calls/reader.js';
import type { Route } from '../http/route.js';
import type { Clock } from '../lib/clock.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { Eraser, type ErasureParts } from '../privacy/erase.js';
import { privacyRoutes } from '../privacy/routes.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';

/** Composes the routes that export and erase personal data. */
export function createPrivacyRoutes({
  db,
  companies,
  clock,
  ...erasing
}: Omit<ErasureParts, 'db' | 'clock'> & { db: Database; companies: CompanyStore; clock: Clock }): Route[] {
  return privacyRoutes({
    db: db.history,
    calls: new CallReader(db.history),
    now: () => clock.now(),
    audit: (entry) => recordAudit(db, entry),
    company: () => companies.company,
    eraser: new Eraser({ db, clock, ...erasing }),
  });
}
