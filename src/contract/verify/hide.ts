import { maskData } from '../../lib/mask.js';
import { SECRET_FIELDS } from '../../lib/sensitive-fields.js';

const MOST_SHOWN = 160;
const SECRET_PARAMETERS = new Set<string>([...SECRET_FIELDS, 'key', 'apikey']);

/** Text of the peer for a sheet: numbers masked, length limited. */
export function hideNumbers(text: string, known: string[] = []): string {
  const { shown } = maskData({ shown: text.replace(/\s+/g, ' ').trim() }, known);
  const hidden = String(shown);
  return hidden.length > MOST_SHOWN ? `${hidden.slice(0, MOST_SHOWN)}…` : hidden;
}

/** An address without logins and without parameter values that may be secrets. */
export function showUrl(address: string): string {
  if (!URL.canParse(address)) return 'an invalid address';
  const url = new URL(address);
  url.username = url.password = '';
  for (const name of [...url.searchParams.keys()])
    if (SECRET_PARAMETERS.has(name.toLowerCase())) url.searchParams.set(name, '***');
  return hideNumbers(url.href.replace(/\?$/, '').replace(/%7B(\w+)%7D/gi, '{$1}'));
}
