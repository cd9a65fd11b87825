/**
 * Writes the types of the HTTP API for the console: src/web/console/api/schema.d.ts, generated from the OpenAPI document that the
 * gateway serves. Usage: npx tsx scripts/api-types.ts
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { apiDocument } from './api/document.js';
import { schemaTypes } from './api/typescript-client.js';

const TARGET = path.join(import.meta.dirname, '../src/web/console/api/schema.d.ts');

const types = await schemaTypes(await apiDocument());
const before = await readFile(TARGET, 'utf8').catch(() => '');
await mkdir(path.dirname(TARGET), { recursive: true });
if (types !== before) await writeFile(TARGET, types);
