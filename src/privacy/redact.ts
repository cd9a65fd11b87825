import { sql, type Kysely } from 'kysely';
import type { Tables } from '../storage/schema.js';
import { numberColumns } from './columns.js';
import type { RowKey, PersonalTable } from './find.js';
import type { Person } from './person.js';

/** Removes the person's number from a row and from the rows that belong to it. */
export async function redactRow(
  tx: Kysely<Tables>,
  source: PersonalTable,
  person: Person,
  value: RowKey,
): Promise<void> {
  const own = { table: source.table, of: source.key, key: source.key };
  for (const { table, of, key } of [own, ...(source.parts ?? [])]) {
    const columns = numberColumns(table);
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.join([...new Set([key, ...columns])].map((column) => sql.ref(column)))}
      from ${sql.table(table)} where ${sql.ref(of)} = ${value}`.execute(tx);
    for (const row of rows) {
      const changed = columns.flatMap((column) => {
        const text = row[column];
        return typeof text === 'string' && person.isIn(text) ? [sql`${sql.ref(column)} = ${person.redact(text)}`] : [];
      });
      if (changed.length > 0)
        await sql`update ${sql.table(table)} set ${sql.join(changed)}
          where ${sql.ref(of)} = ${value} and ${sql.ref(key)} = ${row[key]}`.execute(tx);
    }
  }
}
