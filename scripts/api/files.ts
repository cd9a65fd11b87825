import type { OpenApiDocument } from '../../src/http/openapi.js';
import { readApiExamples } from '../../src/app/api-description.js';
import { brunoCollection } from './bruno.js';
import { phpClient } from './php-client.js';
import { schemaTypes } from './typescript-client.js';

/** The collection's folder: everything in it is generated. */
export const BRUNO = 'examples/bruno';
/** What clients depended on in the last release. */
export const SURFACE = 'docs/api-surface.txt';

/** The files that are generated from the document, by their path from the root. */
export async function generatedFiles(document: OpenApiDocument): Promise<Map<string, string>> {
  const requests = [...brunoCollection(document, await readApiExamples())].map(
    ([name, text]) => [`${BRUNO}/${name}`, text] as const,
  );
  return new Map([
    ['examples/clients/php/Client.php', phpClient(document)],
    ['examples/clients/typescript/schema.d.ts', await schemaTypes(document)],
    ...requests,
  ]);
}
