import type { Kysely } from 'kysely';
import type { Statement } from '../connection.js';
import type { Database } from '../database.js';
import { checkGuard } from '../guard.js';
import { runStatement } from '../run-statement.js';
import type { Tables } from '../schema.js';

/** Runs a write so that it fails when another gateway has the lease; the write contains the given statements, first. @throws {FencedOut} */
export type Fence = <T>(write: (guards: readonly Statement[]) => Promise<T>) => Promise<T>;

/** For tools that run while no gateway does. */
export const NO_FENCE: Fence = (write) => write([]);

/** A transaction inside a fence. */
export function fencedTransaction<T>(db: Database, fence: Fence, work: (tx: Kysely<Tables>) => Promise<T>): Promise<T> {
  return fence((guards) =>
    db.transaction().execute(async (tx) => {
      for (const guard of guards) checkGuard(guard, (await runStatement(tx, guard)).rows);
      return work(tx);
    }),
  );
}
