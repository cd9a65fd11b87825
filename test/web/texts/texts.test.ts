import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { supportedLanguages } from '../../../src/lib/language.js';
import { textsFor, translate } from '../../../src/web/texts/texts.js';

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
    expect(Object.keys(textsFor([language]).kinds)).toEqual(expect.arrayContaining(kinds));
});

test('no text of one language was left in another', () => {
  const same = (a: object, b: object): string[] =>
    Object.entries(a).flatMap(([key, value]) => {
      const other = (b as Record<string, unknown>)[key];
      if (typeof value === 'object') return same(value as object, other as object);
      return value === other ? [String(value)] : [];
    });
  const english = textsFor(['en']);
  const shared = ['API', 'ID', 'Asterisk', 'Monitor'];
  expect(same(english, textsFor(['cs'])).filter((text) => !shared.includes(text))).toEqual([
    'API token',
    'Role',
    's',
    'Port',
  ]);
  expect(same(english, textsFor(['ru'])).filter((text) => !shared.includes(text))).toEqual([]);
});

test('a word that the pages do not know stays as it is', () => {
  expect(translate('constructor', textsFor(['cs']))).toBe('constructor');
  expect(translate('caller', textsFor(['cs']))).toBe('volající');
});
