import type { Connection, Submittable } from 'pg';
import type { StatementResult } from '../connection.js';
import { readValue } from './values.js';

/** A statement with `$1`, `$2` … */
export interface NumberedStatement {
  sql: string;
  values: (string | null)[];
  /** Name under which the server keeps the prepared statement; empty: not kept. */
  name: string;
  /** The server has it under that name. */
  isPrepared: boolean;
}

interface Field {
  name: string;
  dataTypeID: number;
}

/**
 * Statements that are sent together and end with one `Sync`: the server runs them in one transaction, which takes one round trip, and
 * commits it before it answers (https://www.postgresql.org/docs/15/protocol-flow.html, "Pipelining"). Inside of an open transaction they
 * are a part of that one. After an error the server skips the rest.
 */
export class Batch implements Submittable {
  readonly #results: StatementResult[] = [];
  #fields: Field[] = [];
  #rows: unknown[] = [];
  #failed = false;

  constructor(
    private readonly statements: readonly NumberedStatement[],
    private readonly settle: { resolve: (results: StatementResult[]) => void; reject: (error: Error) => void },
  ) {}

  submit = (connection: Connection): void => {
    const { stream } = connection;
    stream.cork();
    for (const { sql, values, name, isPrepared } of this.statements) {
      if (!isPrepared) connection.parse({ name, text: sql, types: [] }, true);
      connection.bind({ statement: name, values }, true);
      connection.describe({ type: 'P' }, true);
      connection.execute(null, true);
    }
    connection.sync();
    stream.uncork();
  };

  // Called by the client of `pg` for each message of the server.

  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.#fields = fields;
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const values = fields.map((text, at) => {
      const field = this.#fields[at];
      return [field?.name ?? '', text === null ? null : readValue(field?.dataTypeID ?? 0, text)] as const;
    });
    this.#rows.push(Object.fromEntries(values));
  }

  handleCommandComplete({ text }: { text: string }): void {
    // Such as `INSERT 0 1` and `UPDATE 3`.
    const changes = Number(/\d+$/.exec(text)?.[0] ?? 0);
    this.#results.push({ rows: this.#rows, changes, lastInsertId: 0 });
    this.#rows = [];
    this.#fields = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleError(error: Error): void {
    this.#failed = true;
    this.settle.reject(error);
  }

  handleReadyForQuery(): void {
    if (!this.#failed) this.settle.resolve(this.#results);
  }
}
