import { isOpenField } from '../../lib/mask.js';
import { PERSONAL_FIELDS, SECRET_FIELDS } from '../../lib/sensitive-fields.js';
import type { Pseudonyms } from './pseudonyms.js';

const REMOVED = '[removed]';

const personal = new Set<string>(PERSONAL_FIELDS.map(plain));
const secret = new Set<string>(SECRET_FIELDS.map(plain));
const SECRET_PART = /token|passw|secret|apikey|signature|session|^sig$|^key$|^login$|^hash$/;
const TYPED = /digit|typed|collected|^keys?$|dtmf/;
const TIME = /time|date|timestamp|At$|_at$/;
/** What people write about people, and where they are. */
const WORDS =
  /name$|fio$|address|street|house|apartment|^city(?!id)|mail|comment|note|customer|client|driver|worker|passenger|^text$|^description/;
const PLACE = /^(lat|lon|lng|latitude|longitude)$|coord/;
const PLATE = /plate|^(car|gos|cargos|reg|vehicle)num/;
/** Words of the contract, not of people. */
const CONTRACT_WORD = /^(order)?(status|tariff|event|action|method|type)(name)?$/;
/** A word in place of a number: `unknown`, `driver`. */
const CODE = /^[a-z_]{1,30}$/i;
const EMAIL = /[^\s@<>"',;]+@[^\s@<>"',;]+\.[a-z]{2,}/gi;
const PHONE = /(?<![\w-])\(?(?:\+|00)?\d(?:[\s()./-]{0,2}\d){6,}(?![\w-])/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const DATE = /^\d{4}-\d{2}-\d{2}/;

/** Headers that say how a message is written; of all others the name is kept. */
const OPEN_HEADERS = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'accept', 'accept-encoding'],
  ...['user-agent', 'server', 'cache-control', 'connection', 'retry-after', 'allow'],
  ...['webhook-timestamp', 'x-requested-with'],
]);

/** Takes out of messages what is personal or secret, and leaves their shape. */
export class Redactor {
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
    // Whether it is Basic or Bearer is part of the contract.
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
    if (PLACE.test(plain(name))) return 0;
    if (isOpenField(name) || TIME.test(name) || !Number.isSafeInteger(value)) return value;
    const hidden = Number(this.#string(name, String(value)));
    return Number.isFinite(hidden) ? hidden : 0;
  }

  #string(name: string, value: string): string {
    const field = plain(name);
    if (value === '' || isOpenField(name)) return value;
    if (secret.has(field) || SECRET_PART.test(field)) return REMOVED;
    if (UUID.test(value) || (DATE.test(value) && !Number.isNaN(Date.parse(value)))) return value;
    if (TYPED.test(field)) return this.names.typed(value);
    if (CONTRACT_WORD.test(field)) return this.#text(value);
    if (PLATE.test(field) || PLACE.test(field)) return shapeOf(value);
    if (personal.has(field) || /phone|mobile|number$|msisdn/.test(field)) return this.#personal(value);
    if (WORDS.test(field)) return shapeOf(value);
    if (TIME.test(name)) return value;
    return this.#text(value);
  }

  /** A field that holds somebody's number, or whatever else there is in one of that name: `from` may be a street. */
  #personal(value: string): string {
    if (/^[\d\s()./+*#-]+$/.test(value)) return /\d{3}/.test(value) ? this.names.number(value) : value;
    return CODE.test(value) ? value : shapeOf(value);
  }

  #text(text: string): string {
    return this.names
      .withoutTyped(text)
      .replace(EMAIL, 'someone@example.com')
      .replace(PHONE, (number) => this.names.number(number));
  }
}

/** Letters and digits alone are taken out. */
function shapeOf(text: string): string {
  return text.replace(/\p{L}/gu, 'x').replace(/\d/g, '0');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
