import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;

/** What the frame around the pages and Now need, and the way back that most pages have. What few pages need stays out, because everybody would load it. */
const SHELL = new Set([
  ...modules('.', 'icons', 'instant-format', 'plain-format'),
  ...modules('../lib', 'language'),
  ...modules('console', 'api/client', 'config/may-configure', 'format', 'session', 'texts'),
  ...modules('console/shell', 'page-header', 'page-keys', 'place', 'texts', 'title'),
  ...modules('console/ui', 'badge', 'clock', 'deferred', 'dialog', 'empty-state', 'icon', 'latest', 'memo', 'menu'),
  ...modules('console/ui', 'leave', 'polled', 'refresh', 'skeleton', 'switch', 'toasts', 'undo', 'way-back'),
]);

/** What Now shares with the wallboard and the phone. */
const LIVE = new Set([
  ...modules('../monitor', 'merge-patch'),
  ...modules('console/now', 'connection', 'handset-control', 'key-repeats', 'live', 'names', 'orders', 'own-handset'),
  ...modules('console/now', 'pop-memory', 'sections', 'since', 'texts'),
]);

/** Modules that pages need together. One file is smaller than several, because each file is compressed by itself. */
const commonFiles = [
  { name: 'preact', test: /node_modules\/@?preact/ },
  {
    name: 'shell',
    test: (file: string) => SHELL.has(file) || file.includes('vite/preload-helper'),
    includeDependenciesRecursively: false,
  },
  { name: 'live', test: (file: string) => LIVE.has(file), includeDependenciesRecursively: false },
];

/** The files of modules in a folder. @throws if there is no such module */
function modules(folder: string, ...names: string[]): string[] {
  return names.map((name) => {
    const files = ['.ts', '.tsx'].map((extension) => path.join(here, folder, name + extension));
    const found = files.find((file) => existsSync(file));
    if (found === undefined) throw new Error(`${folder} has no module ${name}`);
    return found;
  });
}

/** Beside each file the same in Brotli and gzip, which the gateway sends as they are. */
const compressed: Plugin = {
  name: 'compressed',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
    await Promise.all(
      names.map(async (name) => {
        const file = path.join(dir, name);
        const content = await readFile(file);
        await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
        await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
      }),
    );
  },
};

/** Builds scripts and style sheets with hashed names; dist/assets/manifest.json maps sources to names. */
export default defineConfig({
  root: here,
  publicDir: false,
  base: '/assets/',
  cacheDir: path.join(here, '../../node_modules/.vite-page'),
  logLevel: 'warn',
  plugins: [compressed],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.join(here, '../../dist/assets'),
    emptyOutDir: true,
    assetsDir: '.',
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: {
      output: { codeSplitting: { groups: commonFiles } },
      input: ['console/main.tsx', 'console/embed/main.ts', 'assets/style.css', 'assets/phone-loader.ts'].map((source) =>
        path.join(here, source),
      ),
      // The linter's rule about cycles does not follow imports of `.tsx` files.
      checks: { circularDependency: true },
      onLog(level, log, report) {
        if (log.code === 'CIRCULAR_DEPENDENCY' && !log.message.includes('node_modules')) throw new Error(log.message);
        report(level, log);
      },
    },
  },
});
