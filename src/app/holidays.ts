import { holidayYears } from '../call-plan/compile.js';
import { holidayRegionsIn } from '../company/action-facts.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { walk } from '../company/walk.js';
import { rememberHolidays } from '../directory/public-holidays.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { Documents } from './documents.js';

interface HolidayParts {
  companies: Pick<CompanyStore, 'company' | 'onChange'>;
  documents: Pick<Documents, 'holidaysByYear'>;
  clock: Clock;
  logger: Logger;
}

/** Computes the public holidays that the company's plans name before the first call needs them, now and after each change. */
export async function prepareHolidays({ companies, documents, clock, logger }: HolidayParts): Promise<void> {
  const prepare = async () => {
    const regions = new Set([...walk(companies.company)].flatMap(({ action }) => holidayRegionsIn(action)));
    const years = holidayYears(clock.now());
    for (const region of regions) {
      const found = (await documents.holidaysByYear(region, years, '')) ?? [];
      for (const [index, year] of years.entries()) rememberHolidays(region, year, found[index] ?? []);
    }
  };
  const prepareOrLog = () =>
    prepare().catch((error: unknown) => logger.error({ err: error }, 'public holidays could not be computed ahead'));
  await prepareOrLog();
  companies.onChange(() => void prepareOrLog());
}
