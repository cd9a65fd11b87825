import type { Fields } from '../../shared/input.js';

interface XmlStyle {
  /** How an empty list is written at the top: `nil-classes` as in Rails 2, or under the list's name. */
  emptyList: 'nil-classes' | 'named';
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Names in it may be invalid in XML (`keys: { 9: … }`), so it is written as JSON. */
const JSON_TEXT = 'settings';

/** Element names within lists that are not the list's name without its `s`. */
const SINGULAR: Record<string, string> = { languages: 'language' };

export function xmlOfItem(name: string, fields: Fields): string {
  return `${DECLARATION}${element(name, fields)}\n`;
}

/** Validation errors as Rails writes them. */
export function xmlOfErrors(errors: readonly string[]): string {
  return `${DECLARATION}<errors>${errors.map((each) => element('error', each)).join('')}</errors>\n`;
}

export function xmlOfList(list: string, item: string, items: readonly Fields[], { emptyList }: XmlStyle): string {
  if (items.length === 0) return `${DECLARATION}<${emptyList === 'named' ? list : 'nil-classes'} type="array"/>\n`;
  return `${DECLARATION}<${list} type="array">${items.map((each) => element(item, each)).join('')}</${list}>\n`;
}

function element(name: string, value: unknown): string {
  if (name === JSON_TEXT) return `<${name}>${escape(JSON.stringify(value ?? {}))}</${name}>`;
  if (value === null || value === undefined) return `<${name} nil="true"/>`;
  if (Array.isArray(value)) {
    const items = value.map((each) => element(SINGULAR[name] ?? name.replace(/s$/, ''), each));
    return items.length === 0 ? `<${name} type="array"/>` : `<${name} type="array">${items.join('')}</${name}>`;
  }
  if (typeof value === 'object') {
    const content = Object.entries(value).map(([inner, each]) => element(inner, each));
    return `<${name}>${content.join('')}</${name}>`;
  }
  return `<${name}>${escape(isScalar(value) ? String(value) : '')}</${name}>`;
}

/** Removes characters that XML cannot represent. */
function escape(text: string): string {
  return text

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;');
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
