import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCompany, readDocument, toDocument } from '../../../src/company/document/document.js';
import { knownWords } from '../../../src/company/document/words.js';
import { writableActions } from '../../../src/company/plan-schema.js';
import { lint } from '../../../src/company/lint/linter.js';
import type { DocumentProblem } from '../../../src/company/problem.js';
import { promptUsages, walk } from '../../../src/company/walk.js';
import { anyCompany } from '../../call-plan/any-company.js';

const example = readFileSync('examples/company.yaml', 'utf8');

function read(text: string) {
  const result = readDocument(text, 'file');
  return result.ok ? result.document : expect.unreachable(JSON.stringify(result.problems));
}

function problems(text: string): DocumentProblem[] {
  const result = readDocument(text, 'file');
  return result.ok ? [] : result.problems;
}

describe('reading', () => {
  it('makes milliseconds of durations and E.164 of lines', () => {
    const { company } = read(
      'version: 1\nlines:\n  - number: 222 333 444\n    plan:\n      - ring: { number: "1", timeout: 1.5s }\n',
    );
    expect(company.lines[0]).toMatchObject({
      number: '+420222333444',
      plan: [{ ring: { number: '1', timeout: 1500 } }],
    });
  });

  it('reads JSON', () => expect(read('{"version": 1, "country": "SK"}').company.country).toBe('SK'));

  it('reads a file that begins with a byte order mark', () =>
    expect(read('\uFEFFversion: 1\n').company.version).toBe(1));

  it('knows where things stand', () => {
    const { position } = read('version: 1\nparts:\n  main:\n    - answer\n    - play: 7\n');
    expect(position(['parts', 'main', 1, 'play'])).toEqual({ line: 5, column: 13 });
    expect(position(['parts', 'main'])).toEqual({ line: 3, column: 3 });
    expect(position(['parts', 'main', 9])).toEqual({ line: 3, column: 3 });
    expect(position(['nothing'])).toEqual({ line: 1, column: 1 });
  });

  it.each([
    ['open brackets', '['.repeat(1_000_000)],
    ['closed brackets', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['open braces', '{a: '.repeat(250_000)],
    ['lists in lists', '- '.repeat(500_000)],
    ['keys of keys', '? '.repeat(500_000)],
    ['indented maps', Array.from({ length: 1400 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['aliases', `a: &x 1\nb: [${'*x, '.repeat(250_000)}]`],
    ['anchors', `a: [${'&x 1, '.repeat(150_000)}]`],
    ['a long text', `version: 1\nname: ${'a'.repeat(1_000_000)}`],
    ['many keys', `parts:\n${Array.from({ length: 80_000 }, (_, index) => `  k${index.toString(36)}: 1`).join('\n')}`],
    ['2 MB', '# comment\n'.repeat(200_000)],
    ['many values', `a: [${'1, '.repeat(190_000)}]`],
    ['many maps', `a: [${'{}, '.repeat(190_000)}]`],
    ['open quotes', '- "'.repeat(300_000)],
  ])('survives %s', { timeout: 90_000 }, (_name, text) => {
    const found = problems(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.message.length).toBeLessThan(500);
  });

  it('never throws, whatever the text', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('[]{}:,-?&*!|>\'"%@`# \n\tab1+~<')) }), (text) => {
        readDocument(text, 'file');
      }),
      { numRuns: 1000 },
    ));

  it('never throws on the example with a piece replaced, and names a line of the file', () =>
    fc.assert(
      fc.property(
        fc.nat({ max: example.length }),
        fc.nat({ max: 12 }),
        fc.string({ unit: fc.constantFrom(...Array.from('[]{}:,-&*!\'"# \nab1')), maxLength: 4 }),
        (at, removed, added) => {
          const text = example.slice(0, at) + added + example.slice(at + removed);
          const result = readDocument(text, 'file');
          const found = result.ok
            ? lint(result.document.company, { ...result.document, knownSounds: new Map() })
            : result.problems;
          const lines = text.split('\n').length;
          for (const { line, message } of found) {
            expect(line).toBeLessThanOrEqual(lines);
            expect(message).not.toBe('');
          }
        },
      ),
      { numRuns: 100 },
    ));
});

describe('writing', () => {
  it('round-trips the example', () => {
    const { company } = read(example);
    expect(read(formatCompany(company)).company).toEqual(company);
  });

  it('round-trips any company, and writes it the same the second time', () =>
    fc.assert(
      fc.property(anyCompany, (company) => {
        const text = formatCompany(company);
        const again = read(text).company;
        expect(again).toEqual(company);
        expect(formatCompany(again)).toBe(text);
      }),
      { numRuns: 40 },
    ));
});

describe('any company', () => {
  const documents = fc.sample(anyCompany, { numRuns: 150, seed: 1 }).map(toDocument);
  const words = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') words.add(value);
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) Object.keys(value).forEach((word) => words.add(word));
    Object.values(value).forEach(collect);
  };
  documents.forEach(collect);

  it('has every section and every action, with all their settings', () => {
    const sections = knownWords([]);
    const known = [
      ...sections.flatMap((section) => [section, ...knownWords([section]), ...knownWords([section, 0])]),
      ...writableActions.flatMap((action) => [action, ...knownWords([action])]),
    ];
    expect([...new Set(known)].filter((word) => !words.has(word))).toEqual([]);
  });
});

describe('walking', () => {
  const { company } = read(example);

  it('names every action by its pointer', () =>
    expect([...walk(company)].map(({ pointer }) => pointer)).toEqual([
      'lines/+420222333444/plan/0',
      'lines/+420222333444/plan/1',
      'parts/main-menu/0',
      'parts/main-menu/0/menu/keys/1/0',
      'parts/main-menu/0/menu/keys/9/0',
      'parts/main-menu/0/menu/keys/9/1',
      'parts/main-menu/1',
      'parts/main-menu/2',
      'parts/operator/0',
      'parts/operator/0/hours/closed/0',
      'parts/operator/0/hours/closed/1',
      'parts/operator/1',
      'parts/operator/2',
      'parts/operator/3',
      'parts/operator/4',
    ]));

  it('finds where prompts are used', () => {
    expect(promptUsages(company, 3)).toEqual([
      { pointer: 'parts/main-menu/0/menu/keys/9/0', action: 'hand_over', setting: 'hand_over/filler_prompt' },
    ]);
    expect(promptUsages(company, 5)).toEqual([
      { pointer: 'parts/operator/0/hours/closed/0', action: 'play', setting: 'play' },
    ]);
    expect(promptUsages(company, 31)).toEqual([]);
  });
});
