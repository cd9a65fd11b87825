import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { detachString } from '../lib/detach-string.js';

/** Phone numbers: from whatever people, trunks and shops write to E.164 (`+420222333444`), and back. */

/** How a contract wants numbers: `222333444` at home and `00421…` abroad, `00420222333444`, `+420222333444`. */
type NumberFormat = 'national' | '00' | 'e164';

/** Below this many digits, digits without a country code are a short code (`112`, `1188`), not a number. */
const SHORTEST_NATIONAL_DIGITS = 7;

/** Reading a number takes longer than the rest of a step, and the same lines, callers and handsets are read for every call. */
const remembered = new Map<string, string | undefined>();
const MOST_REMEMBERED = 5_000;
/** In characters; longer texts are no numbers. */
const LONGEST_REMEMBERED = 40;

/**
 * Reads a number as people write it and as SIP trunks send it: `+420…`, `00420…`, `420…`, `222 333 444`.
 *
 * @param country ISO 3166 country in which digits without a country code are read
 * @returns E.164 with its `+`; `undefined` for short codes, names, and what cannot be a number
 */
export function toE164(text: string, country: string): string | undefined {
  if (text.length > LONGEST_REMEMBERED) return readE164(text, country);
  const key = `${country} ${text}`;
  if (remembered.has(key)) return remembered.get(key);
  const e164 = readE164(text, country);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(detachString(key), e164);
  return e164;
}

function readE164(text: string, country: string): string | undefined {
  const written = bare(text);
  if (written === undefined) return undefined;
  if (written.startsWith('+')) return possible(parse(written, country))?.number;
  if (written.startsWith('00')) return possible(parse(`+${written.slice(2)}`, country))?.number;
  if (written.length < SHORTEST_NATIONAL_DIGITS) return undefined;
  const atHome = parse(written, country);
  if (atHome?.isValid() === true) return atHome.number;
  const abroad = parse(`+${written}`, country);
  if (abroad?.isValid() === true) return abroad.number;
  return possible(atHome)?.number;
}

/** True for a number that somebody can have, by the numbering plan of its country; {@link toE164} looks at the length alone. */
export function isAssignable(e164: string): boolean {
  return parse(e164, undefined)?.isValid() === true;
}

/** In E.164; what cannot be read so stays as it is. */
export function asE164(text: string, country: string): string {
  return toE164(text, country) ?? text;
}

/** Bare national digits when the number belongs to the home country, else `00` and the country code. */
export function national(e164: string, homeCountry: string): string {
  const number = parse(e164, homeCountry);
  if (number === undefined) return digitsOf(e164);
  return number.countryCallingCode === callingCodeOf(homeCountry) ? number.nationalNumber : withDoubleZero(e164);
}

/** The digits behind the country code, as every way of writing the number has them. */
export function nationalDigits(e164: string): string {
  return parse(e164, undefined)?.nationalNumber ?? digitsOf(e164);
}

/** `+420222333444` as `00420222333444`. */
function withDoubleZero(e164: string): string {
  return `00${digitsOf(e164)}`;
}

/** A number in a contract's format. What is not E.164 (a short code, an internal name) goes through unchanged. */
export function formatNumber(number: string, format: NumberFormat, homeCountry: string): string {
  if (!/^\+\d+$/.test(number)) return number;
  if (format === 'e164') return number;
  return format === '00' ? withDoubleZero(number) : national(number, homeCountry);
}

/** ISO 3166 country of a number; `undefined` when several share its range or nobody has it. */
export function countryOf(e164: string): string | undefined {
  return parse(e164, undefined)?.country;
}

/**
 * True for numbers that are known to cost the caller extra, also with digits behind them, which networks pass over. False proves
 * nothing: ranges change.
 */
export function isPremiumRate(e164: string): boolean {
  for (let digits = e164.length; digits > SHORTEST_NATIONAL_DIGITS; digits -= 1)
    if (parse(e164.slice(0, digits), undefined)?.getType() === 'PREMIUM_RATE') return true;
  return false;
}

/** The digits of a number without its `+`, as trunks take them. */
export function digitsOf(e164: string): string {
  return e164.replace(/\D/g, '');
}

/** True for a country that numbers can be read in. */
export function isCountry(country: string): boolean {
  return isSupportedCountry(country);
}

function parse(text: string, country: string | undefined): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, {
    extract: false,
    ...(country !== undefined && isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
}

function possible(number: PhoneNumber | undefined): PhoneNumber | undefined {
  return number?.isPossible() === true ? number : undefined;
}

function callingCodeOf(country: string): string | undefined {
  return isSupportedCountry(country) ? getCountryCallingCode(country satisfies CountryCode) : undefined;
}

/** `+` and digits only, separators and SIP parameters dropped; `undefined` for anything else. */
function bare(text: string): string | undefined {
  const written = text
    .replace(/^(?:tel:|sips?:([^@]*)@.*)/i, '$1')
    .replace(/;.*$/s, '')
    .replace(/[\s()./-]/g, '');
  return /^\+?\d{1,20}$/.test(written) ? written : undefined;
}
