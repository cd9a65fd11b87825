import type { Database } from '../storage/database.js';
import type { Person } from './person.js';

/** A thing of the company's document. */
export interface ConfigurationPlace {
  section: string;
  key: string;
}

/** Where the company's document holds the number. */
export async function configurationOf(db: Database, person: Person): Promise<ConfigurationPlace[]> {
  const rows = await db
    .selectFrom('config_items')
    .select(['section', 'key', 'body'])
    .orderBy('section')
    .orderBy('position')
    .execute();
  return rows.filter(({ body }) => person.isIn(body)).map(({ section, key }) => ({ section, key }));
}
