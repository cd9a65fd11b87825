import { maskNumber } from '../../lib/mask.js';

/** Settings that hold lists of personal numbers. */
const LISTS = new Set(['numbers', 'do_not_call']);
/** Settings that hold lists of prefixes; whole numbers are allowed there as well. */
const PREFIXES = new Set(['allow', 'deny']);
const WHOLE_NUMBER = /^\+\d{9,}$/;

/**
 * A document, or a part of it, for readers without permission to see numbers: personal numbers are masked, the company's own lines are not.
 * A masked document cannot be applied.
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
