/** What came of one check. Texts hold no whole number: see {@link hideNumbers}. */
export type Verdict =
  | { verdict: 'pass'; found: string }
  /** `remedy`: what the integrator has to do. */
  | { verdict: 'fail' | 'warn'; found: string; remedy: string }
  /** Could not be looked at; `found` says why. */
  | { verdict: 'skip'; found: string };

export type Row = Verdict & { id: string; what: string };

/** Everything that was checked, in the order in which it was. */
export interface Sheet {
  kind: string;
  /** What was checked, without what may be secret in its address. */
  target: string;
  rows: Row[];
}

/** One thing that the contract asks of the peer. */
export interface Check<P> {
  id: string;
  /** As a sentence about a peer that does it right. */
  what: string;
  run: (peer: P) => Promise<Verdict> | Verdict;
}

/** The peer broke the contract in the middle of a check, which ends there. */
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
 * One check after another. When the first one fails, the others would fail of the same: they are skipped.
 *
 * @param onRow hears of each as soon as it is there
 */
export async function runChecks<P>(
  checks: readonly Check<P>[],
  peer: P,
  onRow: (row: Row) => void = () => undefined,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { id, what, run } of checks) {
    const verdict = rows[0]?.verdict === 'fail' ? NOT_LOOKED_AT : await verdictOf(() => run(peer));
    const row = { id, what, ...verdict };
    rows.push(row);
    onRow(row);
  }
  return rows;
}

const NOT_LOOKED_AT = skip('not looked at, as the first check failed');

async function verdictOf(run: () => Promise<Verdict> | Verdict): Promise<Verdict> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Fault) return fail(error.found, error.remedy);
    throw error;
  }
}

export function failed(rows: readonly Row[]): boolean {
  return rows.some(({ verdict }) => verdict === 'fail');
}
