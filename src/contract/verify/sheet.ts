/** The result of one check. Texts contain no complete phone number: see {@link hideNumbers}. */
export type Verdict =
  | { verdict: 'pass'; found: string }
  /** `remedy`: what the integrator must do. */
  | { verdict: 'fail' | 'warn'; found: string; remedy: string }
  /** The check could not run; `found` has the reason. */
  | { verdict: 'skip'; found: string };

export type CheckRow = Verdict & { id: string; what: string };

/** All results, in order. */
export interface Sheet {
  kind: string;
  /** The target, without secrets of its address. */
  target: string;
  rows: CheckRow[];
}

/** One requirement of the contract. */
export interface Check<P> {
  id: string;
  /** A sentence about a correct peer. */
  what: string;
  run: (peer: P) => Promise<Verdict> | Verdict;
}

/** The peer violates the contract; the check ends. */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    readonly found: string,
    readonly remedy: string,
  ) {
    super(found);
  }
}

export const pass = (found = ''): Verdict => ({ verdict: 'pass', found });
export const fail = (found: string, remedy: string): Verdict => ({ verdict: 'fail', found, remedy });
export const warn = (found: string, remedy: string): Verdict => ({ verdict: 'warn', found, remedy });
export const skip = (found: string): Verdict => ({ verdict: 'skip', found });

/**
 * Runs checks one after another. When the first one fails, the others are skipped, since they would fail for the same reason.
 *
 * @param onRow called with each result at once
 */
export async function runChecks<P>(
  checks: readonly Check<P>[],
  peer: P,
  onRow: (row: CheckRow) => void = () => undefined,
): Promise<CheckRow[]> {
  const rows: CheckRow[] = [];
  for (const { id, what, run } of checks) {
    const verdict = rows[0]?.verdict === 'fail' ? NOT_LOOKED_AT : await verdictOf(() => run(peer));
    const row = { id, what, ...verdict };
    rows.push(row);
    onRow(row);
  }
  return rows;
}

const NOT_LOOKED_AT = skip('skipped, as the first check failed');

async function verdictOf(run: () => Promise<Verdict> | Verdict): Promise<Verdict> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Fault) return fail(error.found, error.remedy);
    throw error;
  }
}

export function failed(rows: readonly CheckRow[]): boolean {
  return rows.some(({ verdict }) => verdict === 'fail');
}
