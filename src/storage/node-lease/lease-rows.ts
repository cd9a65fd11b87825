import { sql, type Kysely } from 'kysely';
import type { Tables } from '../schema.js';
import type { Statement } from '../connection.js';
import { runStatement } from '../run-statement.js';
import type { LeaseRow } from './lease.js';

/** Every database has one node at present: the Asterisk of `ARI_URL`. */
const NODE = 'main';

export async function addNodeLeases(db: Kysely<unknown>): Promise<void> {
  await sql`create table node_leases (node text primary key, owner text, epoch integer not null, beat integer not null)`.execute(
    db,
  );
  await sql`insert into node_leases (node, owner, epoch, beat) values (${NODE}, null, 0, 0)`.execute(db);
}

/** Both null for an owner of a version that did not say. */
export async function addOwnerDoor(db: Kysely<unknown>): Promise<void> {
  await sql`alter table node_leases add column url text`.execute(db);
  await sql`alter table node_leases add column peer_key text`.execute(db);
}

/** Undefined: the database was last opened by a version without leases. */
export async function leaseIfAny(db: Kysely<Tables>): Promise<LeaseRow | undefined> {
  const tables = await db.introspection.getTables();
  return tables.some(({ name }) => name === 'node_leases') ? readLease(db) : undefined;
}

/** All columns: a table of an earlier version has not all of them. */
const READ: Statement = { sql: 'select * from node_leases where node = ?', parameters: [NODE] };

export async function readLease(db: Kysely<Tables>): Promise<LeaseRow> {
  const { rows } = await runStatement<LeaseRow>(db, READ);
  const [row] = rows;
  if (row === undefined) throw new Error('the database has no lease of the node');
  return row;
}

/** Asks whether the owner is alive, or answers, if the row is still as seen. */
export async function advanceBeat(db: Kysely<Tables>, { epoch, beat }: LeaseRow): Promise<void> {
  await runStatement(db, {
    sql: 'update node_leases set beat = beat + 1 where node = ? and epoch = ? and beat = ?',
    parameters: [NODE, epoch, beat],
  });
}

/** Takes the lease if its row is still as seen. @returns whether it was */
export async function claimLease(db: Kysely<Tables>, { epoch, beat }: LeaseRow, owner: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('node_leases')
    .set({ owner, epoch: epoch + 1, beat: beat + 1 })
    .where('node', '=', NODE)
    .where('epoch', '=', epoch)
    .where('beat', '=', beat)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Does nothing when another gateway has the lease. */
export async function releaseLease(db: Kysely<Tables>, epoch: number): Promise<void> {
  await db
    .updateTable('node_leases')
    .set((e) => ({ owner: null, beat: e('beat', '+', 1) }))
    .where('node', '=', NODE)
    .where('epoch', '=', epoch)
    .execute();
}

export async function storeDoor(
  db: Kysely<Tables>,
  epoch: number,
  door: { url: string; peer_key: string },
): Promise<void> {
  await db.updateTable('node_leases').set(door).where('node', '=', NODE).where('epoch', '=', epoch).execute();
}

/** A guard of transactions: fails them when the lease has another epoch. */
export function epochGuard(epoch: number): Statement {
  return {
    sql: 'select 1 from node_leases where node = ? and epoch = ?',
    parameters: [NODE, epoch],
    isGuard: true,
  };
}
