import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql, type Kysely } from 'kysely';
import type { Revision } from './revision.js';

/** A database of a gateway, opened by the code of that gateway's own revision: another one would migrate it. */
export class RevisionDatabase {
  private constructor(private readonly db: Kysely<unknown>) {}

  static async open({ root }: Revision, filename: string): Promise<RevisionDatabase> {
    const module = (await import(pathToFileURL(join(root, 'dist/storage/database.js')).href)) as {
      openDatabase(filename: string): Promise<Kysely<unknown>>;
    };
    return new RevisionDatabase(await module.openDatabase(filename));
  }

  async rows<T = Record<string, unknown>>(statement: string): Promise<T[]> {
    return (await sql.raw<T>(statement).execute(this.db)).rows;
  }

  /** Runs statements in one transaction. */
  async write(...statements: string[]): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      for (const statement of statements) await sql.raw(statement).execute(tx);
    });
  }

  async count(table: string, where = 'true'): Promise<number> {
    const [row] = await this.rows<{ n: number }>(`select count(*) as n from ${table} where ${where}`);
    return row?.n ?? 0;
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
}
