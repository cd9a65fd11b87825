/** Numbers in words, as names of recorded fragments: `digits/20` says "twenty". */

type Gender = 'masculine' | 'feminine' | 'neuter';
/** The cases in which templates use a counted noun: "five minutes are left", "in five minutes". Masculine nouns are inanimate. */
export type Case = 'nominative' | 'accusative';

export interface Agreement {
  gender: Gender;
  case: Case;
}

/** The forms of a noun that counting needs, as names of recorded fragments. */
interface Noun {
  gender: Gender;
  one: string;
  /** Accusative singular where it differs. */
  oneAccusative?: string;
  /** Form after two to four, in languages that have it. */
  few?: string;
  many: string;
}

/** The grammar of numbers in one language. */
export interface Counting {
  /** Language code for `Intl.PluralRules`. */
  language: string;
  /** A whole number from 0 to 999. */
  words(number: number, agreement: Agreement): string[];
  minute: Noun;
  /** A single digit, as in dictation. */
  digit(digit: string): string;
}

export const MAX_NUMBER = 999;

/** The number as when counting, without a noun. @throws RangeError outside 0-999 */
export function bareNumber(counting: Counting, number: number): string[] {
  return assertInRange(number) === 1 ? [counting.digit('1')] : counting.words(number, BARE);
}
const BARE: Agreement = { gender: 'masculine', case: 'nominative' };

/** A number with its noun. @throws RangeError outside 0-999 */
export function numberWithNoun(counting: Counting, number: number, noun: Noun, grammaticalCase: Case): string[] {
  const words = counting.words(assertInRange(number), { gender: noun.gender, case: grammaticalCase });
  return [...words, formOf(counting.language, number, noun, grammaticalCase)];
}

/** By the plural rules of Unicode's CLDR. */
function formOf(language: string, number: number, noun: Noun, grammaticalCase: Case): string {
  switch (new Intl.PluralRules(language).select(number)) {
    case 'one':
      return grammaticalCase === 'accusative' ? (noun.oneAccusative ?? noun.one) : noun.one;
    case 'few':
      return noun.few ?? noun.many;
    default:
      return noun.many;
  }
}

/** Splits into hundreds and the rest, 0 to 99. */
export function split(number: number): { hundreds: number; rest: number } {
  return { hundreds: Math.floor(number / 100), rest: number % 100 };
}

/** Up to twenty there is a word for each; beyond, a word for the tens and one for the units. */
export function belowHundred(rest: number, unit: (unit: number) => string): string[] {
  if (rest === 0) return [];
  if (rest <= 20 || rest % 10 === 0) return [unit(rest)];
  return [`digits/${rest - (rest % 10)}`, unit(rest % 10)];
}

function assertInRange(number: number): number {
  if (!Number.isInteger(number) || number < 0 || number > MAX_NUMBER)
    throw new RangeError(`${number} is not a whole number from 0 to ${MAX_NUMBER}`);
  return number;
}
