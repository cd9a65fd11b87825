import { IANAZone } from 'luxon';

/** Cache of valid names: a document may contain thousands, and each check creates a formatter. */
const known = new Set<string>();

/**
 * True for a time zone name of the IANA database that this Node.js supports, old (`Europe/Kiev`) and new (`Europe/Kyiv`) ones alike.
 * `Intl.supportedValuesOf` lists one name per zone only; offsets such as `+02:00` are not names.
 */
export function isTimeZone(name: string): boolean {
  if (known.has(name)) return true;
  const valid = /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
  if (valid && known.size < MAX_KNOWN) known.add(name);
  return valid;
}

const MAX_KNOWN = 1000;
