import type { RunAnswer } from './routes.js';

type PrintedRow = RunAnswer['rows'][number];

const SIGNS = { ok: '[ok]', warning: '[!!]', failed: '[XX]', skipped: '[--]' } as const;
const WORDS = { ok: 'works', warning: 'look at this', failed: 'does not work', skipped: 'not looked at' } as const;

/** One row of the sheet: sign and word, what was looked at, the value, the remedy. */
export function printRow({ status, looked_at, value, remedy }: PrintedRow): string {
  const shown = status ?? 'skipped';
  const lines = [`${SIGNS[shown]} ${looked_at}: ${WORDS[shown]}`];
  if (value !== null && value !== '') lines.push(`       ${value}`);
  if (remedy !== null) lines.push(`       -> ${remedy}`);
  return `${lines.join('\n')}\n`;
}

export function printFoot(rows: readonly PrintedRow[]): string {
  const count = (status: PrintedRow['status']) => rows.filter((row) => row.status === status).length;
  return `\n${count('ok')} work, ${count('failed')} do not work, ${count('warning')} to look at, ${count('skipped')} not looked at\n`;
}
