import { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { BASELINE, isBreaking } from '../../src/storage/compatibility.js';
import type { Connection, Statement } from '../../src/storage/connection.js';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

/**
 * A migration without `breaks` only adds: a gateway that does not know it reads and writes the tables as before. Whether it also
 * understands the rows that newer ones write is up to the code: it must read a new form one version before any version writes it. The
 * tables are empty here: changes of rows that are read first must be declared without this test.
 */

/** Statements of one migration after which an older gateway may fail. */
function harmful(statements: readonly string[]): string[] {
  const added = new Set<string>();
  return statements.filter((text) => !isAddition(text.trim().replaceAll(/\s+/g, ' '), added));
}

/** @param added tables of the same migration, which an older gateway does not know; the function adds to it */
function isAddition(text: string, added: Set<string>): boolean {
  const [, created] = /^create table (\w+)/i.exec(text) ?? [];
  if (created !== undefined) return added.add(created).has(created);
  const [, unique, indexed = ''] = /^create (unique )?index \w+ on (\w+)/i.exec(text) ?? [];
  if (indexed !== '') return unique === undefined || added.has(indexed);
  const [, altered = '', column = ''] = /^alter table "?(\w+)"? add column (.*)$/i.exec(text) ?? [];
  if (altered !== '') return added.has(altered) || (!/\bcheck\b/i.test(column) && hasValueByItself(column));
  const [, written = ''] = /^(?:insert into|update|delete from) "?(\w+)/i.exec(text) ?? [];
  if (written !== '') return added.has(written);
  // A trigger also runs when an older gateway writes: it may only add rows.
  return /^create trigger\b/i.test(text) || /^select\b/i.test(text);
}

const hasValueByItself = (column: string): boolean => !/\bnot null\b/i.test(column) || /\bdefault\b/i.test(column);

/** The statements of each migration on SQLite. */
async function statementsOfAll(): Promise<Map<string, string[]>> {
  let current: string[] = [];
  const real = await openConnection({ filename: ':memory:', pragmas: [] });
  const recording: Connection = {
    execute(statement: Statement) {
      current.push(statement.sql);
      return real.execute(statement);
    },
    write: (statements) => real.write(statements),
    close: () => real.close(),
  };
  const db = new Kysely<unknown>({ dialect: new SqliteDialect(() => recording) });
  const all = new Map<string, string[]>();
  for (const [name, migration] of Object.entries(migrations)) {
    current = [];
    await db.transaction().execute((tx) => migration.up(tx));
    all.set(
      name,
      current.filter((text) => !/^(begin|commit)\b/.test(text)),
    );
  }
  await db.destroy();
  return all;
}

it('every new migration only adds to the tables, or says why the version before cannot go on', async () => {
  const statements = await statementsOfAll();
  const undeclared = Object.entries(migrations)
    .filter(([name, migration]) => !isBreaking(name, migration))
    .map(([name]) => ({ name, harmful: harmful(statements.get(name) ?? []) }));
  expect(undeclared.filter((each) => each.harmful.length > 0)).toEqual([]);
});

it('tells additions from other changes, in the migrations so far', async () => {
  const statements = await statementsOfAll();
  const breaking = [...statements].filter(([, texts]) => harmful(texts).length > 0).map(([name]) => name);
  expect(breaking).toEqual(expect.arrayContaining(['0002_webhooks', '0021_call_search', '0026_pending_effects']));
  expect(breaking).not.toContain('0040_bans');
  expect(breaking).not.toContain(BASELINE);
  expect(harmful(['alter table dials add column x text not null'])).toHaveLength(1);
  expect(harmful(["alter table dials add column x text not null default ''"])).toEqual([]);
  expect(harmful(['create unique index x on dials (at)', 'drop table dials', 'update dials set at = 0'])).toHaveLength(
    3,
  );
});
