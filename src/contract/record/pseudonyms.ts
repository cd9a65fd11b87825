import { createHmac, randomBytes } from 'node:crypto';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import { digitsOf, toE164 } from '../../directory/numbers.js';

/** Leading digits of a national number that stay: its kind (mobile, city). */
const KEPT_DIGITS = 3;

/**
 * Replaces phone numbers by pseudonyms: the same one for a number throughout a recording, of the same country, kind, length and notation.
 * Not reversible, not even with another recording, since the key is never stored.
 */
export class Pseudonyms {
  readonly #key = randomBytes(32);
  /** Typed digits and their pseudonyms; replaced wherever they appear again. */
  readonly #typed = new Map<string, string>();

  /** @param country ISO 3166, of numbers without a country code */
  constructor(private readonly country: string) {}

  /** Replaces a phone number in any notation; separators and prefix stay. */
  number(text: string): string {
    const e164 = toE164(text, this.country);
    const key = e164 === undefined ? text.replace(/\D/g, '') : digitsOf(e164);
    const national = key.length - (e164 === undefined ? 0 : this.#codeLength(e164));
    return withLast(text, this.#digits(key, Math.max(1, national - KEPT_DIGITS)));
  }

  /** Replaces digits that a caller typed. Fewer than three are a choice in a menu and stay; leading zeros stay. */
  typed(text: string): string {
    const digits = text.replace(/\D/g, '').replace(/^0+/, '');
    if (digits === '' || text.replace(/\D/g, '').length < 3) return text;
    const hidden = withLast(text, this.#digits(digits, digits.length));
    this.#typed.set(text, hidden);
    return hidden;
  }

  /** Replaces digits in a text that were typed before. */
  withoutTyped(text: string): string {
    return [...this.#typed].reduce(
      (rest, [digits, hidden]) =>
        rest.replace(new RegExp(`(?<!\\d)${digits.replace(/\D/g, '\\$&')}(?!\\d)`, 'g'), hidden),
      text,
    );
  }

  /** A number of digits derived from the key, different from its own, the first one not zero. */
  #digits(key: string, count: number): string {
    const hash = createHmac('sha512', this.#key).update(key).digest();
    const digits = Array.from({ length: count }, (_, index) => (hash[index % hash.length] ?? 0) % 10);
    if (digits[0] === 0) digits[0] = 1;
    const last = digits.at(-1) ?? 0;
    if (key.endsWith(digits.join(''))) digits[count - 1] = last === 9 ? 1 : last + 1;
    return digits.join('');
  }

  #codeLength(e164: string): number {
    if (!isSupportedCountry(this.country)) return 0;
    const code = getCountryCallingCode(this.country);
    return digitsOf(e164).startsWith(code) ? code.length : KEPT_DIGITS;
  }
}

/** Replaces the last digits of a text. */
function withLast(text: string, digits: string): string {
  let left = digits.length;
  const characters = text
    .split('')
    .reverse()
    .map((character) => {
      if (!/\d/.test(character) || left === 0) return character;
      left -= 1;
      return digits[left] ?? character;
    });
  return characters.reverse().join('');
}
