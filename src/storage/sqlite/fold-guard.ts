import type { Statement } from '../connection.js';

/** A statement that changes nothing when its guard finds no row. */
export interface GuardedStatement extends Statement {
  /** To be run when nothing was changed: a write may also find its rows stored already. */
  guard?: Statement;
}

/**
 * Makes a guard that comes first a condition of the statement after it. That saves a statement, and a transaction where only one write remains.
 * Nobody else can write between the two statements of a transaction, so checking the first one is enough.
 */
export function foldGuard(statements: readonly Statement[]): readonly GuardedStatement[] {
  const [guard, write, ...rest] = statements;
  if (guard?.isGuard !== true || write?.conditional === undefined) return statements;
  const [before, after] = write.conditional;
  return [
    { sql: `${before}exists (${guard.sql})${after}`, parameters: [...write.parameters, ...guard.parameters], guard },
    ...rest,
  ];
}
