import { createRequire } from 'node:module';
import type sqlite3 from 'sqlite3';
import { BUSY_MS, returnsRows, sqlValue, type ConnectionOptions } from './connection.js';
import type { Connection, Statement, StatementResult } from '../connection.js';
import { checkGuard } from '../guard.js';
import { ignoreNoTransaction } from './sqlite-error.js';

// Not by `import`, which the bundle would link at the start: the package is optional.
const { Database } = createRequire(import.meta.url)('sqlite3') as typeof sqlite3;

/** The `sqlite3` package: prepares each statement again and runs it in the thread pool. */
export class Sqlite3Connection implements Connection {
  private constructor(private readonly database: sqlite3.Database) {}

  static async open({ filename, pragmas, busyMs = BUSY_MS }: ConnectionOptions): Promise<Sqlite3Connection> {
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new Database(filename, (error) => {
        if (error) reject(error);
        else resolve(opened);
      });
    });
    const connection = new Sqlite3Connection(database);
    try {
      for (const pragma of [...pragmas, `busy_timeout = ${busyMs}`])
        await connection.execute({ sql: `pragma ${pragma}`, parameters: [] });
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  execute({ sql, parameters }: Statement): Promise<StatementResult> {
    const values = parameters.map(sqlValue);
    return new Promise((resolve, reject) => {
      if (returnsRows(sql)) {
        this.database.all(sql, values, (error, rows) => {
          if (error) reject(error);
          else resolve({ rows, changes: 0, lastInsertId: 0 });
        });
      } else {
        this.database.run(sql, values, function (error) {
          if (error) reject(error);
          else resolve({ rows: [], changes: this.changes, lastInsertId: this.lastID });
        });
      }
    });
  }

  async write(statements: readonly Statement[]): Promise<void> {
    await this.execute({ sql: 'begin immediate', parameters: [] });
    try {
      for (const statement of statements) checkGuard(statement, (await this.execute(statement)).rows);
      await this.execute({ sql: 'commit', parameters: [] });
    } catch (error) {
      await this.execute({ sql: 'rollback', parameters: [] }).catch(ignoreNoTransaction);
      throw error;
    }
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.database.close((error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  }
}
