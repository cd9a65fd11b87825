import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/company/document/document.js';
import { lint } from '../../src/company/lint/linter.js';
import { nearestWord } from '../../src/lib/nearest-word.js';
import { hasErrors, type DocumentProblem } from '../../src/company/problem.js';
import { expectLinear } from '../support/cost.js';

/** Every user with read permission can lint a document: the cost must grow at most linearly with its size, and the response stays short. */

const HEAD = 'version: 1\ncountry: CZ\ntime_zone: Europe/Prague\nlanguages: [cs]\n';

function problemsOf(text: string): DocumentProblem[] {
  const read = readDocument(text, 'configuration');
  return read.ok ? lint(read.document.company, { ...read.document, knownSounds: new Map() }) : read.problems;
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

const LONG = 'x'.repeat(50);

const documents: Record<string, (size: number) => string> = {
  'parts that go to unknown parts': (size) =>
    `${HEAD}parts:\n${lines(size, (index) => `  p${LONG}${index}: [{go_to_part: q${LONG}${index}}]`)}`,
  'parts that go to the next one': (size) =>
    `${HEAD}parts:\n${lines(size, (index) => `  p${index}: [{go_to_part: p${index + 1}}]`)}\n  p${size}: [hang_up]`,
  'parts in a circle': (size) =>
    `${HEAD}parts:\n${lines(size, (index) => `  p${index}: [{go_to_part: p${(index + 1) % size}}]`)}`,
  prompts: (size) => `${HEAD}prompts:\n${lines(size, (index) => `  - { id: ${index + 1}, name: n${index} }`)}`,
  'handsets of a queue that do not exist': (size) =>
    `${HEAD}handsets:\n${lines(size, (index) => `  - { name: h${index} }`)}\nqueues:\n  - id: 1\n    name: q\n    handsets: [${lines(size, (index) => `x${index},`)}]`,
  'lines that ring numbers under a long policy': (size) =>
    `${HEAD}dial_policy: { deny: [${lines(size, (index) => `'+4206${index}',`)}] }\nparts:\n${lines(size, (index) => `  p${index}: [{ring: {number: '+420777${100_000 + index}'}}]`)}`,
  'hours with many exceptions': (size) =>
    `${HEAD}parts:\n  p:\n    - hours:\n        weekly: {}\n        open: [hang_up]\n        exceptions:\n${lines(size, (index) => `          - { date: '${2000 + Math.floor(index / 28)}-01-${String((index % 28) + 1).padStart(2, '0')}', open: [] }`)}`,
  'profiles based on each other': (size) =>
    `${HEAD}profiles:\n${lines(size, (index) => `  p${index}: { base: p${index + 1} }`)}\nparts:\n${lines(size, (index) => `  q${index}: [{hand_over: {url: 'http://127.0.0.1/', profile: p${index}}}]`)}`,
  'unknown settings': (size) => `${HEAD}${lines(size, (index) => `w${index}: 1`)}`,
  'wrong values': (size) => `${HEAD}prompts:\n${lines(size, (index) => `  - { id: x${index} }`)}`,
  'the same key again': (size) => `${HEAD}${lines(size, () => 'a: 1')}`,
};

describe('linting', () => {
  it.each(Object.entries(documents))('costs in proportion to %s', { timeout: 120_000 }, (_, document) => {
    expectLinear(document, problemsOf, 250);
  });

  it('shows two hundred errors and says that there are more', () => {
    const problems = problemsOf(documents['parts that go to unknown parts']?.(300) ?? '');
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(200);
    expect(problems.at(-1)).toMatchObject({ message: 'more problems are not shown' });
  });

  it('hides no error behind warnings', () => {
    const warned = documents['prompts']?.(300) ?? '';
    const problems = problemsOf(`${warned}\nparts:\n  p: [{go_to_part: nowhere}]`);
    expect(hasErrors(problems)).toBe(true);
    expect(problems.length).toBeLessThan(410);
  });

  it('looks for what was meant for the first twenty problems', () => {
    const wrong = lines(40, (index) => `  p${index}: [{go_to_part: part-of-hour}]`);
    const problems = problemsOf(`${HEAD}parts:\n  part-of-hours: [hang_up]\n${wrong}`);
    expect(problems.filter(({ remedy }) => remedy === 'did you mean "part-of-hours"?')).toHaveLength(20);
  });
});

describe('the nearest word', () => {
  it.each([
    ['enqueu', 'enqueue'],
    ['menu', 'menu'],
    ['mneu', 'menu'],
    ['xyz', undefined],
    ['go_to_prat', 'go_to_part'],
    ['e', undefined],
  ])('of %s is %s', (word, meant) => {
    expect(nearestWord(word, ['menu', 'enqueue', 'go_to_part'])).toBe(meant);
  });

  it('of two is the nearer one', () => expect(nearestWord('partt', ['parts-x', 'parts', 'part'])).toBe('parts'));
});
