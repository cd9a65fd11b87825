import type { OpenApiDocument } from '../../src/http/openapi.js';
import type { Operation } from '../../src/http/openapi-operation.js';

export interface NamedOperation extends Operation {
  method: string;
  /** With `{id}`. */
  path: string;
}

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: OpenApiDocument): NamedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );
}

export interface Content {
  /** Content type. */
  type: string;
  schema: unknown;
  example: unknown;
}

/** The first content of a request body or response; undefined when it has none. */
export function contentOf(part: unknown): Content | undefined {
  const { content = {} } = (part ?? {}) as { content?: Record<string, { schema?: unknown; example?: unknown }> };
  const first = Object.entries(content).at(0);
  return first && { type: first[0], schema: first[1].schema, example: first[1].example };
}

/** The response to a successful request. */
export function successOf({ responses }: NamedOperation): unknown {
  return Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
}
