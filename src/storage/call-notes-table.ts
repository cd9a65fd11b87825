import { sql, type Kysely } from 'kysely';

/** Notes about calls. The triggers index numbers in notes of ended calls; a note of a running call is indexed when the call ends. */
export async function addCallNotes(db: Kysely<unknown>): Promise<void> {
  const indexed = `when exists (select 1 from flows where id = new.call_id and over = 1) begin
    insert into number_index_pending (source, key, changes) values ('calls', new.call_id, 0)
      on conflict (source, key) do update set changes = changes + 1; end`;
  for (const statement of [
    `create table call_notes (call_id text primary key references flows (id) on delete cascade, text text not null, searched text not null,
       "by" text not null, at integer not null, changes integer not null) without rowid`,
    `create trigger calls_numbers_in_new_call_notes after insert on call_notes ${indexed}`,
    `create trigger calls_numbers_in_call_notes after update of text, searched on call_notes ${indexed}`,
  ])
    await sql.raw(statement).execute(db);
}
