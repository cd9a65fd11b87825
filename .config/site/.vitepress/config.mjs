import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { collect, placeOf, sources } from '../collect.mjs';
import { groups, translated } from '../navigation.mjs';
import { texts } from './texts.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

const isPage = (name) => /^[a-z-]+$/.test(name);
const fileOf = (name, folder = 'docs') => (isPage(name) ? `${folder}/${name}.md` : name);
const there = (file) => existsSync(path.join(root, file));

const named = new Set(groups.flatMap(({ pages }) => pages));
const others = readdirSync(path.join(root, 'docs'))
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.slice(0, -'.md'.length))
  .filter((name) => !named.has(name));

collect(
  groups
    .flatMap(({ pages }) => pages)
    .filter((name) => !isPage(name))
    .filter(there),
);

/** An entry of the navigation, with the heading of the page as its text. */
function entry(file) {
  const heading = file.endsWith('.md') ? /^# (.*)$/m.exec(readFileSync(path.join(root, file), 'utf8'))?.[1] : file;
  return { text: heading ?? file, link: `/${placeOf(file).replace(/\.md$/, '')}` };
}

const english = groups.map(({ text, pages }, index) => ({
  text,
  collapsed: false,
  items: [...pages, ...(index === groups.length - 1 ? others : [])]
    .map((name) => fileOf(name))
    .filter(there)
    .map(entry),
}));

const inLanguage = ({ text, english: rest, pages }, language) => [
  {
    text,
    items: pages
      .map((name) => fileOf(name, `docs/${language}`))
      .filter(there)
      .map(entry),
  },
  { text: rest, collapsed: false, items: english.map((group) => ({ ...group, collapsed: true })) },
];

/** The anchors that code hosts make of headings, so that one link is right in both places. */
const slugify = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const language = (code) => ({ ...texts[code].site, themeConfig: texts[code].theme });

export default {
  title: 'Cordboard',
  srcDir: sources,
  outDir: path.join(root, 'artifacts/site'),
  cacheDir: path.join(root, 'artifacts/site-cache'),
  base: process.env.SITE_BASE || '/',
  // Pages are served by any web server, and opened as `page.html`.
  cleanUrls: false,
  metaChunk: true,
  // No icon: browsers would ask the host of the site for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { anchor: { slugify }, html: false },
  vite: { logLevel: 'warn', publicDir: false, build: { chunkSizeWarningLimit: 5000 } },
  themeConfig: {
    // Most pages are in English alone: a change of the language leads to its first page.
    i18nRouting: false,
    outline: [2, 3],
    sidebar: {
      '/': english,
      '/cs/': inLanguage(translated.cs, 'cs'),
      '/ru/': inLanguage(translated.ru, 'ru'),
    },
    search: {
      provider: 'local',
      options: { locales: { cs: { translations: texts.cs.search }, ru: { translations: texts.ru.search } } },
    },
  },
  locales: { root: language('en'), cs: language('cs'), ru: language('ru') },
};
