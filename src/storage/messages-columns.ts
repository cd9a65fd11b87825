import { sql, type Kysely } from 'kysely';

/** Recordings of messages, and what people did with them. */
export async function addMessages(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `alter table recordings add column kind text not null default 'talk'`,
    'alter table recordings add column heard_at integer',
    'alter table recordings add column heard_by text',
    'alter table recordings add column done_at integer',
    'alter table recordings add column done_by text',
    `create index messages_by_time on recordings (started_at, id) where kind = 'message' and deleted_at is null`,
  ])
    await sql.raw(statement).execute(db);
}
