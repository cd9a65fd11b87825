import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { checkSource } from '../../../../src/company/document-check-queue.js';
import { readKnownSounds } from '../../../../src/company/lint/known-sounds.js';
import { keySettingOf } from '../../../../src/company/store/items.js';
import { writeDocument } from '../../../../src/company/document/document.js';
import {
  bodyIn,
  changesOf,
  itemsOf,
  settingsOf,
  shippedPurposes,
  SOUNDS,
  withoutExample,
  type Item,
  type WholeAnswers,
  type WholeMade,
} from '../../../../src/web/console/setup/company.js';
import { promptWithSound, withKeys } from '../../../../src/web/console/setup/made.js';

const SPOKEN = { greeting_spoken: 555001, closed_spoken: 555002, nobody_spoken: 555003 };
const NAMES = { queue: 'Reception', handset: 'Reception', testHandset: 'Test', music: 'Calm' };
const knownSounds = await readKnownSounds(path.resolve('sounds'));

type Document = Record<string, unknown>;

const weekday = fc.constantFrom<{ from: string; to: string }[]>(
  [],
  [{ from: '08:00', to: '17:00' }],
  [{ from: '00:00', to: '24:00' }],
);
const hours = fc.oneof(
  fc.constant('always' as const),
  fc
    .record({ mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday, sat: weekday, sun: weekday })
    .filter((weekly) => Object.values(weekly).some((spans) => spans.length > 0))
    .chain((weekly) => fc.constantFrom({ weekly }, { weekly, holidays: 'CZ' })),
);
const prompt = fc.constantFrom({ kind: 'shipped' as const }, { kind: 'spoken' as const, text: 'Hello' });
const anyAnswers: fc.Arbitrary<WholeAnswers> = fc.record(
  {
    language: fc.constantFrom('cs', 'ru', 'en'),
    kind: fc.constantFrom('plain', 'shop', 'taxi'),
    number: fc.constantFrom('+420222333999', '+79241234567'),
    hours,
    answered_by: fc.constantFrom('browser', 'phone'),
    shop_url: fc.constantFrom('', 'https://shop.example/launch.php'),
    name: fc.constantFrom('', 'Novák'),
    prompts: fc.record({ greeting: prompt, closed: prompt, nobody: prompt }, { requiredKeys: [] }),
    remove_example: fc.boolean(),
  },
  { requiredKeys: ['language', 'kind', 'number', 'hours', 'answered_by'] },
);

/** What the gateway would store: the document with the items and prompts of the answers. */
function documentOf(base: Document, answers: WholeAnswers, made: WholeMade, items: Item[]): Document {
  const { language, number } = answers;
  const settings = settingsOf(base, { language, number, reject_prompt: made.prompts['rejected'] ?? 0 });
  const document: Document = { ...base, ...settings };
  const spoken = Object.values(SPOKEN).filter((id) => JSON.stringify(items).includes(`${id}`));
  const own = spoken.map((id) => ({
    id,
    name: `spoken ${id}`,
    audio: { [answers.language]: `sha256:${'0'.repeat(64)}` },
  }));
  const shipped = shippedPurposes(answers).map((purpose) => ({
    id: made.prompts[purpose],
    name: purpose,
    sound: SOUNDS[purpose],
  }));
  const present = (base['prompts'] ?? []) as { id: number }[];
  const missing = [...shipped, ...own].filter(({ id }) => !present.some((each) => each.id === id));
  document['prompts'] = [...present, ...missing];
  for (const { section, key, body } of items) put(document, section, key, body);
  return { version: 1, ...document };
}

function put(document: Document, section: Item['section'], key: string, body: unknown): void {
  const setting = keySettingOf(section);
  if (setting === undefined) document[section] = { ...(document[section] as object | undefined), [key]: body };
  else {
    const others = ((document[section] ?? []) as Document[]).filter((each) => String(each[setting]) !== key);
    document[section] = [...others, body];
  }
}

function promptIds(from: number): Record<string, number> {
  return { ...Object.fromEntries(Object.keys(SOUNDS).map((name, index) => [name, from + index])), ...SPOKEN };
}

const promptFacts = { ids: {}, present: [], next: 1 };
const check = (document: Document) => checkSource(JSON.stringify(document), { knownSounds, promptFacts });

/** Prompts of the document that play the sounds already. */
function knownIds(document: Document): Record<string, number> {
  const prompts = (document['prompts'] as { id: number; sound: string }[]).map((each) => ({ ...each, audio: [] }));
  const found = Object.keys(SOUNDS).map((name) => [name, promptWithSound(prompts, name as keyof typeof SOUNDS)]);
  return Object.fromEntries(found.filter(([, id]) => id !== undefined)) as Record<string, number>;
}

