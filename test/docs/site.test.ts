import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';

/** `npm run docs` builds a site whose links lead somewhere, whose search finds, and which loads nothing from elsewhere. */

const root = path.resolve(import.meta.dirname, '../..');
const site = path.join(root, 'artifacts/site');

interface Page {
  name: string;
  html: string;
}

let pages: Page[];

beforeAll(async () => {
  await promisify(execFile)(path.join(root, 'scripts/docs'), { cwd: root });
  pages = readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && name !== '404.html')
    .map((name) => ({ name, html: readFileSync(path.join(site, name), 'utf8') }));
}, 300_000);

const idsOf = (html: string) => new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id));

function brokenLinks({ name, html }: Page, ids: Map<string, Set<string>>): string[] {
  const links = [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const { pathname, hash } = new URL(link, `http://site/${name}`);
    const target = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const found = ids.get(decodeURIComponent(target.slice(1)));
    if (found === undefined) return !existsSync(path.join(site, decodeURIComponent(target)));
    return hash.length > 1 && !found.has(decodeURIComponent(hash.slice(1)));
  });
}

it('has a page for each page of docs/', () => {
  const names = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html'));
  expect(names.filter((name) => !pages.some((page) => page.name === name))).toEqual([]);
});

it('has no link to a page or heading that is not there', () => {
  const ids = new Map(pages.map(({ name, html }) => [name, idsOf(html)]));
  const broken = pages.flatMap((page) => brokenLinks(page, ids).map((link) => `${page.name}: ${link}`));
  expect([...new Set(broken)]).toEqual([]);
});

it('loads nothing from other servers', () => {
  const loaded = pages.flatMap(({ html }) =>
    html.match(/<(?:script|link|img|iframe)\s[^>]*(?:src|href)="https?:[^>]*>/g),
  );
  expect(loaded.filter((each) => each !== null)).toEqual([]);
});

interface Search {
  search(words: string): { id: string }[];
}

async function search(language: string, words: string): Promise<string[]> {
  const chunks = path.join(site, 'assets/chunks');
  const name = readdirSync(chunks).find((each) => each.startsWith(`@localSearchIndex${language}.`));
  const { default: index } = (await import(pathToFileURL(path.join(chunks, name ?? '')).href)) as { default: string };
  const ofSite = createRequire(path.join(root, '.config/site/package.json'));
  const { default: MiniSearch } = (await import(pathToFileURL(ofSite.resolve('minisearch')).href)) as {
    default: { loadJSON(json: string, options: { fields: string[]; storeFields: string[] }): Search };
  };
  const fields = { fields: ['title', 'titles', 'text'], storeFields: ['title', 'titles'] };
  return MiniSearch.loadJSON(index, fields)
    .search(words)
    .map(({ id }) => id.replace(/#.*/, ''));
}

it.each([
  ['root', 'hand-over received_digits', '/hand-over.html'],
  ['root', 'restore backup', '/backup.html'],
  ['cs', 'předat řízení', '/cs/replace-telfa.html'],
  ['ru', 'заменить Runtel', '/ru/replace-runtel.html'],
])('its search finds: %s %s', async (language, words, page) => {
  expect((await search(language, words)).slice(0, 5)).toContain(page);
});
