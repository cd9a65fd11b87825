import type { Registry } from 'prom-client';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { HandsetProvisioner } from '../directory/handset-provisioner.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import type { Peers } from './peers.js';
import { createAccounts, type AccountParts } from './accounts.js';
import { createBans, type BanParts } from './bans.js';
import { createBrowserPhones, type BrowserPhones } from './browser-phones.js';

interface Parts {
  db: Database;
  config: Config;
  companies: CompanyStore;
  handsets: HandsetProvisioner;
  asterisk: Asterisk;
  peers: Peers;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}

/** Composes who gets in: accounts, the phones of browsers, and the addresses that do not. */
export function createAccess(parts: Parts): { accounts: AccountParts; bans: BanParts; phones: BrowserPhones } {
  const accounts = createAccounts(parts);
  const bans = createBans(parts);
  return { accounts, bans, phones: createBrowserPhones({ ...parts, accounts, bans: bans.http }) };
}
