import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Every relative link of the Markdown pages leads to a file, and its anchor to a heading of that page. */

const root = path.resolve(import.meta.dirname, '../..');
const folders = ['.', 'docs', 'examples', 'asterisk-config', 'test/bench'];

const pages = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => path.join(root, folder, name)),
);

function withoutCodeBlocks(text: string): string {
  return text.replace(/^ *```[^]*?^ *```/gm, '');
}

function linksOf(text: string): string[] {
  const prose = withoutCodeBlocks(text).replace(/`[^`\n]*`/g, '`');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCodeBlocks(text).matchAll(/^#+ (.*)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    anchors.add(anchor);
  }
  return anchors;
}

function brokenLinks(page: string): string[] {
  return linksOf(readFileSync(page, 'utf8')).filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.resolve(path.dirname(page), file);
    if (!existsSync(target)) return true;
    if (anchor === undefined || anchor === '' || statSync(target).isDirectory()) return false;
    return !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
  });
}

it.each(pages.map((page) => path.relative(root, page)))('%s has no broken link', (page) => {
  expect(brokenLinks(path.join(root, page))).toEqual([]);
});

/** Pages for people who read the code. */
const guides = ['CONTRIBUTING.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

it.each(guides)('%s names files that exist', (guide) => {
  const text = withoutCodeBlocks(readFileSync(path.join(root, guide), 'utf8'));
  const named = [...text.matchAll(/`((?:src|test|scripts|docs|examples|asterisk-config)\/[\w./-]*)`/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
});
