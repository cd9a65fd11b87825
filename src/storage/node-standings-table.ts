import { sql, type Generated, type Kysely } from 'kysely';
import { COMPANY_LEASE } from './node-lease/lease-rows.js';

/** Status of a handset in a queue of the node's Asterisk that it was added to. Booleans are 0 and 1. */
export interface NodeStandingRow {
  node: string;
  queue: number;
  handset: string;
  logged_in: number;
  paused: number;
  pause_reason: string;
  /** When the pause ends by itself. */
  paused_until: number | null;
}

/** Agent logins, logouts and pauses. */
export interface DutyEventRow {
  id: Generated<number>;
  at: number;
  handset: string;
  operator: string | null;
  queue: number;
  event: 'logged_in' | 'logged_out' | 'paused' | 'unpaused';
  reason: string;
  by: string;
  node: Generated<string>;
}

/** Agent logins of each node. The version before goes on with `standings`, whose key has no node. */
export async function addNodeStandings(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table node_standings (node text not null, queue integer not null, handset text not null, logged_in integer not null,
       paused integer not null, pause_reason text not null, paused_until integer, primary key (node, queue, handset)) without rowid`,
    `insert into node_standings (node, queue, handset, logged_in, paused, pause_reason, paused_until)
       select n.node, s.queue, s.handset, s.logged_in, s.paused, s.pause_reason, s.paused_until
       from standings s cross join node_leases n where n.node <> '${COMPANY_LEASE}'`,
    `alter table duty_events add column node text not null default 'main'`,
  ])
    await sql.raw(statement).execute(db);
}
