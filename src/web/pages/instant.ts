import { html, type Html } from '../../http/html.js';
import { instantFormat, type InstantFormat } from '../instant-format.js';

const formats = new Map<string, InstantFormat>();

/**
 * Renders an instant as people say it, in the company's time zone; the exact one is its title.
 *
 * @param at ISO 8601, or milliseconds since 1970
 */
export function instant(at: string | number, zone: string, language: string): Html {
  const key = `${language} ${zone}`;
  const format = formats.get(key) ?? instantFormat(language, zone);
  formats.set(key, format);
  return html`<time datetime="${new Date(at).toISOString()}" title="${format.exact(at)}">${format.when(at)}</time>`;
}