/**
 * Prompts of a removed example stay, because their ids cannot be used again. Beside a company with more languages, a spoken prompt lacks them,
 * although the new line has only one.
 */
function isExpected(problem: string, base: Document): boolean {
  if (base['lines'] !== undefined && /^prompts\/5550\d\d: .* has no audio in/.test(problem)) return true;
  const [, id] = /^prompts\/(\d+): no plan and no queue plays/.exec(problem) ?? [];
  return (base['prompts'] as { id: number }[]).some((prompt) => String(prompt.id) === id);
}

/** Problems of the document as the gateway reports them. */
function problemsOf(document: Document): string[] {
  const read = check(document);
  const problems = read.ok ? read.checked.problems : read.problems;
  return problems.map(({ path: at, message }) => `${at}: ${message}`);
}

describe('every combination of answers', () => {
  test('makes a new company that has neither errors nor warnings, and is stored as it is written', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const made = withKeys({ prompts: promptIds(1) }, {}, answers);
        const items = itemsOf(answers, made, NAMES);
        const document = documentOf({}, answers, made, items);
        expect(problemsOf(document)).toEqual([]);
        const read = check(document);
        const written = read.ok ? writeDocument(read.company, 'configuration') : undefined;
        if (written?.ok !== true) throw new Error('the document was not read');
        for (const item of items) expect(bodyIn(written.value as Document, item)).toEqual(item.body);
      }),
      { numRuns: 150 },
    );
  });

  test.each(['examples/company.yaml', 'examples/dispatch/company.yaml'])(
    'fits beside the company of %s, or replaces it',
    (file) => {
      const example = parse(readFileSync(file, 'utf8')) as Document;
      const before = problemsOf(example);
      fc.assert(
        fc.property(anyAnswers, (answers) => {
          const base = answers.remove_example === true ? withoutExample(example).rest : example;
          const made = withKeys({ prompts: { ...promptIds(500), ...knownIds(example) } }, example, answers);
          const items = itemsOf(answers, made, NAMES).filter(({ section }) => section !== 'music');
          const { changes, kept } = changesOf([], items, (at) => bodyIn(base, at));
          expect(kept).toEqual([]);
          const after = problemsOf(documentOf(base, answers, made, changes));
          const isNew = (problem: string) => !before.includes(problem) && !isExpected(problem, base);
          expect(after.filter(isNew)).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('changed answers', () => {
  const answers: WholeAnswers = {
    language: 'en',
    kind: 'shop',
    shop_url: 'https://shop.example/launch.php',
    number: '+420222333999',
    hours: 'always',
    answered_by: 'browser',
  };
  const made = withKeys({ prompts: promptIds(1) }, {}, answers);
  const before = itemsOf(answers, made, NAMES);
  const present = documentOf({}, answers, made, before);

  test('change what the set-up made, and remove what is no longer needed', () => {
    const { changes, kept } = changesOf(before, itemsOf({ ...answers, kind: 'plain' }, made, NAMES), (at) =>
      bodyIn(present, at),
    );
    expect(kept).toEqual([]);
    expect(changes.map(({ section, body }) => [section, body === null])).toEqual([
      ['lines', false],
      ['parts', true],
    ]);
  });

  test('move the line to another number', () => {
    const after = itemsOf({ ...answers, number: '+420222333000' }, made, NAMES);
    const { changes } = changesOf(before, after, (at) => bodyIn(present, at));
    expect(changes.map(({ key, body }) => [key, body === null])).toEqual([
      ['+420222333000', false],
      ['+420222333999', true],
    ]);
  });

  test('leave alone what somebody has changed in another place, and what that may refer to', () => {
    const edited = structuredClone(present);
    (edited['lines'] as Document[])[0]!['max_calls'] = 5;
    const after = itemsOf({ ...answers, kind: 'plain', answered_by: 'phone' }, made, NAMES);
    const { changes, kept } = changesOf(before, after, (at) => bodyIn(edited, at));
    expect(kept.map(({ section }) => section)).toEqual(['lines']);
    expect(changes.map(({ section, key }) => [section, key])).toEqual([['handsets', 'browser']]);
  });

  test('are not published again when nothing changes', () => {
    expect(changesOf(before, before, (at) => bodyIn(present, at))).toEqual({ changes: [], kept: [] });
  });
});
