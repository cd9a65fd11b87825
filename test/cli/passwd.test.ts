import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { ADMIN, startAccountsHarness, type AccountsHarness } from '../accounts/accounts-harness.js';
import { ADDRESS, eva } from '../accounts/sample-accounts.js';

let db: Database;
let server: AccountsHarness;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  server = await startAccountsHarness(db);
});

afterEach(async () => {
  await server.stop();
  await db.destroy();
});

async function cordboard(args: string[], typed = ''): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', ''];
  const code = await runCommand(args, {
    env: { CORDBOARD_URL: server.url, CORDBOARD_API_TOKEN: ADMIN },
    out: (text) => (out += text),
    error: (text) => (error += text),
    input: Readable.from([typed]),
  });
  return { code, out, error };
}

test('makes a password up and shows it', async () => {
  const { code, out } = await cordboard(['passwd', eva.login]);
  expect(code).toBe(0);
  const [, password = ''] = /^New password of Eva@shop\.example, shown only once: (\S{16})\n$/.exec(out) ?? [];
  expect(await server.accounts.authenticate(eva.login, password, ADDRESS)).toHaveProperty('who');
});

test('takes one from the standard input, and does not repeat it', async () => {
  const { code, out } = await cordboard(['passwd', 'adam', '--stdin'], 'chosen by Adam\nanother line\n');
  expect([code, out]).toEqual([0, 'The password is set.\n']);
  expect(await server.accounts.authenticate('adam', 'chosen by Adam', ADDRESS)).toHaveProperty('who');
});

test.each([
  { args: ['passwd', 'nobody'], typed: '', code: 1, says: 'no operator of the company has this login' },
  { args: ['passwd', 'adam', '--stdin'], typed: 'short\n', code: 1, says: 'at least 10 characters' },
  { args: ['passwd', 'adam', '--stdin'], typed: '', code: 1, says: 'at least 10 characters' },
  { args: ['passwd'], typed: '', code: 2, says: 'LOGIN' },
  { args: ['passwd', 'adam', 'a password'], typed: '', code: 2, says: '--stdin' },
])('$args $typed ends with $code and says why', async ({ args, typed, code, says }) => {
  const ended = await cordboard(args, typed);
  expect(ended.code).toBe(code);
  expect(ended.error).toContain(says);
  expect(ended.error).not.toMatch(/adam .*a password|short/);
});
