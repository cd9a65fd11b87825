// Makes the sources of the site from docs/: the pages as they are, and a page for each other file of the project that they link to,
// so that links work on the site as they do in the repository.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
export const sources = path.join(root, 'artifacts/site-sources');

const LANGUAGES = {
  '.ts': 'ts',
  '.mjs': 'js',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.php': 'php',
  '.example': 'ini',
  '.conf': 'ini',
};

/** Where a file of the project is on the site: a path of a source page. */
export function placeOf(file) {
  if (file.startsWith('docs/')) return file.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md');
  // Hidden files are no pages.
  const name = file.replace(/(^|\/)\./, '$1');
  return name.endsWith('.md') ? `files/${name}` : `files/${name}.md`;
}

/** A link to a folder leads to its README, or to a list of its files. */
const fileOf = (target) => (existsSync(path.join(root, target, 'README.md')) ? path.join(target, 'README.md') : target);

/** Rewrites the links of a page, and returns the files of the project outside docs/ that it links to. */
function withLinks(text, file) {
  const linked = [];
  const parts = text.split(/(^ *```[^]*?^ *```$|`[^`\n]*`)/m);
  const rewritten = parts.map((part, index) =>
    index % 2 === 1
      ? part
      : part.replace(/\]\(([^)\s#]+)(#[^)\s]*)?\)/g, (whole, link, anchor = '') => {
          if (/^[a-z]+:/.test(link)) return whole;
          const target = path.normalize(path.join(path.dirname(file), link)).replace(/\/$/, '');
          if (!existsSync(path.join(root, target))) return whole;
          const to = fileOf(target);
          if (to.startsWith('docs/') && !to.endsWith('.md')) return whole;
          if (!to.startsWith('docs/')) linked.push(to);
          return `](${path.posix.relative(path.dirname(placeOf(file)), placeOf(to))}${anchor})`;
        }),
  );
  return { text: rewritten.join(''), linked };
}

/** The page of a file that is no page itself. */
function pageOf(file) {
  const full = path.join(root, file);
  if (statSync(full).isDirectory()) {
    const names = readdirSync(full).map((name) => `- \`${name}\``);
    return `# ${file}\n\n${names.join('\n')}\n`;
  }
  const text = readFileSync(full, 'utf8');
  return `# ${file}\n\n\`\`\`\`${LANGUAGES[path.extname(file)] ?? 'text'}\n${text.trimEnd()}\n\`\`\`\`\n`;
}

function write(file, text) {
  const place = path.join(sources, placeOf(file));
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** @param more files of the project that the navigation names */
export function collect(more) {
  rmSync(sources, { recursive: true, force: true });
  cpSync(path.join(root, 'docs'), sources, { recursive: true, filter: (name) => !name.endsWith('.md') });
  const waiting = [
    ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
    ...more,
  ];
  const done = new Set();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const markdown = file.endsWith('.md');
    const page = markdown
      ? withLinks(readFileSync(path.join(root, file), 'utf8'), file)
      : { text: pageOf(file), linked: [] };
    write(file, page.text);
    waiting.push(...page.linked);
  }
}
