import { Accounts, type AccountsOptions, type AccountHolder } from '../../src/accounts/accounts.js';
import { PasswordHasher } from '../../src/accounts/password-hash.js';
import { PasswordStore } from '../../src/accounts/password-store.js';
import type { RoleChanges } from '../../src/accounts/roles.js';
import { createLogger } from '../../src/lib/logger.js';
import type { Database } from '../../src/storage/database.js';

/** A hash of no cost worth speaking of. */
export const CHEAP = { N: 16, r: 1, p: 1 };

export const ADDRESS = '192.0.2.1';
export const PASSWORD = 'correct horse battery';

export const eva: AccountHolder = { id: 7, login: 'Eva@shop.example', name: 'Eva', role: 'operator', handset: 'sales' };
export const adam: AccountHolder = { id: 8, login: 'adam', name: 'Adam', role: 'supervisor' };
export const boss: AccountHolder = { id: 9, login: 'boss', name: 'Boss', role: 'admin' };

/** Counts the hashes that are computed. */
export class CountingHasher extends PasswordHasher {
  checks = 0;

  constructor() {
    super(CHEAP);
  }

  override verify(password: string, stored: string | undefined): Promise<boolean> {
    this.checks += 1;
    return super.verify(password, stored);
  }
}

export function virtualClock(at = 1_000_000) {
  const clock = { at, now: () => clock.at, wakeAt: () => () => undefined };
  return clock;
}

/** The operators Eva, Adam and Boss; Eva's password is {@link PASSWORD}, unless there are passwords in the database. @param isNew nobody has a password */
export async function openAccounts(
  db: Database,
  { isNew = false, ...more }: Partial<AccountsOptions> & { isNew?: boolean } = {},
) {
  const clock = virtualClock();
  const hasher = new CountingHasher();
  const company: { people: AccountHolder[]; roles: RoleChanges } = { people: [eva, adam, boss], roles: {} };
  const accounts = new Accounts({
    store: new PasswordStore(db),
    clock,
    hasher,
    people: () => company.people,
    roles: () => company.roles,
    logger: createLogger({ level: 'silent' }),
    ...more,
  });
  await accounts.start();
  if (!isNew && !accounts.list().some(({ hasPassword }) => hasPassword))
    await accounts.setPassword(eva.login, PASSWORD);
  return { accounts, clock, hasher, company };
}
