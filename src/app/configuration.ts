import type { CompanyStore } from '../company/store/company-store.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { DraftReplays } from '../simulator/past-calls/draft-replays.js';
import type { Database } from '../storage/database.js';
import { Documents } from './documents.js';
import { prepareHolidays } from './holidays.js';
import type { Part } from './parts.js';

interface ConfigurationOptions {
  config: ConstructorParameters<typeof Documents>[0];
  companies: CompanyStore;
  db: Database;
  clock: Clock;
  logger: Logger;
}

/** Starts after the company was loaded, and before calls arrive. */
export interface Configuration extends Part {
  documents: Documents;
  replays: DraftReplays;
}

/** What checks and tries out the company's configuration and its drafts, in worker threads. */
export function createConfiguration({ config, companies, db, clock, logger }: ConfigurationOptions): Configuration {
  const documents = new Documents(config, companies);
  const replays = new DraftReplays({
    history: db.history,
    clock,
    logger,
    compare: (document, stored) => documents.compare(document, stored),
  });
  return {
    documents,
    replays,
    start: () => prepareHolidays({ companies, documents, clock, logger }),
    async stop() {
      // At once: a batch can wait behind a simulated call that waits for a shop, and ends with its thread.
      await Promise.all([replays.stop(), documents.stop()]);
    },
  };
}
