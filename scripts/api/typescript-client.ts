import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { OpenApiDocument } from '../../src/http/openapi.js';

/** The types of every request and response, as openapi-typescript writes them. */
export async function schemaTypes(document: OpenApiDocument): Promise<string> {
  return astToString(await openapiTS(withoutExamples(document) as unknown as OpenAPI3));
}

/** Examples would be a third of the types; they stay in the document. */
function withoutExamples(document: OpenApiDocument): OpenApiDocument {
  const isExample = (holder: object, key: string) =>
    key === 'example' && ('schema' in holder || Object.keys(holder).length === 1);
  return JSON.parse(
    JSON.stringify(document, function (this: object, key: string, value: unknown) {
      return isExample(this, key) ? undefined : value;
    }),
  ) as OpenApiDocument;
}
