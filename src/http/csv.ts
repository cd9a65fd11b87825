import { Readable } from 'node:stream';
import type { Answer } from './answer.js';
import type { Request } from './route.js';

export type CsvValue = string | number | boolean | null | undefined;

export const CSV = 'text/csv';

/** True when the client prefers CSV: by `Accept`, or by a path that ends in `.csv`. */
export function wantsCsv({ headers, url }: Pick<Request, 'headers' | 'url'>): boolean {
  const [pathname = ''] = url.split('?');
  return pathname.endsWith('.csv') || (headers.accept ?? '').split(',').some((type) => type.trim().startsWith(CSV));
}

/** Streams a table, so that a long one is never in memory as a whole. @param name of the file, without `.csv` */
export function csv(name: string, head: readonly string[], rows: AsyncIterable<readonly CsvValue[]>): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
    body: Readable.from(lines(head, rows), { objectMode: false }),
  };
}

async function* lines(head: readonly string[], rows: AsyncIterable<readonly CsvValue[]>): AsyncGenerator<string> {
  // Spreadsheets read UTF-8 only with this mark.
  yield `\uFEFF${line(head)}`;
  for await (const row of rows) yield line(row);
}

function line(row: readonly CsvValue[]): string {
  return `${row.map(cell).join(',')}\r\n`;
}

/** RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe; phone numbers with their plus stay. */
function cell(value: CsvValue): string {
  const text = value === null || value === undefined ? '' : String(value);
  const isFormula = typeof value === 'string' && /^[=@\t\r+-]/.test(text) && !/^[+-]?[\d•]+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
