import path from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** The monitor's page: one script and one style sheet with hashed names, listed in dist/assets/manifest.json. */
export default defineConfig({
  root: here,
  publicDir: false,
  cacheDir: path.join(here, '../../../node_modules/.vite-page'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.join(here, '../../../dist/assets'),
    emptyOutDir: true,
    assetsDir: '.',
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: { input: path.join(here, 'main.tsx') },
  },
});
