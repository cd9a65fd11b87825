import type { AsteriskPort } from '../asterisk/port.js';
import { LegQualities, type LegQuality } from '../calls/leg-qualities.js';
import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import type { CompanyStore } from '../company/store/company-store.js';

interface Parts {
  config: Pick<Config, 'callQuality'>;
  db: Database;
  companies: Pick<CompanyStore, 'company'>;
  asterisk: Pick<AsteriskPort, 'onEvent'>;
  onMeasured: (leg: LegQuality) => void;
  clock: Clock;
  logger: Logger;
}

/** Stores how well each leg of a call was heard, unless it is switched off. */
export function createLegQualities({
  config,
  db,
  companies,
  asterisk,
  onMeasured,
  clock,
  logger,
}: Parts): LegQualities {
  const qualities = new LegQualities({
    db,
    clock,
    onMeasured,
    isHandset: (endpoint) => companies.company.handsets.some(({ name }) => name === endpoint),
    onError: (error) => logger.error({ err: error }, 'the quality of calls could not be stored'),
  });
  if (config.callQuality) asterisk.onEvent((event) => qualities.onEvent(event));
  return qualities;
}
