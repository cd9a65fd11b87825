/**
 * Replaces dist/gateway.js, as tsc wrote it, by one file with all modules of the gateway and its dependencies: Node.js takes longer to find,
 * read and link a thousand small files than to run them. The other files in dist are for workers, child processes and the command line.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const source = path.join(root, 'src');
const { optionalDependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/** Makes `import.meta.url` of each module the address of its own file in dist, also inside the bundle. */
const ownAddress = {
  name: 'own address',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const place = path.relative(source, file);
      const code = await readFile(file, 'utf8');
      if (place.startsWith('..') || !code.includes('import.meta.url')) return undefined;
      const address = `new URL('./${place.replaceAll(path.sep, '/').replace(/\.ts$/, '.js')}', import.meta.url).href`;
      return { contents: code.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

await build({
  entryPoints: [path.join(source, 'gateway.ts')],
  outfile: path.join(root, 'dist/gateway.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  sourcemap: true,
  sourcesContent: false,
  plugins: [ownAddress],
  // Packages with binaries; ari-client: it assigns undeclared variables, and an ES module is always strict; pg, which few installations load.
  external: ['ari-client', 'pg', ...Object.keys(optionalDependencies)],
  // For the CommonJS packages in the bundle.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
});
