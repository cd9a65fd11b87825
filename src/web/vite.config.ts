import path from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** Builds scripts and style sheets with hashed names; dist/assets/manifest.json maps sources to names. */
export default defineConfig({
  root: here,
  publicDir: false,
  base: '/assets/',
  cacheDir: path.join(here, '../../node_modules/.vite-page'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.join(here, '../../dist/assets'),
    emptyOutDir: true,
    assetsDir: '.',
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: {
      output: {
        // Every page needs them, and one file is smaller than several.
        codeSplitting: { groups: [{ name: 'preact', test: /node_modules\/@?preact/ }] },
      },
      input: ['console/main.tsx', 'assets/style.css', 'assets/batch.ts'].map((source) => path.join(here, source)),
      // The linter's rule about cycles does not follow imports of `.tsx` files.
      checks: { circularDependency: true },
      onLog(level, log, report) {
        if (log.code === 'CIRCULAR_DEPENDENCY' && !log.message.includes('node_modules')) throw new Error(log.message);
        report(level, log);
      },
    },
  },
});
