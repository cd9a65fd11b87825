import { parseUntrusted } from './untrusted-json.js';
import { HAND_OVER_REQUEST_FIELDS, HAND_OVER_RESPONSE_FIELDS } from './hand-over-fields.js';
import { CONTENT_FIELDS, PERSONAL_FIELDS } from './sensitive-fields.js';

/**
 * Masks timelines for readers without the permission to see numbers. In the content of requests and responses everything is
 * masked except the contract's fields that contain neither phone numbers nor typed digits.
 */

const DOT = '•';
/** A number of at least this many digits keeps its last ones, so that callers stay distinguishable. */
const LONG_NUMBER_DIGITS = 7;
const KEPT_DIGITS = 2;

const personal = new Set(PERSONAL_FIELDS.map(plain));
const content = new Set(CONTENT_FIELDS.map(plain));

/** Fields of the hand-over contract that contain neither phone numbers nor typed digits. */
const openInContent = new Set(
  [...HAND_OVER_REQUEST_FIELDS, ...HAND_OVER_RESPONSE_FIELDS].map(plain).filter((field) => !personal.has(field)),
);

/** Matches an IP address or a date, which are kept, or else seven or more digits in the usual notations of phone numbers. */
const PHONE =
  /(?<!\w)(?:(\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\d{4}-\d{2}-\d{2}(?!\d))|\(?(?:\+|00)?\d(?:[\s()./-]{0,2}\d){6,}(?!\w))/g;

/** Masks a phone number or typed digits: `+420777888999` becomes `+••••••••••99`. */
export function maskNumber(text: string): string {
  const digits = text.replace(/\D/g, '').length;
  const hidden = digits >= LONG_NUMBER_DIGITS ? digits - KEPT_DIGITS : digits;
  let seen = 0;
  return text.replace(/[\d*#]/g, (character) => {
    if (!/\d/.test(character)) return DOT;
    seen += 1;
    return seen <= hidden ? DOT : character;
  });
}

/**
 * Masks personal data in a timeline entry. `known`: personal values of this call (the caller's number, typed digits), which are
 * masked wherever they occur.
 */
export function maskData(data: Record<string, unknown>, known: string[] = []): Record<string, unknown> {
  const mask = new Mask(known.filter((secret) => secret.length >= 3));
  return mask.record(data, false);
}

class Mask {
  constructor(private readonly known: string[]) {}

  record(data: Record<string, unknown>, inContent: boolean): Record<string, unknown> {
    return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, this.#value(name, value, inContent)]));
  }

  #value(name: string, value: unknown, inContent: boolean): unknown {
    if (typeof value === 'string') return this.#string(name, value, inContent);
    if (typeof value === 'number') return isHidden(name, inContent) ? maskNumber(String(value)) : value;
    if (Array.isArray(value)) return value.map((each: unknown) => this.#value(name, each, inContent));
    if (typeof value === 'object' && value !== null) return this.record(value as Record<string, unknown>, inContent);
    return value;
  }

  #string(name: string, value: string, inContent: boolean): string {
    if (content.has(plain(name))) return this.#content(value);
    if (isHidden(name, inContent)) return inContent ? maskDigits(value) : maskNumber(value);
    return this.#text(plain(name) === 'url' ? maskQuery(value) : value);
  }

  /** Masks a body: JSON or a form field by field, other text by every digit. */
  #content(body: string): string {
    const document = parseUntrusted(body);
    if (Array.isArray(document)) return JSON.stringify(this.#value('', document, true));
    if (typeof document === 'object' && document !== null)
      return JSON.stringify(this.record(document as Record<string, unknown>, true));
    if (!/^[\w.%[\]-]+=[^\s<>]*$/.test(body)) return maskDigits(body);
    return [...new URLSearchParams(body)]
      .map(([name, value]) => `${name}=${this.#string(name, value, true)}`)
      .join('&');
  }

  #text(text: string): string {
    const hidden = this.known.reduce((rest, secret) => rest.replaceAll(secret, maskNumber(secret)), text);
    return hidden.replace(PHONE, (match: string, harmless?: string) =>
      harmless !== undefined && !isNumberWithDots(harmless) ? match : maskNumber(match),
    );
  }
}

/** True for `420.777.888.999`, which looks like an IP address but is not. */
function isNumberWithDots(text: string): boolean {
  return text.split('.').some((part) => Number(part) > 255);
}

/** True for the name of a contract field that contains neither a phone number nor typed digits. */
export function isOpenField(name: string): boolean {
  return openInContent.has(plain(name));
}

function isHidden(name: string, inContent: boolean): boolean {
  const field = plain(name);
  return personal.has(field) || (inContent && !openInContent.has(field));
}

/** Normalises a name: `callerNumber`, `caller_number` and `Caller-Number` become equal. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function maskDigits(text: string): string {
  return text.replace(/\d/g, DOT);
}

function maskQuery(url: string): string {
  const question = url.indexOf('?');
  if (question === -1) return url;
  return url.slice(0, question) + url.slice(question).replace(/(?:\d|%2B){3,}/gi, (run) => DOT.repeat(run.length));
}
