import { sql, type Kysely } from 'kysely';
import type { Engine } from '../engine.js';
import type { Tables } from '../schema.js';
import type { Shape } from './tables.js';

/** What a database does by itself when rows are written: triggers and numbers of rows. */

export interface Side {
  db: Kysely<Tables>;
  kind: Engine['kind'];
}

/** Runs work in a transaction without the effects of triggers: what they wrote in the source is copied. */
export async function withoutTriggers({ db, kind }: Side, shape: Shape, work: () => Promise<void>): Promise<void> {
  if (kind === 'postgres') {
    const alter = async (how: string) => {
      for (const { name } of shape.tables) await sql.raw(`alter table "${name}" ${how} trigger user`).execute(db);
    };
    await alter('disable');
    await work();
    await alter('enable');
    return;
  }
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'trigger'`.execute(db);
  for (const { name } of rows) await sql.raw(`drop trigger "${name}"`).execute(db);
  await work();
  for (const trigger of rows) await sql.raw(trigger.sql).execute(db);
}

const numberedTables = ({ tables }: Shape) =>
  tables.flatMap(({ name, numbered }): { name: string; column: string }[] =>
    numbered === undefined ? [] : [{ name, column: numbered }],
  );

/** The last number that each table with numbered rows has given, also to rows that are gone; 0: none. */
export async function readLastNumbers({ db, kind }: Side, shape: Shape): Promise<Map<string, number>> {
  const last = new Map<string, number>();
  for (const { name, column } of numberedTables(shape)) {
    const found =
      kind === 'sqlite'
        ? sql<{ last: number | null }>`select seq as last from sqlite_sequence where name = ${name}`
        : sql<{
            last: number | null;
          }>`select pg_sequence_last_value(pg_get_serial_sequence(${name}, ${column})::regclass) as last`;
    const { rows } = await found.execute(db);
    last.set(name, rows[0]?.last ?? 0);
  }
  return last;
}

export async function writeLastNumbers({ db, kind }: Side, shape: Shape, last: Map<string, number>): Promise<void> {
  for (const { name, column } of numberedTables(shape)) {
    const number = last.get(name) ?? 0;
    if (kind === 'postgres') {
      await sql`select setval(pg_get_serial_sequence(${name}, ${column}), greatest(${number}::bigint, 1), ${number}::bigint > 0)`.execute(
        db,
      );
      continue;
    }
    await sql`delete from sqlite_sequence where name = ${name}`.execute(db);
    if (number > 0) await sql`insert into sqlite_sequence (name, seq) values (${name}, ${number})`.execute(db);
  }
}

/** A transaction may wait for the other database as long as it takes. */
export async function mayWait({ db, kind }: Side): Promise<void> {
  if (kind === 'postgres') await sql`set local idle_in_transaction_session_timeout = 0`.execute(db);
}

/** Lets PostgreSQL choose its plans by the new contents at once. */
export async function afterCopy({ db, kind }: Side): Promise<void> {
  if (kind === 'postgres') await sql`analyze`.execute(db);
}
