import { belowHundred, split, type Agreement, type Counting } from './grammar.js';

/** Russian. One and two agree with the noun wherever they stand at the end: "двадцать одна минута", "сто две минуты". */
export const ru: Counting = {
  language: 'ru',
  words(number, agreement) {
    if (number === 0) return ['digits/0'];
    const { hundreds, rest } = split(number);
    const below = belowHundred(rest, (unit) => agreeing(unit, agreement));
    return [...(hundreds === 0 ? [] : [`digits/${hundreds}00`]), ...below];
  },
  minute: {
    gender: 'feminine',
    one: 'status/minute-one',
    oneAccusative: 'status/minute-one-acc',
    few: 'status/minute-few',
    many: 'status/minute-many',
  },
  digit: (digit) => `digits/${digit}`,
};

function agreeing(unit: number, { gender, case: grammaticalCase }: Agreement): string {
  if (unit === 1 && gender === 'feminine')
    return grammaticalCase === 'accusative' ? 'status/number-1f-acc' : 'digits/1f';
  if (unit === 1 && gender === 'neuter') return 'status/number-1n';
  if (unit === 2 && gender === 'feminine') return 'digits/2f';
  return `digits/${unit}`;
}
