import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownWords } from '../../src/company/document/words.js';
import { readDocument } from '../../src/company/document/document.js';
import { readKnownSounds } from '../../src/company/lint/known-sounds.js';
import { lint } from '../../src/company/lint/linter.js';
import { hasErrors, showProblem } from '../../src/company/problem.js';
import { writableActions } from '../../src/company/plan-schema.js';

const text = readFileSync('docs/configuration.md', 'utf8');
const sections = [
  ...['dial_policy', 'prompts', 'handsets', 'queues', 'operators', 'lines', 'webhooks', 'callbacks', 'lookup'],
  ...['gootax', 'browser_phones', 'status_speech', 'orders'],
];

describe('docs/configuration.md', () => {
  it('has every word of the document', () => {
    const words = [
      ...knownWords([]),
      ...sections.flatMap((section) => knownWords([section, 0]).concat(knownWords([section]))),
      ...writableActions.flatMap((action) => [action, ...knownWords([action])]),
      ...knownWords(['orders', 'lookup']),
      ...knownWords(['orders', 'menus', 'arrived']),
      ...knownWords(['hours', 'exceptions', 0]),
      ...knownWords(['hours', 'weekly', 'mon', 0]),
    ];
    expect(words.length).toBeGreaterThan(60);
    const missing = words.filter((word) => !text.includes(`\`${word}\``) && !text.includes(`### ${word}\n`));
    expect(missing).toEqual([]);
  });

  it('has examples that hold', async () => {
    const knownSounds = await readKnownSounds('sounds');
    const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) {
      const read = readDocument(example, 'example');
      const problems = read.ok ? lint(read.document.company, { ...read.document, knownSounds }) : read.problems;
      expect(hasErrors(problems), problems.map(showProblem).join('\n')).toBe(false);
    }
  });
});
