import path from 'node:path';
import { masksCallers } from '../accounts/roles.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { ForeignPhone } from '../asterisk/names.js';
import type { Company } from '../company/company.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { DialPolicy } from '../directory/dial-policy.js';
import { HandsetProvisioner } from '../directory/handset-provisioner.js';
import type { TrunkStates } from '../directory/trunk-states.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';

/** The handsets that are telephones of the company's own Asterisk. */
export function foreignPhones(company: Company): ForeignPhone[] {
  return company.handsets.flatMap(({ name, endpoint }) =>
    endpoint === undefined ? [] : [{ name, endpoint, masksCallers: masksCallers(company, name) }],
  );
}

/** Composes the dial policy and the accounts of handsets: both know whose phones may be shown numbers. */
export function createHandsets({
  db,
  asterisk,
  companies,
  config,
  trunks,
  logger,
}: {
  db: Database;
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  config: Config;
  trunks: Pick<TrunkStates, 'isDown'>;
  logger: Logger;
}): { dials: DialPolicy; handsets: HandsetProvisioner } {
  const directory = () => companies.company;
  const isMasked = (handset: string) => masksCallers(directory(), handset);
  const secretsDir = path.join(config.dataDir, 'secrets');
  return {
    dials: new DialPolicy({
      db,
      directory,
      trunk: config.trunkEndpoint,
      masksCallers: isMasked,
      names: asterisk.names,
      incomingCalls: (name) => asterisk.trunks.incomingCalls(name),
      isDown: (name) => trunks.isDown(name),
    }),
    handsets: new HandsetProvisioner({ asterisk, secretsDir, handsets: directory, masksCallers: isMasked, logger }),
  };
}
