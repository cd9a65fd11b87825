import { sql, type Kysely } from 'kysely';

/** Moves the unacknowledged effects of running flows from their own table into the rows of the flows. */
export async function movePendingEffects(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    "alter table flows add column pending text not null default '[]'",
    // The id of an effect is a letter and its number within the flow. An unreadable effect stays so: its flow fails when it is loaded.
    `update flows set pending = '[' || coalesce((select group_concat(effect, ',') from
         (select effect from intents where flow_id = flows.id and acked_at is null order by cast(substr(id, 2) as integer))), '') || ']'
       where over = 0`,
    'drop table intents',
  ])
    await sql.raw(statement).execute(db);
}
