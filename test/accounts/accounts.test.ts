import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { createLogger } from '../../src/lib/logger.js';
import { PasswordHasher } from '../../src/accounts/password-hash.js';
import { ADDRESS, boss, CHEAP, eva, openAccounts, PASSWORD } from './sample-accounts.js';

const ELSEWHERE = '198.51.100.9';

let db: Database;
let opened: Awaited<ReturnType<typeof openAccounts>>;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  opened = await openAccounts(db);
});

afterEach(() => db.destroy());

function logIn(password = PASSWORD, login = eva.login, address = ADDRESS) {
  return opened.accounts.authenticate(login, password, address);
}

async function fail(times: number, login = eva.login, address = ADDRESS): Promise<void> {
  for (let time = 0; time < times; time += 1) await logIn(`wrong ${time}`, login, address);
}

describe('who logs in', () => {
  test('is known by login and password; capital letters of the login do not matter, those of the password do', async () => {
    const who = { name: eva.login, operator: { id: 7, handset: 'sales' } };
    expect(await logIn()).toMatchObject({ who });
    expect(await logIn(PASSWORD, 'EVA@SHOP.EXAMPLE')).toMatchObject({ who });
    expect(await logIn(PASSWORD.toUpperCase())).toEqual({ refused: 'wrong' });
  });

  test('can type the same letters composed or not', async () => {
    await opened.accounts.setPassword('adam', 'žluťoučký'.normalize('NFC'));
    expect(await logIn('žluťoučký'.normalize('NFD'), 'adam')).toHaveProperty('who');
  });

  test('is refused alike, after the same work, whether the login or the password is wrong, or there is no password yet', async () => {
    const { hasher } = opened;
    for (const login of [eva.login, 'nobody', boss.login, 'x'.repeat(5000)]) {
      const before = hasher.checks;
      expect(await logIn('wrong', login)).toEqual({ refused: 'wrong' });
      expect(hasher.checks - before, login).toBe(1);
    }
  });

  test('costs one hash however often the right password comes, at once or one after another; a wrong one costs its own', async () => {
    const { hasher } = opened;
    const all = await Promise.all(Array.from({ length: 20 }, () => logIn()));
    expect(all.filter((each) => 'who' in each)).toHaveLength(20);
    await logIn();
    expect(hasher.checks).toBe(1);
    await logIn('wrong');
    expect(hasher.checks).toBe(2);
  });

  test('is looked at anew some minutes later', async () => {
    await logIn();
    opened.clock.at += 6 * 60_000;
    await logIn();
    expect(opened.hasher.checks).toBe(2);
  });
});

describe('lock-out', () => {
  test.each([eva.login, 'nobody'])('after five failures %s has to wait, with the right password too', async (login) => {
    await fail(5, login);
    const before = opened.hasher.checks;
    expect(await logIn(PASSWORD, login)).toEqual({ refused: 'locked', waitS: 30 });
    expect(opened.hasher.checks).toBe(before);
    opened.clock.at += 30_000;
    expect(await logIn('wrong', login)).toEqual({ refused: 'wrong' });
    expect(await logIn(PASSWORD, login)).toEqual({ refused: 'locked', waitS: 60 });
  });

  test('waits grow to a quarter of an hour, and are forgotten after a success', async () => {
    await fail(4);
    let waitS = 0;
    for (let time = 0; time < 12; time += 1) {
      await logIn('wrong');
      const locked = await logIn();
      waitS = 'waitS' in locked ? locked.waitS : 0;
      opened.clock.at += waitS * 1000;
    }
    expect(waitS).toBe(900);
    expect(await logIn()).toHaveProperty('who');
    await fail(4);
    expect(await logIn()).toHaveProperty('who');
  });

  test('many guesses at once are not more than a few one after another', async () => {
    const before = opened.hasher.checks;
    const guesses = await Promise.all(Array.from({ length: 30 }, (_, n) => logIn(`guess ${n}`)));
    expect(guesses.filter((each) => 'refused' in each && each.refused === 'locked')).toHaveLength(25);
    expect(opened.hasher.checks - before).toBe(5);
  });

  test('a stranger who guesses elsewhere does not lock out whoever has logged in here before', async () => {
    await logIn();
    opened.clock.at += 6 * 60_000;
    await fail(8, eva.login, ELSEWHERE);
    expect(await logIn(PASSWORD, eva.login, ELSEWHERE)).toHaveProperty('refused', 'locked');
    expect(await logIn()).toHaveProperty('who');
  });

  test('while it lasts, a correct cached password is answered like a wrong one', async () => {
    await logIn();
    await fail(8, eva.login, ELSEWHERE);
    expect(await logIn(PASSWORD, eva.login, ELSEWHERE)).toHaveProperty('refused', 'locked');
  });

  test('an address that tries many logins has to wait; another address need not', async () => {
    for (let n = 0; n < 50; n += 1) await logIn('wrong', `somebody${n}`);
    expect(await logIn()).toEqual({ refused: 'locked', waitS: 30 });
    expect(await logIn(PASSWORD, eva.login, ELSEWHERE)).toHaveProperty('who');
  });

  test('a new password, set by somebody who may, opens at once', async () => {
    await fail(6);
    await opened.accounts.setPassword(eva.login, 'another password');
    expect(await logIn('another password')).toHaveProperty('who');
  });
});

