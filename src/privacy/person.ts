import { sql, type RawBuilder } from 'kysely';
import { nationalDigits, toE164 } from '../directory/numbers.js';
import { indexPrefix } from './indexed-digits.js';

/** Separators between the digits of a number; {@link Person.mayBeIn} ignores the same characters. */
const SEPARATORS = [' ', '-', '.', '/', '(', ')', '\u00a0'];
const GAP = '[ ().\\/\\u00a0-]';
/** National prefixes that replace the country code in some countries. */
const TRUNK_PREFIXES = ['', '0', '8', '1'];
/** Digits that are searched although they are no phone number. Shorter codes are ambiguous: queues, handsets, durations. */
const UNREADABLE = /^\d{4,20}$/;
const ERASED = '[erased]';

/** The phone number of a person, and how to find it in stored text in any notation. */
export class Person {
  /**
   * @param number E.164, or the stored digits when they are no valid number
   * @param digits the digits that all notations of the number share
   */
  private constructor(
    readonly number: string,
    private readonly digits: string,
    private readonly written: RegExp,
  ) {}

  /** Undefined for text that is no number. @param country ISO 3166 country of numbers without a country code */
  static parse(text: string, country: string): Person | undefined {
    const e164 = toE164(text, country);
    if (e164 !== undefined) {
      const digits = nationalDigits(e164);
      return new Person(e164, digits, writtenForms(e164, digits, country));
    }
    const bare = text.trim().replace(/^\+/, '');
    if (!UNREADABLE.test(bare)) return undefined;
    // Short digits would match inside other values: only a complete value or the user of a SIP address matches.
    return new Person(bare, bare, new RegExp(`(?<=^|["'=:])\\+?${bare}(?=$|["'@&;\\\\])`, 'g'));
  }

  /** Prefix of the indexed digits of every text that holds the number; undefined when the index may lack some of them. */
  get indexPrefix(): string | undefined {
    const all = this.number.replace('+', '');
    return indexPrefix(this.digits, [all, ...TRUNK_PREFIXES.map((prefix) => prefix + this.digits)]);
  }

  isIn(text: string): boolean {
    this.written.lastIndex = 0;
    return this.written.test(text);
  }

  /** Replaces the number in text or JSON by a marker; JSON stays valid. */
  redact(text: string): string {
    const value = tryParseJson(text);
    return typeof value === 'object' && value !== null
      ? JSON.stringify(this.#redactValue(value))
      : this.#redactText(text);
  }

  /** SQL condition that is true for every row whose column holds the number, and rarely for others: SQL cannot check delimiters. */
  mayBeIn(column: string): RawBuilder<boolean> {
    const bare = SEPARATORS.reduce<RawBuilder<unknown>>(
      (text, each) => sql`replace(${text}, ${each}, '')`,
      sql.ref(column),
    );
    return sql<boolean>`coalesce(instr(${bare}, ${this.digits}), 0) > 0`;
  }

  #redactValue(value: unknown): unknown {
    if (typeof value === 'string') return this.#redactText(value);
    if (typeof value === 'number') return this.isIn(String(value)) ? 0 : value;
    if (Array.isArray(value)) return value.map((each) => this.#redactValue(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [this.#redactText(name), this.#redactValue(each)]),
    );
  }

  #redactText(text: string): string {
    return text.replace(this.written, ERASED);
  }
}

function writtenForms(e164: string, national: string, country: string): RegExp {
  const spaced = (digits: string) => digits.replace(/(?<=\d)(?=\d)/g, `${GAP}{0,2}`);
  const code = e164.slice(1, e164.length - national.length);
  const forms: string[] = [];
  if (code !== '')
    forms.push(`(?<![\\d+])(?:\\+|00)?${spaced(code)}${GAP}{0,2}(?:\\(0\\)${GAP}{0,2})?${spaced(national)}`);
  for (const prefix of TRUNK_PREFIXES)
    if (toE164(prefix + national, country) === e164)
      // Not after the country code of another number.
      forms.push(`(?<![\\d+]|(?:\\+|00)\\d{1,3}${GAP}{1,2})${spaced(prefix + national)}`);
  if (forms.length === 0) forms.push(`(?<![\\d+])\\+?${spaced(national)}`);
  return new RegExp(`(?:${forms.join('|')})(?!\\d)`, 'g');
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
