import { Database, migrated } from '../database.js';
import { PostgresConnection } from './postgres-connection.js';
import { PostgresDialect } from './postgres-dialect.js';
import { PostgresEngine } from './postgres-engine.js';

/** Maximum wait (ms) for an answer to statements of calls, which are short. Then they wait in memory, as with a full disk. */
const ANSWER_MS = 15_000;

/** Opens a database of a server, which must exist, and migrates its tables. */
export async function openPostgres(url: string): Promise<Database> {
  return migrated(await openUnmigratedPostgres(url));
}

/** As {@link openPostgres}, with the tables as they are: another gateway may use them. @param answerMs limit for a statement */
export async function openUnmigratedPostgres(url: string, answerMs = ANSWER_MS): Promise<Database> {
  const writer = new PostgresDialect(() => new PostgresConnection({ url, answerMs }));
  const reader = new PostgresDialect(() => new PostgresConnection({ url, readOnly: true }));
  const db = new Database(writer, reader, new PostgresEngine(url));
  // `write` needs the connection that Kysely opens at its first query.
  await db.identity();
  return db;
}
