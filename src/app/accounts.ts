import { Accounts } from '../accounts/accounts.js';
import type { FirstAccount } from '../accounts/first-account.js';
import { ApiTokens } from '../accounts/api-tokens.js';
import { provideTokens } from '../accounts/token-files.js';
import { PasswordHasher } from '../accounts/password-hash.js';
import { PasswordStore } from '../accounts/password-store.js';
import { Principals } from '../accounts/principals.js';
import { SqlSessionStore } from '../accounts/session-store.js';
import type { Config } from '../config.js';
import { Sessions } from '../http/sessions.js';
import { adminToken, readerToken as readerTokenOf, TokenList } from '../http/tokens.js';
import { systemClock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Database } from '../storage/database.js';
import type { Peers } from './peers.js';
import { createFirstAccount } from './first-account.js';
import { HOUR_MS } from '../lib/time.js';

const SESSION_LIFETIME_MS = 12 * HOUR_MS;
const SESSION_IDLE_MS = 4 * HOUR_MS;

export interface AccountParts {
  accounts: Accounts;
  /** Creates the account of the first admin. */
  first: FirstAccount;
  apiTokens: ApiTokens;
  principals: Principals;
  sessions: Sessions;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  config: Config;
  db: Database;
  companies: CompanyStore;
  peers: Peers;
  logger: Logger;
}

/** Composes authentication: operators' accounts, API tokens and sessions. */
export function createAccounts({ config, db, companies, peers, logger }: Parts): AccountParts {
  const clock = systemClock;
  const { changes, counts } = peers;
  const accounts = new Accounts({
    store: new PasswordStore(db),
    clock,
    hasher: new PasswordHasher(),
    people: () => companies.company.operators,
    roles: () => companies.company.roles,
    logger,
    counts,
    onStored: () => changes.announce('accounts'),
  });
  companies.onChange(() => {
    accounts.forgetRemoved().catch((error: unknown) => logger.error({ err: error }, 'passwords were not removed'));
  });
  const apiTokens = new ApiTokens(db, clock, () => changes.announce('tokens'));
  const principals = new Principals([new TokenList(tokensOf(config)), apiTokens], accounts);
  const operatorId = (name: string) => principals.named(name)?.operator?.id ?? null;
  const store = new SqlSessionStore(db, logger, operatorId, () => changes.announce('sessions'));
  const sessions = new Sessions({
    tokens: principals,
    lifetimeMs: SESSION_LIFETIME_MS,
    idleMs: SESSION_IDLE_MS,
    secureCookie: config.http.outsideUrl.startsWith('https:'),
    clock,
    store,
  });
  changes.onChange('accounts', () => accounts.reload());
  changes.onChange('tokens', () => apiTokens.reload());
  changes.onChange('sessions', () => sessions.reload());
  return {
    accounts,
    first: createFirstAccount({ db, accounts, companies, clock }),
    apiTokens,
    principals,
    sessions,
    async start() {
      await Promise.all([accounts.start(), apiTokens.start(), sessions.start()]);
      await provideTokens(config.tokenFiles, apiTokens, (error, file) =>
        logger.error(
          { err: error, file },
          'a file of TOKEN_FILES cannot be written: the gateway must be able to write its folder',
        ),
      );
    },
    async stop() {
      await Promise.all([apiTokens.stop(), store.stop()]);
    },
  };
}

function tokensOf({ apiToken, readerToken }: Config): ConstructorParameters<typeof TokenList>[0] {
  return readerToken === undefined ? [adminToken(apiToken)] : [adminToken(apiToken), readerTokenOf(readerToken)];
}
