import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownWords } from '../../src/company/document/words.js';
import { readDocument } from '../../src/company/document/document.js';
import { readKnownSounds } from '../../src/company/lint/known-sounds.js';
import { lint } from '../../src/company/lint/linter.js';
import { checkProfile } from '../../src/integrations/shared/check-profile.js';
import { hasErrors, showProblem } from '../../src/company/problem.js';
import { writableActions } from '../../src/company/plan-schema.js';

const text = readFileSync('docs/configuration.md', 'utf8');
const sections = [
  ...['dial_policy', 'prompts', 'handsets', 'queues', 'operators', 'lines', 'webhooks', 'callbacks', 'lookup'],
  ...['gootax', 'browser_phones', 'bans', 'status_speech', 'orders'],
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
});

describe('the examples of the docs', () => {
  const examples = [
    'README.md',
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ]
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/```yaml\n(version: 1\n[^]*?)```/g)].map(([, yaml = '']) => ({
        page,
        yaml,
      })),
    );

  it('are found', () => {
    expect(examples.filter(({ page }) => page === 'docs/configuration.md').length).toBeGreaterThan(4);
    expect(new Set(examples.map(({ page }) => page)).size).toBeGreaterThan(4);
  });

  it.each(examples)('is a document without errors: $page', async ({ yaml }) => {
    const read = readDocument(yaml, 'example');
    const problems = read.ok
      ? lint(read.document.company, { ...read.document, checkProfile, knownSounds: await readKnownSounds('sounds') })
      : read.problems;
    expect(hasErrors(problems), problems.map(showProblem).join('\n')).toBe(false);
  });
});
