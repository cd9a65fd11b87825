/** SQL with its parameters, in the order of the question marks. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

export interface StatementResult {
  /** Empty for a statement that returns no rows. */
  rows: unknown[];
  changes: number;
  lastInsertId: number;
}

/**
 * One connection to a database: the port that each driver implements. Errors carry a name in `code`, such as `SQLITE_BUSY`. The caller
 * must not run statements concurrently.
 */
export interface Connection {
  /** Runs one statement, including `begin`, `commit` and `rollback`. */
  execute(statement: Statement): Promise<StatementResult>;
  /** Runs statements without result rows in one transaction: all are stored when it resolves, or none. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}
