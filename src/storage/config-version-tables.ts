import { sql, type Kysely } from 'kysely';

/** Versions of the company's configuration, the present one first of all, and drafts of the next. */
export async function addConfigVersions(db: Kysely<unknown>): Promise<void> {
  await sql`create table config_versions (version integer primary key autoincrement, at integer not null, author text, items text not null)`.execute(
    db,
  );
  await sql`create table config_drafts (id text primary key, name text not null, author text, base integer not null, items text not null,
    revision integer not null, created_at integer not null, updated_at integer not null) without rowid`.execute(db);
  await sql`insert into config_versions (at, author, items)
    select ${Date.now()}, null, json_group_array(json_object('section', section, 'key', key, 'body', json(body)))
    from (select * from config_items where json_valid(body) order by section, position)
    having count(*) > 0`.execute(db);
}
