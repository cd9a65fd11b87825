import type { CompanyStore } from '../company/store/company-store.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { NumberIndexer } from '../privacy/number-indexer.js';
import { ReportRollUp } from '../reports/roll-up.js';
import type { Database } from '../storage/database.js';

interface Parts {
  db: Database;
  companies: Pick<CompanyStore, 'company'>;
  clock: Clock;
  logger: Logger;
}

/** What is computed in the background of stored calls: the sums of reports, and the index of numbers. */
export function createSummaries({ db, companies, clock, logger }: Parts) {
  const failed = (message: string) => (error: unknown) => logger.error({ err: error }, message);
  const company = () => companies.company;
  return {
    reports: new ReportRollUp({ db, company, clock, onError: failed('the reports could not be updated') }),
    numberIndexer: new NumberIndexer({ db, clock, onError: failed('the index of numbers could not be updated') }),
  };
}
