import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Cause } from '../../../src/asterisk/port.js';
import { actionKinds, type ActionName } from '../../../src/company/plan-schema.js';
import { supportedLanguages } from '../../../src/lib/language.js';
import { translateWord } from '../../../src/web/console/calls/words.js';
import { textsFor, textsOfTimeline } from '../../../src/web/texts/texts.js';

const root = path.resolve(import.meta.dirname, '../../..');

/** Every kind of timeline entry that the code writes, as it stands in the sources. */
async function kindsWritten(): Promise<string[]> {
  const kinds = new Set<string>();
  for (const room of ['src/call-plan', 'src/calls', 'src/kernel', 'src/telephony']) {
    const files = (await readdir(path.join(root, room), { recursive: true })).filter((file) => file.endsWith('.ts'));
    for (const file of files) {
      const source = await readFile(path.join(root, room, file), 'utf8');
      for (const [, noted, logged] of source.matchAll(/\.appendLog\(\s*'(\w+)'|\bat[^{}\n]*, kind: '(\w+)'/g))
        kinds.add(noted ?? logged ?? '');
    }
  }
  return [...kinds];
}

test('every kind of timeline entry has a word in every language', async () => {
  const kinds = await kindsWritten();
  expect(kinds).toEqual(expect.arrayContaining(['arrived', 'shop_request', 'fault', 'not_durable']));
  for (const language of supportedLanguages)
    expect(Object.keys(textsOfTimeline([language]).kinds)).toEqual(expect.arrayContaining(kinds));
});

/** A new cause must be added here: the record does not compile without it. */
const causes = Object.keys({
  normal: true,
  busy: true,
  no_answer: true,
  rejected: true,
  unreachable: true,
  no_such_number: true,
  provider_refused: true,
  unregistered: true,
  failed: true,
} satisfies Record<Cause, true>);

/** The names of the timers that call plans handle, as they stand in the sources. */
async function timersHandled(): Promise<string[]> {
  const folder = path.join(root, 'src/call-plan');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/event\.name === '(\w+)'/g)].map(([, name]) => name ?? ''),
  );
  return [...new Set(names)].filter((name) => name !== 'leash');
}

test('every action, cause and timer of the timeline has a word in every language', async () => {
  const timers = await timersHandled();
  expect(timers).toEqual(expect.arrayContaining(['input', 'request', 'filler', 'play', 'queue', 'lookup']));
  const actions: ActionName[] = Object.keys(actionKinds) as ActionName[];
  const wanted = [...actions, ...causes, ...timers.map((name) => `timer_${name}`)];
  for (const language of supportedLanguages) {
    const { words } = textsOfTimeline([language]);
    expect(wanted.filter((word) => !Object.hasOwn(words, word))).toEqual([]);
  }
});

test('no text of one language was left in another', () => {
  const same = (a: object, b: object): string[] =>
    Object.entries(a).flatMap(([key, value]) => {
      const other = (b as Record<string, unknown>)[key];
      if (typeof value === 'object') return same(value as object, other as object);
      return value === other ? [String(value)] : [];
    });
  const english = { ...textsFor(['en']), timeline: textsOfTimeline(['en']) };
  const shared = ['API', 'ID', 'Asterisk'];
  expect(
    same(english, { ...textsFor(['cs']), timeline: textsOfTimeline(['cs']) }).filter((text) => !shared.includes(text)),
  ).toEqual(['API token']);
  expect(
    same(english, { ...textsFor(['ru']), timeline: textsOfTimeline(['ru']) }).filter((text) => !shared.includes(text)),
  ).toEqual([]);
});

test('a word that the pages do not know stays as it is', () => {
  expect(translateWord('constructor', textsOfTimeline(['cs']))).toBe('constructor');
  expect(translateWord('caller', textsOfTimeline(['cs']))).toBe('volající');
});
