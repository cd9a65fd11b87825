import type { Statement } from './connection.js';

const CODE = 'CORDBOARD_GUARD';

/** A guard of a transaction found no row: nothing of the transaction is stored. */
export class GuardFailed extends Error {
  override readonly name = 'GuardFailed';
  readonly code = CODE;

  constructor(options?: ErrorOptions) {
    super('a guard of the transaction found no row', options);
  }
}

/** @throws GuardFailed when the statement is a guard and found nothing */
export function checkGuard({ isGuard }: Statement, rows: readonly unknown[]): void {
  if (isGuard === true && rows.length === 0) throw new GuardFailed();
}

/** By its code: errors from another thread have lost their class. */
export function isGuardFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === CODE;
}

/** The text of a statement that ends with a condition, to which a guard can be added. */
export function guardable(sql: string): Pick<Statement, 'sql' | 'conditional'> {
  return { sql, conditional: [`${sql} and `, ''] };
}
