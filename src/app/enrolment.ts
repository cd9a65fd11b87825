import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { EnrolledPhones } from '../directory/enrolled-phones.js';
import { Enrolment } from '../directory/enrolment-routes.js';
import type { HandsetProvisioner } from '../directory/handset-provisioner.js';
import { connectionOf } from '../directory/phone-encryption.js';
import { phoneKeysOf } from '../directory/phone-keys.js';
import { zoneRulesOf } from '../directory/phone-time-zone.js';
import { systemClock } from '../lib/clock.js';
import { supportedLanguageOf } from '../lib/language.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';

/** Composes the set-up of desk phones by their MAC address. */
export function createEnrolment(parts: {
  db: Database;
  companies: Pick<CompanyStore, 'company'>;
  handsets: Pick<HandsetProvisioner, 'knownPassword'>;
  config: Pick<Config, 'sip'> & { http: { outsideUrl: string } };
  record: RecordAction;
  recordOnce: RecordAction;
}): Enrolment {
  const { db, companies, handsets, config, record, recordOnce } = parts;
  return new Enrolment({
    phones: new EnrolledPhones(db, systemClock),
    handsets: () => companies.company.handsets,
    sipPassword: (handset) => handsets.knownPassword(handset),
    describe: (handset) => {
      const { company } = companies;
      const language = supportedLanguageOf([...(handset.language ? [handset.language] : []), ...company.languages]);
      return {
        account: {
          ...connectionOf(config.sip, handset.encryption),
          user: handset.name,
          displayName: handset.display_name || handset.name,
        },
        language,
        zone: zoneRulesOf(company.time_zone, new Date(systemClock.now()).getUTCFullYear()),
        keys: phoneKeysOf({
          handset: handset.name,
          language,
          handsets: company.handsets,
          queues: company.queues,
          codes: company.feature_codes,
        }),
      };
    },
    outsideUrl: config.http.outsideUrl,
    clock: systemClock,
    record,
    recordOnce,
  });
}
