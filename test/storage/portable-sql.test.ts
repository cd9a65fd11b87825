import path from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

/** A rule of lint finds SQL that SQLite alone knows, before PostgreSQL meets it. */

const root = path.resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root, overrideConfigFile: path.join(root, '.config/eslint.config.mjs') });

async function complaints(code: string, file: string): Promise<string[]> {
  const [result] = await eslint.lintText(`import { sql } from 'kysely';\nexport const query = ${code};\n`, {
    filePath: path.join(root, file),
  });
  return (result?.messages ?? []).map(({ message }) => message);
}

const refused = expect.stringContaining('PostgreSQL does not') as string;

test.each([
  "sql`select strftime('%H', at / 1000) from calls`",
  "sql<number>`datetime(${1}, 'unixepoch')`",
  'sql`select julianday(at)`',
  'sql`select ifnull(a, 0) from t`',
  'sql`select iif(a, 1, 0) from t`',
  "sql`select a from t where a glob '[0-9]*'`",
  'sql`delete from t where rowid = ${7}`',
  'sql`insert or replace into t values (1)`',
  "sql`select printf('%d', a) from t`",
  'sql`select max(a, ${1}, b) from t`',
  'sql`select group_concat(a) from t`',
  "sql.raw('select IFNULL(a, 0)')",
  'sql.raw(`select json_group_array(a) from t`)',
])('%s is refused', async (code) => {
  expect(await complaints(code, 'src/calls/search.ts')).toEqual([refused]);
  expect(await complaints(code, 'src/storage/timeline.ts')).toEqual([refused]);
});

test.each([
  "sql`select coalesce(max(id), ${1}), min(at) from t where instr(a, ${'x'}) > 0`",
  "sql`select json_extract(data, '$.to') from t, json_each(list) where globally = 1`",
  'sql`insert into t values (1) on conflict do nothing`',
])('%s is for both databases', async (code) => {
  expect(await complaints(code, 'src/calls/search.ts')).toEqual([]);
});

test('what is of SQLite alone may use it', async () => {
  const code = 'sql`create table t (a text primary key) without rowid`';
  expect(await complaints(code, 'src/storage/bans-table.ts')).toEqual([]);
  expect(await complaints(code, 'src/storage/sqlite/sqlite-engine.ts')).toEqual([]);
});
