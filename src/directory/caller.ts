import { asE164, toE164 } from './numbers.js';

/** The caller by the caller ID of the channel. */
type Caller =
  | { type: 'number'; e164: string }
  | { type: 'anonymous' }
  /** A handset or a short code, as sanitized text. */
  | { type: 'other'; text: string };

const WITHHELD = /^(anonymous|unavailable|unknown|private|restricted|withheld|invalid|null|none|s|0*)$/i;
const LONGEST_NAME = 40;

/** Reads the caller ID of a channel; withheld numbers come as `anonymous`, `Unavailable`, zeros or nothing. */
export function readCaller(callerId: string, country: string): Caller {
  const text = callerId.trim();
  if (WITHHELD.test(text)) return { type: 'anonymous' };
  const e164 = toE164(text, country);
  if (e164 !== undefined) return { type: 'number', e164 };
  const harmless = text.replace(/[^\w.+-]/g, '').slice(0, LONGEST_NAME);
  return harmless === '' ? { type: 'anonymous' } : { type: 'other', text: harmless };
}

/** E.164 of the lines that show this number to callees: the line with that number, and lines with it as their caller ID. */
export function linesShownAs(
  lines: readonly { number: string; caller_id?: string | undefined }[],
  number: string,
  country: string,
): string[] {
  const shown = asE164(number, country);
  const isShown = (one: string | undefined) => one !== undefined && asE164(one, country) === shown;
  return lines
    .filter((line) => isShown(line.number) || isShown(line.caller_id))
    .map((line) => asE164(line.number, country));
}

/** The line with the dialled number, in any notation. */
export function findLine<L extends { number: string }>(
  lines: readonly L[],
  dialled: string,
  country: string,
): L | undefined {
  const e164 = asE164(dialled, country);
  return lines.find((line) => asE164(line.number, country) === e164);
}

/** The number of the line with the dialled number, in E.164; undefined for a number of no line. */
export function lineNumber(
  { lines, country }: { lines: readonly { number: string }[]; country: string },
  dialled: string,
): string | undefined {
  return findLine(lines, dialled, country) && asE164(dialled, country);
}
