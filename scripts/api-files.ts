/**
 * Writes the files that are generated from the OpenAPI document: clients and the Bruno collection in examples/. A test fails when they are
 * stale. With `--release` also docs/api-surface.txt. Usage: npm run api-files
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { apiDocument } from './api/document.js';
import { BRUNO, generatedFiles, SURFACE } from './api/files.js';
import { surfaceOf, writeSurface } from './api/surface.js';

const root = path.join(import.meta.dirname, '..');
const document = await apiDocument();
const files = await generatedFiles(document);
if (process.argv.includes('--release')) files.set(SURFACE, writeSurface(surfaceOf(document)));
await rm(path.join(root, BRUNO), { recursive: true, force: true });
for (const [name, content] of files) {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
