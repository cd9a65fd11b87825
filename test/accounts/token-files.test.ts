import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiTokens } from '../../src/accounts/api-tokens.js';
import { provideTokens, type TokenFile } from '../../src/accounts/token-files.js';
import { systemClock } from '../../src/lib/clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

let dir: string;
let db: Database;
let tokens: ApiTokens;
let shop: TokenFile;
const errors: string[] = [];

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cordboard-token-files-'));
  db = await openDatabase(path.join(dir, 'test.db'));
  tokens = new ApiTokens(db, systemClock);
  await tokens.start();
  shop = { name: 'sample-shop', file: path.join(dir, 'tokens/api-token'), scopes: ['calls:reject'] };
  errors.length = 0;
});
afterEach(async () => {
  await tokens.stop();
  await db.destroy();
  await rm(dir, { recursive: true });
});

const provide = (...files: TokenFile[]) => provideTokens(files, tokens, (_error, file) => errors.push(file));
const stored = async () => (await readFile(shop.file, 'utf8')).trim();

it('a program gets a token with its scopes alone, in a file that only its user reads', async () => {
  await provide(shop);
  expect(tokens.verify(await stored())).toMatchObject({ name: 'sample-shop', scopes: ['calls:reject'] });
  expect((await stat(shop.file)).mode & 0o777).toBe(0o600);
});

it('the token stays at the next start, also when it was revoked', async () => {
  await provide(shop);
  const token = await stored();
  await tokens.revoke('sample-shop');
  await provide(shop);
  expect(await stored()).toBe(token);
  expect(tokens.verify(token)).toBeUndefined();
});

it('a lost file is written again, and the former token is of no use', async () => {
  await provide(shop);
  const former = await stored();
  await rm(shop.file);
  await provide(shop);
  expect(tokens.verify(former)).toBeUndefined();
  expect(tokens.verify(await stored())).toBeDefined();
});

it('a file that cannot be written is reported, and the others are', async () => {
  const impossible = { ...shop, name: 'other', file: path.join(dir, 'test.db/api-token') };
  await provide(impossible, shop);
  expect(errors).toEqual([impossible.file]);
  expect(tokens.verify(await stored())).toBeDefined();
});