describe('passwords', () => {
  test('a made-up one is given once and lets in', async () => {
    const password = await opened.accounts.setPassword('boss');
    expect(password).toMatch(/^[\w-]{16}$/);
    expect(await logIn(password, 'boss')).toHaveProperty('who');
    expect(await opened.accounts.setPassword('nobody')).toBeUndefined();
  });

  test('only their hashes are stored, each with its own salt, and outlive the process', async () => {
    await opened.accounts.setPassword('adam', PASSWORD);
    const rows = await db.selectFrom('passwords').selectAll().execute();
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(opened.accounts.list().map(({ login, hasPassword }) => [login, hasPassword])).toEqual([
      [eva.login, true],
      ['adam', true],
      ['boss', false],
    ]);
  });

  test('a new one puts the old one out at once, remembered or not', async () => {
    await logIn();
    await opened.accounts.setPassword(eva.login, 'another password');
    expect(await logIn()).toEqual({ refused: 'wrong' });
  });

  test('one that is set while the old one is being checked wins', async () => {
    const { hasher, accounts } = opened;
    const verify = hasher.verify.bind(hasher);
    hasher.verify = async (...args) => {
      const right = await verify(...args);
      await accounts.setPassword(eva.login, 'another password');
      return right;
    };
    expect(await logIn()).toEqual({ refused: 'wrong' });
  });

  test('are hashed again at the next login once hashes cost more', async () => {
    const hasher = new PasswordHasher({ ...CHEAP, N: 32 });
    const { accounts } = await openAccounts(db, { hasher });
    const cheap = await new PasswordHasher(CHEAP).hash(PASSWORD);
    await db.updateTable('passwords').set({ hash: cheap }).execute();
    await accounts.start();
    for (const login of [1, 2]) {
      expect(await accounts.authenticate(eva.login, PASSWORD, ADDRESS), `login ${login}`).toHaveProperty('who');
      const { hash } = await db.selectFrom('passwords').selectAll().executeTakeFirstOrThrow();
      expect(hash).toMatch(/^scrypt\$32\$/);
    }
  });

  test('belong to the operator, not to the login: who gets a removed operator’s login or id does not get the password', async () => {
    const { accounts, company } = opened;
    company.people = [{ ...eva, id: 70 }];
    expect(await logIn()).toEqual({ refused: 'wrong' });
    await accounts.forgetRemoved();
    company.people = [{ ...eva, login: 'jana' }];
    expect(await logIn(PASSWORD, 'jana')).toEqual({ refused: 'wrong' });
    expect(await db.selectFrom('passwords').selectAll().execute()).toEqual([]);
  });

  test('stay when the login changes', async () => {
    opened.company.people = [{ ...eva, login: 'eva.novakova' }];
    expect(await logIn(PASSWORD, 'eva.novakova')).toHaveProperty('who');
  });

  test('never reach the log, nor do logins that may be passwords typed into the wrong field', async () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'trace' }, { write: (line) => void lines.push(line) });
    const other = await openAccounts(db, { logger });
    await other.accounts.authenticate(eva.login, PASSWORD, ADDRESS);
    await other.accounts.authenticate('my secret password', 'wrong password', ADDRESS);
    await other.accounts.setPassword('boss', 'a password of the boss');
    expect(lines.some((line) => line.includes('a login was refused'))).toBe(true);
    expect(lines.join('')).not.toMatch(/horse|my secret|wrong password|of the boss/);
  });
});

test('the fingerprint changes with the password and the role, and there is none without them', async () => {
  const { accounts, company } = opened;
  const fingerprints = [accounts.named(eva.login)?.fingerprint];
  await accounts.setPassword(eva.login, PASSWORD);
  fingerprints.push(accounts.named(eva.login)?.fingerprint);
  company.people = [{ ...eva, role: 'supervisor' }];
  fingerprints.push(accounts.named(eva.login)?.fingerprint);
  expect(new Set(fingerprints).size).toBe(3);
  company.people = [];
  expect(accounts.named(eva.login)).toBeUndefined();
  company.people = [boss];
  expect(accounts.named('boss')).toBeUndefined();
});
