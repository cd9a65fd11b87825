import { readFile } from 'node:fs/promises';
import type { Config } from '../config.js';
import { readDocument } from '../company/document/document.js';
import { readKnownSounds } from '../company/lint/known-sounds.js';
import { showProblem } from '../company/problem.js';
import { CompanyStore, type CompanyChanged } from '../company/store/company-store.js';
import { ConfigStore } from '../company/store/config-store.js';
import { checkProfile } from '../integrations/shared/check-profile.js';
import { Emitter } from '../lib/emitter.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import type { Peers } from './peers.js';

/** @param onError gets the errors of listeners for changes */
export async function createCompanies({
  db,
  config,
  peers,
  hasAudio,
  onError,
}: {
  db: Database;
  config: Pick<Config, 'soundsDir' | 'webhookSecrets'>;
  peers: Pick<Peers, 'changes'>;
  hasAudio: (sha256: string) => Promise<boolean>;
  onError: (error: unknown) => void;
}): Promise<CompanyStore> {
  const companies = new CompanyStore({
    store: new ConfigStore(db),
    lint: {
      knownSounds: await readKnownSounds(config.soundsDir),
      checkProfile,
      secrets: new Set(Object.keys(config.webhookSecrets)),
    },
    hasAudio,
    changed: new Emitter<CompanyChanged>(onError),
  });
  peers.changes.onChange('configuration', () => companies.refresh());
  companies.onChange(({ elsewhere }) => {
    if (!elsewhere) peers.changes.announce('configuration');
  });
  return companies;
}

/** Loads the company document; on the first start the example. @throws when the example has errors */
export async function loadCompany(companies: CompanyStore, example: string, logger: Logger): Promise<void> {
  if ((await companies.isEmpty()) && example !== 'none') {
    const read = readDocument(await readFile(example, 'utf8'), example);
    if (!read.ok) throw new Error(`${example} cannot be applied:\n${read.problems.map(showProblem).join('\n')}`);
    await companies.apply(read.document);
    logger.info({ file: example }, 'the example configuration was applied');
  }
  await companies.load();
}
