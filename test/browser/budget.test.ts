import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { supportedLanguages } from '../../src/lib/language.js';

/** What a browser loads for a page of the console, compressed. */

const SHELL_AND_NOW_BYTES = 40 * 1024;
/** Of a page with everything that it needs beside the shell and Now. */
const OTHER_PAGE_BYTES = 20 * 1024;
/** Pages that may be larger; docs/decisions.md says why. */
const LARGER_PAGES: Record<string, number> = {
  'console/settings/section.tsx': 25 * 1024,
  'console/settings/page.tsx': 23 * 1024,
  'console/plans/editor.tsx': 21 * 1024,
};

/** The scripts of the map of call plans, of which the layout engine is 17 KB. */
const MAP_BYTES = 20 * 1024;

/** `phone.js`, which runs in pages of other servers. */
const PHONE_SCRIPT_BYTES = 3 * 1024;
/** The frame of an embedded phone, without the SIP client, which is loaded when it is switched on. */
const PHONE_FRAME_BYTES = 56 * 1024;

type Manifest = Record<string, { file: string; imports?: string[]; dynamicImports?: string[]; css?: string[] }>;
const folder = path.resolve(import.meta.dirname, '../../dist/assets');
const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;

/** The files that a source needs to run, in one language, without pages that it may load later. */
function filesOf(source: string, language: string, files = new Set<string>()): Set<string> {
  const entry = manifest[source];
  if (entry === undefined) throw new Error(`${source} has not been built`);
  if (files.has(entry.file)) return files;
  for (const file of [entry.file, ...(entry.css ?? [])]) files.add(file);
  const texts = (entry.dynamicImports ?? []).filter((each) => each.startsWith(`texts/${language}/`));
  for (const needed of [...(entry.imports ?? []), ...texts]) filesOf(needed, language, files);
  return files;
}

/** As the gateway sends them to browsers. */
async function compressedBytes(files: Iterable<string>): Promise<number> {
  const sizes = [...files].map(async (file) => (await stat(path.join(folder, `${file}.br`))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const NOW = 'console/now/page.tsx';
const shellOf = (language: string) => filesOf('assets/style.css', language, filesOf('console/main.tsx', language));
const otherPages = (manifest['console/main.tsx']?.dynamicImports ?? []).filter((page) => page !== NOW);

test.each(supportedLanguages)('shell and Now, in %s', async (language) => {
  expect(await compressedBytes(filesOf(NOW, language, shellOf(language)))).toBeLessThanOrEqual(SHELL_AND_NOW_BYTES);
});

test.each(otherPages.flatMap((page) => supportedLanguages.map((language) => [page, language] as const)))(
  '%s, beside the shell and Now, in %s',
  async (page, language) => {
    const known = filesOf(NOW, language, shellOf(language));
    const needed = [...filesOf(page, language)].filter((file) => !known.has(file));
    expect(await compressedBytes(needed)).toBeLessThanOrEqual(LARGER_PAGES[page] ?? OTHER_PAGE_BYTES);
  },
);

test.each(supportedLanguages)('the map of call plans, which is loaded when it is shown, in %s', async (language) => {
  const page = filesOf('console/plans/editor.tsx', language, shellOf(language));
  const own = [...filesOf('console/plans/map/plan-map.tsx', language)].filter((file) => !page.has(file));
  expect(await compressedBytes(own.filter((file) => file.endsWith('.js')))).toBeLessThanOrEqual(MAP_BYTES);
});

test('the script for pages of other servers is one small file', async () => {
  const files = filesOf('assets/phone-loader.ts', 'en');
  expect(files.size).toBe(1);
  expect(await compressedBytes(files)).toBeLessThanOrEqual(PHONE_SCRIPT_BYTES);
});

test.each(supportedLanguages)('the frame of an embedded phone, in %s', async (language) => {
  const frame = filesOf('console/embed/main.ts', language, filesOf('assets/style.css', language));
  const needed = filesOf('console/embed/frame.tsx', language, frame);
  expect(await compressedBytes(needed)).toBeLessThanOrEqual(PHONE_FRAME_BYTES);
});
