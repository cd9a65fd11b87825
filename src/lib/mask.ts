import { parseUntrusted } from './untrusted-json.js';
import { CONTENT_FIELDS, PERSONAL_FIELDS } from './sensitive-fields.js';

/**
 * What readers without the right to numbers see of a timeline. The rule for what others sent and were sent is to hide:
 * only fields that the contract fills with neither numbers nor digits stay readable.
 */

const DOT = '•';
/** A number of this many digits keeps its last ones, so that two callers can be told apart. */
const LONG_NUMBER_DIGITS = 7;
const KEPT_DIGITS = 2;

const personal = new Set(PERSONAL_FIELDS.map(plain));
const content = new Set(CONTENT_FIELDS.map(plain));

/** Fields of requests and answers that hold neither a number nor a digit that somebody typed. */
const openInContent = new Set(
  [
    'action',
    'recording_id',
    'menu_timeout',
    'max',
    'call_group_id',
    'group_transfer_recording_id',
    'group_mobile_present',
    'group_continue_busy',
    'skip_caller_id_transfer',
    'hangup',
    'bridge_result',
    'call_result',
    'call_id',
    'step',
  ].map(plain),
);

/** An IP address or a date, which stay; or else seven digits or more, as people write numbers. */
const PHONE =
  /(?<!\w)(?:(\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\d{4}-\d{2}-\d{2}(?!\d))|\(?(?:\+|00)?\d(?:[\s()./-]{0,2}\d){6,}(?!\w))/g;

/** A phone number, or digits that somebody pressed: `+420777888999` becomes `+••••••••••99`. */
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
 * The data of a timeline's entry with everything personal hidden. `known`: what is known to be personal in this call
 * (the caller's number, what was typed); it is hidden wherever it appears.
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

  /** A body: JSON, a form, or else text in which every digit is hidden. */
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

/** `420.777.888.999` looks like an IP address and is none. */
function isNumberWithDots(text: string): boolean {
  return text.split('.').some((part) => Number(part) > 255);
}

/** Whether a field of the contract's, by its name, holds neither a number nor a digit that somebody typed. */
export function isOpenField(name: string): boolean {
  return openInContent.has(plain(name));
}

function isHidden(name: string, inContent: boolean): boolean {
  const field = plain(name);
  return personal.has(field) || (inContent && !openInContent.has(field));
}

/** Names are compared without case and separators: `callerNumber`, `caller_number`, `Caller-Number` are one. */
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
