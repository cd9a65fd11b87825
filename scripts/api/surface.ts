import type { OpenApiDocument } from '../../src/http/openapi.js';
import { contentOf, operationsOf, type NamedOperation } from './operations.js';
import { phpType } from './php-types.js';

/**
 * What clients depend on, a line for each operation and schema: names, places and types of all fields. docs/api-surface.txt has the lines of
 * the last release.
 */
export function surfaceOf(document: OpenApiDocument): Map<string, string> {
  const { schemas } = document.components;
  return new Map([
    ...operationsOf(document).map((each) => [nameOf(each), shapeOf(each)] as const),
    ...Object.entries(schemas).map(([name, schema]) => [name, phpType(schema)] as const),
    ...Object.entries(document.webhooks).map(([name, { post }]) => {
      const { requestBody } = post as { requestBody: unknown };
      return [`webhook ${name}`, phpType(contentOf(requestBody)?.schema)] as const;
    }),
  ]);
}

export function writeSurface(surface: ReadonlyMap<string, string>): string {
  return [...surface]
    .map(([name, shape]) => `${name}\t${shape}\n`)
    .sort()
    .join('');
}

export function readSurface(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => line.split('\t', 2) as [string, string]));
}

/** What is new, gone or different between two surfaces, by name. */
export function changesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }));
}

/** `GET /api/v1/calls/{id}`. */
function nameOf({ method, path }: NamedOperation): string {
  return `${method.toUpperCase()} ${path}`;
}

function shapeOf({ parameters, requestBody, responses, 'x-scope': scope }: NamedOperation): string {
  const given = parameters.map(
    ({ name, in: place, required, schema }) => `${place} ${name}${required ? '' : '?'}: ${phpType(schema)}`,
  );
  const answers = Object.entries(responses).flatMap(([status, response]) => {
    const content = contentOf(response);
    return isUsual(response) ? [] : [`${status} ${content ? `${content.type} ${phpType(content.schema)}` : 'empty'}`];
  });
  const body = contentOf(requestBody);
  const takes = body ? [`body ${body.type} ${phpType(body.schema)}`] : [];
  return [`scope ${scope}`, ...given, ...takes, ...answers].join('; ');
}

/** An error that any operation can answer with. */
function isUsual(response: unknown): boolean {
  return typeof response === 'object' && response !== null && '$ref' in response;
}
