import { belowHundred, split, type Agreement, type Counting } from './grammar.js';

/**
 * Czech. One and two agree with the noun only when they stand alone. After tens and hundreds they do not change, and the noun
 * is in the genitive plural: "dvacet jedna minut", "dvacet dva minut", "sto jedna minut".
 */
export const cs: Counting = {
  language: 'cs',
  words(number, agreement) {
    if (number === 0) return ['digits/0'];
    const { hundreds, rest } = split(number);
    const below = belowHundred(rest, (unit) => (number < 10 ? agreeing(unit, agreement) : unchanging(unit)));
    return [...hundred(hundreds), ...below];
  },
  minute: {
    gender: 'feminine',
    one: 'status/minute-one',
    oneAccusative: 'status/minute-one-acc',
    few: 'status/minute-few',
    many: 'status/minute-many',
  },
  digit: (digit) => unchanging(Number(digit)),
};

function agreeing(unit: number, { gender, case: grammaticalCase }: Agreement): string {
  if (unit === 1) {
    if (gender === 'masculine') return 'digits/1m';
    if (gender === 'neuter') return 'status/number-1n';
    return grammaticalCase === 'accusative' ? 'status/number-1f-acc' : 'digits/1n';
  }
  if (unit === 2) return gender === 'masculine' ? 'digits/2m' : 'status/number-2f';
  return `digits/${unit}`;
}

function unchanging(unit: number): string {
  if (unit === 1) return 'digits/1n';
  if (unit === 2) return 'digits/2m';
  return `digits/${unit}`;
}

function hundred(hundreds: number): string[] {
  if (hundreds === 0) return [];
  if (hundreds === 1) return ['digits/1sto'];
  if (hundreds === 2) return ['digits/2ste'];
  return [`digits/${hundreds}`, hundreds < 5 ? 'digits/sta' : 'digits/set'];
}
