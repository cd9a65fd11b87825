import type { IncomingHttpHeaders } from 'node:http';
import { maskNumber } from '../../lib/mask.js';

/**
 * What is kept of a request whose contract nobody knows: names, shapes and words of its fields, and nobody's number, name,
 * address or secret. Whoever reads it learns how to write a profile, and nothing of a customer.
 */

/** Headers that describe the request and nobody. */
const OPEN_HEADERS = new Set(['content-type', 'content-length', 'accept', 'accept-encoding', 'user-agent']);
const SECRET = /token|key|secret|passw|auth|sign|hash|session|cookie|csrf/i;
const NUMBER =
  /phone|tel|mob|msisdn|clid|cli\b|call|ani|dnis|did|number|from|^to$|_to$|^[ab]$|client|driver|passenger|worker/i;
/** Their texts are words of the contract, not of people. */
const OPEN = /^(?:.*[._])?(?:car|tariff|status|branch|event|action|method|type|role|order)(?:_\w+)?$/i;
/** The expression above takes time in proportion to the square of a name's length. */
const LONGEST_OPEN_NAME = 80;
const PLATE = /plate|(?:car|gos|reg|vehicle)_?num/i;
/** Who somebody is and where, in whatever letters. */
const PERSON = /name$|fio|street|address|house|apartment|comment|note|mail|^lat|^lon|^lng|coord/i;
/** A code, a date, a number of a version: what needs no letters of any people's language but the programmers'. */
const CODE = /^[\w.,:+-]{0,40}$/;
const WORD = /^[a-z_]{1,30}$/i;
/** Digits as in phone numbers, however they are written. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){5,}/g;
const DATE = /^\d{4}-\d{2}-\d{2}( \d{2})?$/;
const LONG_RUN = /[\w-]{20,}/g;
const MAX_DEPTH = 12;
const MOST_UNREAD_BYTES = 2_000;

/** @param known tokens that the request was recognised by, and their names, which are written in their place */
export class Redactor {
  constructor(private readonly known: ReadonlyMap<string, string>) {}

  headers(headers: IncomingHttpHeaders): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        const text = [value ?? ''].flat().join(', ');
        return [name, OPEN_HEADERS.has(name) || this.#hasToken(text) ? this.text(text) : lengthOf(text, 'value')];
      }),
    );
  }

  /** A value as JSON has it, with everything inside. `name`: of the field that holds it. */
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

  /** Text of no known form. */
  text(text: string): string {
    const named = [...this.known].reduce((rest, [token, name]) => rest.replaceAll(token, `[token ${name}]`), text);
    return named
      .replace(LONG_RUN, (run) => (/\d/.test(run) && /[a-z]/i.test(run) ? lengthOf(run) : run))
      .replace(LONG_NUMBER, (run) => (DATE.test(run) ? run : maskNumber(run)));
  }

  /** A body that could not be read: its kind can be guessed from its punctuation, its words belong to somebody. */
  unread(bytes: Buffer): string {
    return this.text(bytes.toString('utf8', 0, MOST_UNREAD_BYTES)).replace(/[\p{L}\d\uFFFD]{3,}/gu, 'x');
  }

  #field(name: string, value: string): string {
    if (value === '' || this.#hasToken(value)) return this.text(value);
    if (SECRET.test(name)) return lengthOf(value, 'secret');
    if (PLATE.test(name)) return lengthOf(value, 'text');
    if (name.length <= LONGEST_OPEN_NAME && OPEN.test(name)) return this.text(value);
    if (PERSON.test(name)) return lengthOf(value, 'text');
    if (NUMBER.test(name)) return /\d{3}/.test(value) ? digitsMasked(value) : shownIf(WORD.test(value), value);
    return shownIf(CODE.test(value), this.text(value));
  }

  #hasToken(text: string): boolean {
    return [...this.known.keys()].some((token) => text.includes(token));
  }
}

/** The form in which a number is written stays to be seen. */
function digitsMasked(value: string): string {
  return /\p{L}/u.test(value) ? lengthOf(value, 'text') : maskNumber(value);
}

function shownIf(isCode: boolean, value: string): string {
  return isCode ? value : lengthOf(value, 'text');
}

function lengthOf(text: string, what?: string): string {
  return `[${what === undefined ? '' : `${what}: `}${text.length} characters]`;
}
