import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { numberWithNoun, bareNumber } from '../../src/notifications/speech/numbers/grammar.js';
import { countings } from '../../src/notifications/speech/numbers/index.js';
import { plateWords } from '../../src/notifications/speech/plates.js';
import { wordsOf } from './speech-harness.js';

function golden(file: string): string[] {
  return readFileSync(join(import.meta.dirname, 'golden', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

const countingOf = (language: string) => countings[language]!;

describe.each(['cs', 'ru', 'en'])('minutes in %s', (language) => {
  const counting = countingOf(language);
  const lines = golden(`minutes.${language}.txt`);

  test('the golden list has every number from 0 to 120', () => {
    const numbers = new Set(lines.map((line) => Number.parseInt(line)));
    expect(Array.from({ length: 121 }, (_, number) => number).filter((number) => !numbers.has(number))).toEqual([]);
  });

  test.each(lines)('%s', (line) => {
    const [, number, words] = /^(\d+) (.+)$/.exec(line)!;
    expect(wordsOf(numberWithNoun(counting, Number(number), counting.minute, 'accusative'), language)).toBe(words);
  });

  test('every number up to 999 has a recording for each of its words; others are refused', () => {
    for (let number = 0; number <= 999; number += 1)
      for (const grammaticalCase of ['nominative', 'accusative'] as const)
        expect(wordsOf(numberWithNoun(counting, number, counting.minute, grammaticalCase), language)).not.toContain(
          '?',
        );
    for (const wrong of [-1, 1000, 1.5, Number.NaN])
      expect(() => numberWithNoun(counting, wrong, counting.minute, 'accusative')).toThrow(RangeError);
  });
});

test('the subject of a sentence is in the nominative', () => {
  const minutes = (language: string, number: number) =>
    wordsOf(numberWithNoun(countingOf(language), number, countingOf(language).minute, 'nominative'), language);
  expect([1, 2, 21].map((number) => minutes('cs', number))).toEqual([
    'jedna minuta',
    'dvě minuty',
    'dvacet jedna minut',
  ]);
  expect([1, 2, 21].map((number) => minutes('ru', number))).toEqual([
    'одна минута',
    'две минуты',
    'двадцать одна минута',
  ]);
});

test('one and two agree with nouns of every gender', () => {
  const said = (language: string, gender: 'masculine' | 'neuter') =>
    [1, 2, 21].map((number) => wordsOf(countingOf(language).words(number, { gender, case: 'nominative' }), language));
  expect(said('cs', 'masculine')).toEqual(['jeden', 'dva', 'dvacet jedna']);
  expect(said('cs', 'neuter')).toEqual(['jedno', 'dvě', 'dvacet jedna']);
  expect(said('ru', 'masculine')).toEqual(['один', 'два', 'двадцать один']);
  expect(said('ru', 'neuter')).toEqual(['одно', 'два', 'двадцать одно']);
});

test('a number without a noun has the form used for counting', () => {
  const said = (language: string) =>
    [1, 2, 21].map((number) => wordsOf(bareNumber(countingOf(language), number), language));
  expect(said('cs')).toEqual(['jedna', 'dva', 'dvacet jedna']);
  expect(said('ru')).toEqual(['один', 'два', 'двадцать один']);
  expect(said('en')).toEqual(['one', 'two', 'twenty one']);
});

describe('number plates', () => {
  const lines = golden('plates.txt');

  test('the golden list has at least 20 plates', () => expect(lines.length).toBeGreaterThanOrEqual(20));

  test.each(lines)('%s', (line) => {
    const [language = '', plate = '', words] = line.split(' | ');
    expect(wordsOf(plateWords(countingOf(language), plate) ?? [], language)).toBe(words);
  });

  test('a plate with a sign that has no name is not read', () => {
    for (const plate of ['ЖЮ 123', '1AB*2345', '', ' - ']) expect(plateWords(countingOf('cs'), plate)).toBeUndefined();
  });
});
