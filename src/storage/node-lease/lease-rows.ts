import { sql, type Kysely } from 'kysely';
import type { Tables } from '../schema.js';
import type { Statement } from '../connection.js';
import { runStatement } from '../run-statement.js';
import type { LeaseRow } from './lease.js';

/** The node of a gateway without the setting `NODE`. */
export const MAIN_NODE = 'main';
/** The lease of what one gateway of the company does for all, beside those of the nodes: no node has this name. */
export const COMPANY_LEASE = 'company';
/** The same for the calls of notifications, which need an Asterisk. */
export const NOTIFICATIONS_LEASE = 'company:notifications';

export async function addNodeLeases(db: Kysely<unknown>): Promise<void> {
  await sql`create table node_leases (node text primary key, owner text, epoch integer not null, beat integer not null)`.execute(
    db,
  );
  await sql`insert into node_leases (node, owner, epoch, beat) values (${MAIN_NODE}, null, 0, 0)`.execute(db);
}

/** Both null for an owner of a version that did not say. */
export async function addOwnerDoor(db: Kysely<unknown>): Promise<void> {
  await sql`alter table node_leases add column url text`.execute(db);
  await sql`alter table node_leases add column peer_key text`.execute(db);
}

/** Once a node; the others have theirs already. */
export async function addNode(db: Kysely<Tables>, node: string): Promise<void> {
  await db
    .insertInto('node_leases')
    .values({ node, owner: null, epoch: 0, beat: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The leases of all nodes, and that of the company; none: the database was last opened by a version without leases. */
export async function leasesIfAny(db: Kysely<Tables>): Promise<LeaseRow[]> {
  const tables = await db.introspection.getTables();
  return tables.some(({ name }) => name === 'node_leases') ? readLeases(db) : [];
}

/** All columns: a table of an earlier version has not all of them. */
export async function readLeases(db: Kysely<Tables>): Promise<LeaseRow[]> {
  const { rows } = await runStatement<LeaseRow>(db, { sql: 'select * from node_leases', parameters: [] });
  return rows;
}

/** The leases of the nodes besides this one. */
export async function readLeasesOfOthers(db: Kysely<Tables>, own: string): Promise<LeaseRow[]> {
  return (await readLeases(db)).filter(({ node }) => ![own, COMPANY_LEASE, NOTIFICATIONS_LEASE].includes(node));
}

export async function readLease(db: Kysely<Tables>, node: string = MAIN_NODE): Promise<LeaseRow> {
  const { rows } = await runStatement<LeaseRow>(db, {
    sql: 'select * from node_leases where node = ?',
    parameters: [node],
  });
  const [row] = rows;
  if (row === undefined) throw new Error(`the database has no lease of the node ${node}`);
  return row;
}

/** Asks whether the owner is alive, or answers, if the row is still as seen. */
export async function advanceBeat(db: Kysely<Tables>, { node, epoch, beat }: LeaseRow): Promise<void> {
  await runStatement(db, {
    sql: 'update node_leases set beat = beat + 1 where node = ? and epoch = ? and beat = ?',
    parameters: [node, epoch, beat],
  });
}

/** Takes the lease if its row is still as seen. @returns whether it was */
export async function claimLease(db: Kysely<Tables>, { node, epoch, beat }: LeaseRow, owner: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('node_leases')
    .set({ owner, epoch: epoch + 1, beat: beat + 1 })
    .where('node', '=', node)
    .where('epoch', '=', epoch)
    .where('beat', '=', beat)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** A node and the epoch of its owner. */
type Held = Pick<LeaseRow, 'node' | 'epoch'>;

/** Does nothing when another gateway has the lease. */
export async function releaseLease(db: Kysely<Tables>, { node, epoch }: Held): Promise<void> {
  await db
    .updateTable('node_leases')
    .set((e) => ({ owner: null, beat: e('beat', '+', 1) }))
    .where('node', '=', node)
    .where('epoch', '=', epoch)
    .execute();
}

export async function storeDoor(
  db: Kysely<Tables>,
  { node, epoch }: Held,
  door: { url: string; peer_key: string },
): Promise<void> {
  await db.updateTable('node_leases').set(door).where('node', '=', node).where('epoch', '=', epoch).execute();
}

/** A guard of transactions: fails them when the lease has another epoch. */
export function epochGuard({ node, epoch }: Held): Statement {
  return {
    sql: 'select 1 from node_leases where node = ? and epoch = ?',
    parameters: [node, epoch],
    isGuard: true,
  };
}
