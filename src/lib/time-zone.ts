import { IANAZone } from 'luxon';

/** Names that were found to be right: a document may hold thousands, and asking costs as much as making a formatter. */
const known = new Set<string>();

/**
 * True for a name of the IANA database that this Node.js knows, old (`Europe/Kiev`) and new (`Europe/Kyiv`) ones alike.
 * `Intl.supportedValuesOf` lists one name of each zone only; offsets such as `+02:00` are no names.
 */
export function isTimeZone(name: string): boolean {
  if (known.has(name)) return true;
  const valid = /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
  if (valid && known.size < MOST_KNOWN) known.add(name);
  return valid;
}

const MOST_KNOWN = 1000;
