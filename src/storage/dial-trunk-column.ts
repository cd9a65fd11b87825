import { sql, type Generated, type Kysely } from 'kysely';

/** The trunk of a dial, for its limit of channels. */
export async function addDialTrunk(db: Kysely<unknown>): Promise<void> {
  await sql`alter table dials add column trunk text`.execute(db);
}

/** `handset`: that made the call; `operator_id`: of the person who used it then. */
export interface DialRow {
  leg_id: string;
  at: number;
  ended_at: number | null;
  /** One of the company's trunks; null for an endpoint of Asterisk's own files. */
  trunk: string | null;
  handset: string | null;
  operator_id: number | null;
  /** The node whose Asterisk dialled. */
  node: Generated<string>;
}
