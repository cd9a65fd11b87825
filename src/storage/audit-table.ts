import { sql, type Kysely } from 'kysely';

/** What people and tokens changed, heard and exported. */
export async function addAudit(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table audit (id integer primary key autoincrement, at integer not null, actor_kind text not null, actor_id integer,
       actor text not null, action text not null, subject text not null, detail text not null)`,
    'create index audit_by_time on audit (at)',
    'create index audit_by_actor on audit (actor, id)',
    'create index audit_by_action on audit (action, id)',
    'create index audit_by_subject on audit (subject, id)',
  ])
    await sql.raw(statement).execute(db);
}
