import type { History } from '../storage/database.js';
import type { Person } from './person.js';

/** An item of the company document. */
export interface ConfigurationItem {
  section: string;
  key: string;
}

/** Finds the items of the company document that hold the number. */
export async function findInConfiguration(db: History, person: Person): Promise<ConfigurationItem[]> {
  const rows = await db
    .selectFrom('config_items')
    .select(['section', 'key', 'body'])
    .orderBy('section')
    .orderBy('position')
    .execute();
  return rows.filter(({ body }) => person.isIn(body)).map(({ section, key }) => ({ section, key }));
}
