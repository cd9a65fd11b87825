import { expect, test } from 'vitest';
import { fieldCodes, problemCodes } from '../../../src/http/problem-codes.js';
import { supportedLanguages } from '../../../src/lib/language.js';
import { textsOfProblems } from '../../../src/web/texts/texts.js';

test.each(supportedLanguages)('every code that the API can send has a text in %s', (language) => {
  const { problems, fields } = textsOfProblems([language]);
  expect(Object.keys(problems).sort()).toEqual([...problemCodes].sort());
  expect(Object.keys(fields).sort()).toEqual([...fieldCodes].sort());
  expect(Object.values({ ...problems, ...fields }).every((text) => text.length > 5)).toBe(true);
});

test('the texts of all languages name the same parameters', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  const english = textsOfProblems(['en']);
  for (const language of supportedLanguages) {
    const { problems, fields } = textsOfProblems([language]);
    for (const [code, text] of Object.entries(english.problems))
      expect(placeholders(problems[code as keyof typeof problems]), code).toEqual(placeholders(text));
    for (const [code, text] of Object.entries(english.fields))
      expect(placeholders(fields[code as keyof typeof fields]), code).toEqual(placeholders(text));
  }
});
