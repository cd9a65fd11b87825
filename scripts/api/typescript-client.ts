import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { OpenApiDocument } from '../../src/http/openapi.js';

/** The types of every request and response, as openapi-typescript writes them. */
export async function schemaTypes(document: OpenApiDocument): Promise<string> {
  return astToString(await openapiTS(document as unknown as OpenAPI3));
}
