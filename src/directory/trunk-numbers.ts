import { digitsOf, formatNational, formatNumber, toE164 } from './numbers.js';
import type { Trunk } from './trunk-schema.js';

/** Numbers as a trunk writes them. */

type Notation = Pick<Trunk, 'numbers_in' | 'numbers_out' | 'country'>;

/** A number that arrived on the trunk, in E.164; other text, such as a short code, comes back unchanged. */
export function numberFromTrunk(written: string, { numbers_in, country }: Notation, home: string): string {
  const { format, strip, add } = numbers_in;
  const text = withPrefixes(written, strip, add);
  if (format === 'any' || text.startsWith('+')) return toE164(text, country ?? home) ?? written;
  if (!/^\d+$/.test(text)) return written;
  return inE164(text, format, country ?? home) ?? written;
}

function inE164(digits: string, format: 'digits' | '00' | 'national', country: string): string | undefined {
  if (format === 'digits') return toE164(`+${digits}`, country);
  if (digits.startsWith('00')) return toE164(`+${digits.slice(2)}`, country);
  return toE164(digits, country);
}

/** An E.164 number as the trunk wants it; a short code without `+` is sent as it is. */
export function numberForTrunk(number: string, { numbers_out, country }: Notation, home: string): string {
  if (!number.startsWith('+')) return number;
  const { format, strip, add } = numbers_out;
  return withPrefixes(formatted(number, format, country ?? home), strip, add);
}

function formatted(number: string, format: Trunk['numbers_out']['format'], country: string): string {
  switch (format) {
    case 'digits':
      return digitsOf(number);
    case 'plus':
      return number;
    case '00':
      return formatNumber(number, '00', country);
    case 'national':
      return formatNational(number, country);
  }
}

function withPrefixes(number: string, strip = '', add = ''): string {
  const rest = strip !== '' && number.startsWith(strip) ? number.slice(strip.length) : number;
  return add + rest;
}

/**
 * The caller ID that the trunk's rule allows, in E.164; undefined for none.
 * @param wanted that of the plan or the line, in E.164
 */
export function callerIdOn(
  { caller_id, country }: Trunk,
  wanted: string | undefined,
  home: string,
): string | undefined {
  const { shows, number, allowed } = caller_id;
  const e164 = (text: string) => toE164(text, country ?? home);
  const fixed = number === undefined ? undefined : e164(number);
  if (shows === 'fixed') return fixed;
  if (shows === 'line' || wanted === undefined) return wanted ?? fixed;
  return allowed.some((one) => e164(one) === wanted) ? wanted : fixed;
}
