import { sql, type Generated, type Kysely } from 'kysely';

/** Columns of `recordings` about messages. */
export interface MessageColumns {
  kind: Generated<'talk' | 'message'>;
  /** Of a message: when somebody first listened to it, and who. */
  heard_at: Generated<number | null>;
  heard_by: Generated<string | null>;
  /** Of a message: when somebody marked it as done, and who. */
  done_at: Generated<number | null>;
  done_by: Generated<string | null>;
  /** Of a message: whose it is. */
  for_queue: Generated<number | null>;
  for_handset: Generated<string | null>;
}

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

/** Whose messages these are: the queue and the handset that the plan names. */
export async function addMessageOwners(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table recordings add column for_queue integer',
    'alter table recordings add column for_handset text',
    `create index messages_new on recordings (for_queue, for_handset) where kind = 'message' and deleted_at is null and done_at is null and heard_at is null`,
  ])
    await sql.raw(statement).execute(db);
}
