import path from 'node:path';
import { ScreenPopTokens } from '../accounts/screen-pop-tokens.js';
import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Database } from '../storage/database.js';

/** Operators' access tokens for the dispatch; deleted when the operator is removed from the document. */
export function createScreenPopTokens(parts: {
  db: Database;
  config: Pick<Config, 'dataDir'>;
  companies: Pick<CompanyStore, 'company' | 'onChange'>;
  clock: Clock;
  logger: Logger;
}): ScreenPopTokens {
  const { db, config, companies, clock, logger } = parts;
  const tokens = new ScreenPopTokens({
    db,
    clock,
    logger,
    keyFile: path.join(config.dataDir, 'secrets', 'dispatch-tokens.key'),
    people: () => companies.company.operators,
  });
  companies.onChange(() => {
    tokens.forgetRemoved().catch((error: unknown) => logger.error({ err: error }, 'dispatch tokens were not removed'));
  });
  return tokens;
}
