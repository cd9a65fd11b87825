import { EMAIL, fieldKind, isPlaceholder } from '../../lib/field-kind.js';
import { isOpenField } from '../../lib/mask.js';
import type { Pseudonyms } from './pseudonyms.js';

const REMOVED = '[removed]';

const PHONE = /(?<![\w-])\(?(?:\+|00)?\d(?:[\s()./-]{0,2}\d){6,}(?![\w-])/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const DATE = /^\d{4}-\d{2}-\d{2}/;

/** Headers that describe the format of a message. Of all others only the name is kept. */
const OPEN_HEADERS = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'accept', 'accept-encoding'],
  ...['user-agent', 'server', 'cache-control', 'connection', 'retry-after', 'allow'],
  ...['webhook-timestamp', 'x-requested-with'],
]);

/** Replaces personal data in messages by pseudonyms and removes secrets; the shape of the message stays. */
export class PseudonymRedactor {
  constructor(private readonly names: Pseudonyms) {}

  headers(given: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
    const entries = Object.entries(given).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : value;
      return text === undefined ? [] : [[name.toLowerCase(), this.#header(name.toLowerCase(), text)] as const];
    });
    return Object.fromEntries(entries);
  }

  /** Path and query. */
  path(text: string): string {
    const [path = '', query] = text.split(/\?(.*)/s);
    const shown = path.split('/').map((part) => this.#text(part));
    return query === undefined ? shown.join('/') : `${shown.join('/')}?${this.#form(query)}`;
  }

  body(text: string, contentType: string): string {
    const trimmed = text.replace(/^\uFEFF/, '').trimStart();
    if (/^[{["]/.test(trimmed)) {
      const value = parseJson(trimmed);
      if (value !== undefined) return JSON.stringify(this.#value('', value));
    }
    if (contentType.includes('x-www-form-urlencoded')) return this.#form(text);
    if (trimmed.startsWith('<')) return this.#xml(text);
    return this.#text(text);
  }

  #header(name: string, value: string): string {
    if (OPEN_HEADERS.has(name)) return value;
    if (name === 'location') return this.path(value);
    // The scheme (Basic, Bearer) is part of the contract.
    if (name === 'authorization') return `${/^(basic|bearer|digest)\b/i.exec(value)?.[0] ?? ''} ${REMOVED}`.trim();
    return REMOVED;
  }

  #form(text: string): string {
    const pairs = [...new URLSearchParams(text)].map(([name, value]): [string, string] => [
      name,
      this.#string(name.replace(/^.*\[([^\]]+)\]$/, '$1'), value),
    ]);
    return new URLSearchParams(pairs).toString();
  }

  #xml(text: string): string {
    const elements = text.replace(
      /<([\w:.-]+)([^<>]*)>([^<>]+)<\//g,
      (_whole, name: string, attributes: string, content: string) =>
        `<${name}${attributes}>${this.#string(name, content)}</`,
    );
    return elements.replace(
      /([\w:.-]+)="([^"]*)"/g,
      (_whole, name: string, value: string) => `${name}="${this.#string(name, value)}"`,
    );
  }

  #value(name: string, value: unknown): unknown {
    if (typeof value === 'string') return this.#string(name, value);
    if (typeof value === 'number') return this.#number(name, value);
    if (Array.isArray(value)) return value.map((each) => this.#value(name, each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, this.#value(inner, each)]));
  }

  #number(name: string, value: number): number {
    const kind = fieldKind(name);
    if (kind === 'place') return 0;
    if (isOpenField(name) || kind === 'time' || !Number.isSafeInteger(value)) return value;
    const hidden = Number(this.#string(name, String(value)));
    return Number.isFinite(hidden) ? hidden : 0;
  }

  #string(name: string, value: string): string {
    if (value === '' || isOpenField(name)) return value;
    const kind = fieldKind(name);
    if (kind === 'secret') return REMOVED;
    if (UUID.test(value) || (DATE.test(value) && !Number.isNaN(Date.parse(value)))) return value;
    switch (kind) {
      case 'typed':
        return this.names.typed(value);
      case 'plate':
      case 'place':
      case 'person':
        return shapeOf(value);
      case 'number':
        return this.#phoneNumber(value);
      case 'time':
        return value;
      case 'contract':
      case 'other':
        return this.#text(value);
    }
  }

  /** A field that should hold a phone number may hold other text: `from` may be a street. */
  #phoneNumber(value: string): string {
    if (/^[\d\s()./+*#-]+$/.test(value)) return /\d{3}/.test(value) ? this.names.number(value) : value;
    return isPlaceholder(value) ? value : shapeOf(value);
  }

  #text(text: string): string {
    return this.names
      .withoutTyped(text)
      .replace(EMAIL, 'someone@example.com')
      .replace(PHONE, (number) => this.names.number(number));
  }
}

/** Replaces letters and digits; punctuation stays. */
function shapeOf(text: string): string {
  return text.replace(/\p{L}/gu, 'x').replace(/\d/g, '0');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
