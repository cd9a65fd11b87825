import { sql, type Migration } from 'kysely';

/** Functions of SQLite that queries use: SQL that both databases know needs no second text. */
export const functions: Migration = {
  async up(db) {
    for (const statement of [
      `create function instr(text, text) returns bigint language sql immutable strict parallel safe as 'select strpos($1, $2)::bigint'`,
      // A path such as $.with.handset. Text, also for a number; null where there is none.
      `create function json_extract(text, text) returns text language sql immutable strict parallel safe
         as 'select $1::jsonb #>> string_to_array(substr($2, 3), ''.'')'`,
      `create function json_each(text) returns table (value text) language sql immutable strict
         as 'select jsonb_array_elements_text($1::jsonb)'`,
    ])
      await sql.raw(statement).execute(db);
  },
};
