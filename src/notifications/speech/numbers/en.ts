import { belowHundred, split, type Counting } from './grammar.js';

/** English: "one minute", "two minutes", "one hundred twenty minutes". */
export const en: Counting = {
  language: 'en',
  words(number) {
    if (number === 0) return ['digits/0'];
    const { hundreds, rest } = split(number);
    const below = belowHundred(rest, (unit) => `digits/${unit}`);
    return [...(hundreds === 0 ? [] : [`digits/${hundreds}`, 'digits/hundred']), ...below];
  },
  minute: { gender: 'neuter', one: 'status/minute-one', many: 'status/minute-many' },
  digit: (digit) => `digits/${digit}`,
};
