import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

/** A page that is opened directly has the style sheets of all its parts: other pages may not have loaded them before. */

const root = path.resolve(import.meta.dirname, '../../../src/web');
const styles = path.join(root, 'console/styles');
/** Loaded with every page of the console. */
const SHARED = ['../../assets/style.css', 'console.css', 'now.css'].map((file) => path.join(styles, file));

const classesOf = new Map<string, Set<string>>();
for (const file of [...SHARED, ...(await readdir(styles)).map((name) => path.join(styles, name))]) {
  const css = await readFile(file, 'utf8');
  classesOf.set(file, new Set([...css.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name ?? '')));
}

const app = await readFile(path.join(root, 'console/app.tsx'), 'utf8');
const pages = [...app.matchAll(/import\('\.\/([^']+)\.js'\)/g)].map(([, page]) => page ?? '');

/** A source and everything that it imports, except what it may load later. */
async function reached(file: string, found = new Map<string, string>()): Promise<Map<string, string>> {
  if (found.has(file)) return found;
  const source = await readFile(file, 'utf8');
  found.set(file, source);
  if (file.endsWith('.css')) return found;
  for (const [, imported = ''] of source.matchAll(/^(?:import|export) (?:[^;]*? from )?'(\.[^']+)'/gm)) {
    const target = path.resolve(path.dirname(file), imported);
    const candidates = [target, target.replace(/\.js$/, '.tsx'), target.replace(/\.js$/, '.ts')];
    const existing = candidates.find((each) => existsSync(each));
    if (existing !== undefined) await reached(existing, found);
  }
  return found;
}

test.each([...new Set(pages)])('%s', async (page) => {
  const source = path.join(root, 'console', `${page}.ts`);
  const sources = await reached(existsSync(source) ? source : `${source}x`);
  const loaded = [...SHARED, ...sources.keys()].flatMap((file) => [...(classesOf.get(file) ?? [])]);
  const used = [...sources.values()].flatMap((source) =>
    [...source.matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')),
  );
  const isStyled = (name: string) => [...classesOf.values()].some((classes) => classes.has(name));
  expect([...new Set(used)].filter((name) => isStyled(name) && !loaded.includes(name))).toEqual([]);
});
