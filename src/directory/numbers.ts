import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { detachString } from '../lib/detach-string.js';
import { RecentMap } from '../lib/recent-map.js';

/** Converts phone numbers between the notations of people, trunks and shops, and E.164 (`+420222333444`). */

/** Number format of a contract: `222333444` at home and `00421…` abroad, `00420222333444`, or `+420222333444`. */
type NumberFormat = 'national' | '00' | 'e164';

/** Below this many digits, digits without a country code are a short code (`112`, `1188`), not a number. */
const SHORTEST_NATIONAL_DIGITS = 7;

/** Parsing a number takes longer than the rest of a step, and the same lines, callers and handsets occur in every call. */
const MOST_CACHED = 5_000;
const e164Cache = new RecentMap<string, string | undefined>(MOST_CACHED);
const nationalCache = new RecentMap<string, string>(MOST_CACHED);
/** In characters; longer texts are no numbers. */
const LONGEST_CACHED = 40;

/**
 * Parses a number in the notations of people and SIP trunks: `+420…`, `00420…`, `420…`, `222 333 444`.
 * @param country ISO 3166 country of numbers without a country code
 * @returns E.164 with its `+`; `undefined` for short codes, names, and what cannot be a number
 */
export function toE164(text: string, country: string): string | undefined {
  if (text.length > LONGEST_CACHED) return readE164(text, country);
  const key = `${country} ${text}`;
  const known = e164Cache.get(key);
  if (known !== undefined || e164Cache.has(key)) return known;
  const e164 = readE164(text, country);
  e164Cache.set(detachString(key), e164);
  return e164;
}

function readE164(text: string, country: string): string | undefined {
  const written = digitsOnly(text);
  if (written === undefined) return undefined;
  if (written.startsWith('+')) return ifPossible(parse(written, country))?.number;
  if (written.startsWith('00')) return ifPossible(parse(`+${written.slice(2)}`, country))?.number;
  if (written.length < SHORTEST_NATIONAL_DIGITS) return undefined;
  const atHome = parse(written, country);
  if (atHome?.isValid() === true) return atHome.number;
  const abroad = parse(`+${written}`, country);
  if (abroad?.isValid() === true) return abroad.number;
  return ifPossible(atHome)?.number;
}

/** True for a number that is valid by the numbering plan of its country; {@link toE164} checks only its length. */
export function isAssignable(e164: string): boolean {
  return parse(e164, undefined)?.isValid() === true;
}

/** Converts to E.164; other text is returned unchanged. */
export function asE164(text: string, country: string): string {
  return toE164(text, country) ?? text;
}

/** Bare national digits when the number belongs to the home country, else `00` and the country code. */
export function formatNational(e164: string, homeCountry: string): string {
  if (e164.length > LONGEST_CACHED) return writeNational(e164, homeCountry);
  const key = `${homeCountry} ${e164}`;
  const known = nationalCache.get(key);
  if (known !== undefined) return known;
  const national = writeNational(e164, homeCountry);
  nationalCache.set(detachString(key), national);
  return national;
}

function writeNational(e164: string, homeCountry: string): string {
  const number = parse(e164, homeCountry);
  if (number === undefined) return digitsOf(e164);
  return number.countryCallingCode === callingCodeOf(homeCountry) ? number.nationalNumber : withDoubleZero(e164);
}

/** The digits after the country code, which all notations of the number share. */
export function nationalDigits(e164: string): string {
  return parse(e164, undefined)?.nationalNumber ?? digitsOf(e164);
}

/** `+420222333444` as `00420222333444`. */
function withDoubleZero(e164: string): string {
  return `00${digitsOf(e164)}`;
}

/** Writes an E.164 number in a contract's format. Other text (a short code, an internal name) is returned unchanged. */
export function formatNumber(number: string, format: NumberFormat, homeCountry: string): string {
  if (!/^\+\d+$/.test(number)) return number;
  if (format === 'e164') return number;
  return format === '00' ? withDoubleZero(number) : formatNational(number, homeCountry);
}

/** ISO 3166 country of a number; `undefined` when several countries or none have its range. */
export function countryOf(e164: string): string | undefined {
  return parse(e164, undefined)?.country;
}

/**
 * True for known premium-rate numbers, also with extra digits at the end, which networks ignore. False is no proof: ranges change.
 */
export function isPremiumRate(e164: string): boolean {
  for (let digits = e164.length; digits > SHORTEST_NATIONAL_DIGITS; digits -= 1)
    if (parse(e164.slice(0, digits), undefined)?.getType() === 'PREMIUM_RATE') return true;
  return false;
}

/** The digits of a number without its `+`, as trunks expect them. */
export function digitsOf(e164: string): string {
  return e164.replace(/\D/g, '');
}

/** True for an ISO 3166 country with a known numbering plan. */
export function isCountry(country: string): boolean {
  return isSupportedCountry(country);
}

function parse(text: string, country: string | undefined): PhoneNumber | undefined {
  const options = { extract: false };
  return country !== undefined && isSupportedCountry(country)
    ? parsePhoneNumberFromString(text, { ...options, defaultCountry: country })
    : parsePhoneNumberFromString(text, options);
}

function ifPossible(number: PhoneNumber | undefined): PhoneNumber | undefined {
  return number?.isPossible() === true ? number : undefined;
}

function callingCodeOf(country: string): string | undefined {
  return isSupportedCountry(country) ? getCountryCallingCode(country satisfies CountryCode) : undefined;
}

/** `+` and digits only, separators and SIP parameters dropped; `undefined` for anything else. */
function digitsOnly(text: string): string | undefined {
  const written = text
    .replace(/^(?:tel:|sips?:([^@]*)@.*)/i, '$1')
    .replace(/;.*$/s, '')
    .replace(/[\s()./-]/g, '');
  return /^\+?\d{1,20}$/.test(written) ? written : undefined;
}
