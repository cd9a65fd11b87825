import { maskNumber } from '../../lib/mask.js';

/** Lists of people's numbers, wherever they stand. */
const LISTS = new Set(['numbers', 'do_not_call']);
/** Lists of prefixes, in which whole numbers may stand, too. */
const PREFIXES = new Set(['allow', 'deny']);
const WHOLE_NUMBER = /^\+\d{9,}$/;

/**
 * A document, or a piece of one, for readers without the right to numbers: people's are masked, those of the company's own lines stay.
 * What is masked cannot be applied again.
 */
export function maskedDocument<T>(piece: T): T {
  return masked('', piece, '') as T;
}

/** @param within the word around `word` */
function masked(word: string, value: unknown, within: string): unknown {
  if (typeof value === 'string') {
    const isSetting = word === 'mobile' || (word === 'number' && within === 'ring');
    const isListed = LISTS.has(within) || (PREFIXES.has(within) && WHOLE_NUMBER.test(value));
    return isSetting || isListed ? maskNumber(value) : value;
  }
  // What is in a list is named as the list is.
  if (Array.isArray(value)) return value.map((each: unknown) => masked('', each, word));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(name, inner, word)]));
}
