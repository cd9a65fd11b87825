import type { CheckRow, Sheet } from './sheet.js';

const MARK = { pass: 'pass', fail: 'FAIL', warn: 'warn', skip: 'skip' } as const;

export function printHead({ kind, target }: Pick<Sheet, 'kind' | 'target'>): string {
  return `${kind}: ${target}\n\n`;
}

/** One row with its finding and remedy. */
export function printRow(row: CheckRow): string {
  const lines = [`${MARK[row.verdict]}  ${row.what}`];
  if (row.verdict === 'pass') return `${lines.join('')}${row.found === '' ? '' : ` (${row.found})`}\n`;
  lines.push(`      found: ${row.found}`);
  if ('remedy' in row) lines.push(`      do:    ${row.remedy}`);
  return `${lines.join('\n')}\n`;
}

export function printFoot(rows: readonly CheckRow[]): string {
  const count = (verdict: CheckRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const counted = `${count('pass')} passed, ${count('fail')} failed, ${count('warn')} warned, ${count('skip')} skipped`;
  return `\n${counted}\n`;
}
