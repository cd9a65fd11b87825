import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScreenPopTokens } from '../../src/accounts/screen-pop-tokens.js';
import { SecretBox } from '../../src/accounts/secret-box.js';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

const TOKEN = 'dispatch-access-token-of-eva';

let folder: string;
let db: Database;
let people: { id: number }[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-tokens-'));
  db = await openDatabase(path.join(folder, 'cordboard.db'));
  people = [{ id: 1 }, { id: 2 }];
});

afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

const keyFile = () => path.join(folder, 'secrets', 'dispatch-tokens.key');

async function tokens(): Promise<ScreenPopTokens> {
  const logger = createLogger({ level: 'silent' });
  const one = new ScreenPopTokens({ db, keyFile: keyFile(), people: () => people, clock: systemClock, logger });
  await one.start();
  return one;
}

async function inFiles(text: string): Promise<boolean> {
  const files = ['cordboard.db', 'cordboard.db-wal'].map((name) => readFile(path.join(folder, name)));
  return (await Promise.all(files)).some((content) => content.includes(text));
}

describe('access tokens of the dispatch', () => {
  test('are read again after a restart, and are not in the database’s files', async () => {
    expect(await (await tokens()).set(1, TOKEN)).toBe(true);
    const later = await tokens();
    expect(later.reveal(1)).toBe(TOKEN);
    expect(later.setSince(1)).toBeGreaterThan(Date.now() - 60_000);
    expect([later.reveal(2), later.setSince(2)]).toEqual([undefined, undefined]);
    expect(await inFiles(TOKEN)).toBe(false);
    // The same search finds what is written as it is.
    await db.insertInto('meta').values({ key: 'x', value: TOKEN }).execute();
    expect(await inFiles(TOKEN)).toBe(true);
  });

  test('the key is for the gateway’s user alone', async () => {
    await tokens();
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  });

  test('are forgotten on demand, and with their operator', async () => {
    const all = await tokens();
    expect(await all.set(3, TOKEN)).toBe(false);
    await all.set(1, TOKEN);
    await all.set(2, TOKEN);
    await all.remove(1);
    people = [{ id: 1 }];
    await all.forgetRemoved();
    expect([all.reveal(1), all.reveal(2)]).toEqual([undefined, undefined]);
    expect(await db.selectFrom('dispatch_tokens').selectAll().execute()).toEqual([]);
  });

  test('a new key in front seals them anew; then the old one can go', async () => {
    await (await tokens()).set(1, TOKEN);
    const fresh = randomBytes(32).toString('base64');
    await writeFile(keyFile(), `${fresh}\n${await readFile(keyFile(), 'utf8')}`);
    expect((await tokens()).reveal(1)).toBe(TOKEN);
    await writeFile(keyFile(), `${fresh}\n`);
    expect((await tokens()).reveal(1)).toBe(TOKEN);
    await writeFile(keyFile(), `${randomBytes(32).toString('base64')}\n`);
    expect((await tokens()).reveal(1)).toBeUndefined();
  });

  test('one operator’s is not another’s, and none that was changed is read', async () => {
    await (await tokens()).set(1, TOKEN);
    await db.updateTable('dispatch_tokens').set({ operator_id: 2 }).execute();
    expect((await tokens()).reveal(2)).toBeUndefined();
    const safe = await SecretBox.open(keyFile());
    const sealed = safe.seal('secret', 'a');
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect([safe.unseal(sealed, 'a'), safe.unseal(sealed, 'b'), safe.unseal(changed, 'a')]).toEqual([
      'secret',
      undefined,
      undefined,
    ]);
    for (const odd of ['', 'x', 'a.b.c.d', `${sealed.split('.')[0]}...`]) expect(safe.unseal(odd, 'a')).toBeUndefined();
  });

  test('a key file with anything else in it is refused', async () => {
    await tokens();
    await writeFile(keyFile(), 'not a key\n');
    await expect(SecretBox.open(keyFile())).rejects.toThrow('openssl rand -base64 32');
  });
});
