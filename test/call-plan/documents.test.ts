import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Company } from '../../src/company/company.js';
import { formatCompany, readDocument } from '../../src/company/document/document.js';
import { readKnownSounds } from '../../src/company/lint/known-sounds.js';
import { lint } from '../../src/company/lint/linter.js';
import { showProblem, type DocumentProblem } from '../../src/company/problem.js';

/**
 * Every file of test/data/good is read and linted without a word; every file of test/data/bad has exactly the problems
 * that its last lines name: `# error LINE: part of the message (part of the remedy)`.
 */

const knownSounds = new Map([
  ['cs', new Set(['welcome'])],
  ['ru', new Set(['welcome'])],
  ['en', new Set(['welcome'])],
  ['music', new Set(['calm'])],
]);

function problemsOf(text: string, sounds = knownSounds): DocumentProblem[] {
  const read = readDocument(text, 'file');
  if (!read.ok) return read.problems;
  const checkProfile = () => {
    throw new Error('the test knows no changes');
  };
  return lint(read.document.company, { ...read.document, knownSounds: sounds, checkProfile });
}

function companyOf(text: string): Company {
  const read = readDocument(text, 'file');
  return read.ok ? read.document.company : expect.unreachable(read.problems.map(showProblem).join('\n'));
}

function filesIn(folder: string): string[] {
  return readdirSync(`test/data/${folder}`).filter((name) => name.endsWith('.yaml'));
}

describe('good documents', () => {
  it.each(filesIn('good'))('%s is fine, and stays the same when written and read again', (name) => {
    const text = readFileSync(`test/data/good/${name}`, 'utf8');
    expect(problemsOf(text).map(showProblem)).toEqual([]);
    const company = companyOf(text);
    expect(companyOf(formatCompany(company))).toEqual(company);
  });

  it.each(['examples/company.yaml', 'examples/dispatch/company.yaml'])(
    '%s is fine with the sounds that are shipped',
    async (name) => {
      const sounds = new Map(
        [...(await readKnownSounds('sounds'))].map(([language, names]) => [language, new Set(names)]),
      );
      expect(problemsOf(readFileSync(name, 'utf8'), sounds).map(showProblem)).toEqual([]);
    },
  );
});

describe('bad documents', () => {
  it.each(filesIn('bad'))('%s has the problems it names', (name) => {
    const text = readFileSync(`test/data/bad/${name}`, 'utf8');
    const expected = [...text.matchAll(/^# (error|warning) (\d+): (.*)$/gm)];
    expect(expected.length).toBeGreaterThan(0);
    const found = problemsOf(text);
    const left = [...found];
    const notFound = expected.filter(([, severity, line, message = '']) => {
      const index = left.findIndex(
        (problem) =>
          problem.severity === severity && problem.line === Number(line) && showProblem(problem).includes(message),
      );
      if (index !== -1) left.splice(index, 1);
      return index === -1;
    });
    expect({ notFound: notFound.map(String), unexpected: left.map(showProblem) }).toEqual({
      notFound: [],
      unexpected: [],
    });
  });

  it('every problem says what to do, or what was expected', () => {
    for (const name of filesIn('bad')) {
      for (const problem of problemsOf(readFileSync(`test/data/bad/${name}`, 'utf8'))) {
        expect(problem.remedy ?? problem.message, showProblem(problem)).toMatch(/./);
        expect(problem.column).toBeGreaterThan(0);
      }
    }
  });
});
