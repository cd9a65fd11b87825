import type { IncomingHttpHeaders } from 'node:http';
import { EMAIL, fieldKind, isPlaceholder } from '../../lib/field-kind.js';
import { maskNumber } from '../../lib/mask.js';

/** Headers that describe the request and no person. */
const OPEN_HEADERS = new Set(['content-type', 'content-length', 'accept', 'accept-encoding', 'user-agent']);
/** A code, a date or a version number. */
const CODE = /^[\w.,:+-]{0,40}$/;
/** Digits of a phone number in any notation. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){5,}/g;
const DATE = /^\d{4}-\d{2}-\d{2}( \d{2})?$/;
const LONG_RUN = /[\w-]{20,}/g;
const MAX_DEPTH = 12;
const MAX_UNREAD_BYTES = 2_000;

/**
 * Masks requests of an unknown contract before they are stored. Names of fields, shapes of values and words of the contract stay, so that
 * a profile can be written from them; numbers, names, addresses and secrets of people do not.
 */
export class MaskingRedactor {
  /** @param known the tokens of the request by which it was authenticated, each with the name that replaces it */
  constructor(private readonly known: ReadonlyMap<string, string>) {}

  headers(headers: IncomingHttpHeaders): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        const text = [value ?? ''].flat().join(', ');
        return [name, OPEN_HEADERS.has(name) || this.#hasToken(text) ? this.text(text) : lengthOf(text, 'value')];
      }),
    );
  }

  /** Masks a JSON value with everything inside it. @param name of the field that holds the value */
  value(value: unknown, name = '', depth = 0): unknown {
    if (depth > MAX_DEPTH) return '[nested too deep]';
    if (Array.isArray(value)) return value.map((each) => this.value(each, name, depth + 1));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([inner, each]) => [this.text(inner), this.value(each, inner, depth + 1)]),
      );
    if (typeof value === 'string') return this.#field(name, value);
    if (typeof value !== 'number') return value;
    const shown = this.#field(name, String(value));
    return shown === String(value) ? value : shown;
  }

  /** Masks text of an unknown format. */
  text(text: string): string {
    const named = [...this.known].reduce((rest, [token, name]) => rest.replaceAll(token, `[token ${name}]`), text);
    return named
      .replace(EMAIL, (address) => lengthOf(address, 'mail'))
      .replace(LONG_RUN, (run) => (/\d/.test(run) && /[a-z]/i.test(run) ? lengthOf(run) : run))
      .replace(LONG_NUMBER, (run) => (DATE.test(run) ? run : maskNumber(run)));
  }

  /** Masks a body that could not be parsed. Its format can be guessed from the punctuation; its words may be personal. */
  unread(bytes: Buffer): string {
    return this.text(bytes.toString('utf8', 0, MAX_UNREAD_BYTES)).replace(/[\p{L}\d\uFFFD]{3,}/gu, 'x');
  }

  #field(name: string, value: string): string {
    if (value === '' || this.#hasToken(value)) return this.text(value);
    switch (fieldKind(name)) {
      case 'secret':
        return lengthOf(value, 'secret');
      case 'typed':
        return digitsMasked(value);
      case 'plate':
      case 'place':
      case 'person':
        return lengthOf(value, 'text');
      case 'contract':
        return this.text(value);
      case 'number':
        return /\d{3}/.test(value) ? digitsMasked(value) : shownIf(isPlaceholder(value), value);
      case 'time':
      case 'other':
        return shownIf(CODE.test(value), this.text(value));
    }
  }

  #hasToken(text: string): boolean {
    return [...this.known.keys()].some((token) => text.includes(token));
  }
}

/** Masks the digits; the notation of the number stays visible. */
function digitsMasked(value: string): string {
  return /\p{L}/u.test(value) ? lengthOf(value, 'text') : maskNumber(value);
}

function shownIf(isCode: boolean, value: string): string {
  return isCode ? value : lengthOf(value, 'text');
}

function lengthOf(text: string, what?: string): string {
  return `[${what === undefined ? '' : `${what}: `}${text.length} characters]`;
}
