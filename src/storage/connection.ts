/** SQL with its parameters, in the order of the question marks. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
  /** It returns rows, and the transaction that it is part of fails when there are none: see guard.ts. */
  isGuard?: true;
  /**
   * The same SQL in two parts with a place for one more condition between them, so that a guard needs no statement of its own: see
   * sqlite/fold-guard.ts. The parameters of the condition are the last ones.
   */
  conditional?: readonly [before: string, after: string];
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
  /** Runs statements in one transaction: all are stored when it resolves, or none. Only guards may return rows. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}
