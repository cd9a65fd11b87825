import type { OpenApiDocument } from '../../src/http/openapi.js';
import type { Parameter } from '../../src/http/openapi-operation.js';
import { contentOf, operationsOf, successOf, type NamedOperation } from './operations.js';
import { phpType } from './php-types.js';

/** `Client.php`: a method for each operation, with the types of requests and responses in PHPDoc. */
export function phpClient(document: OpenApiDocument): string {
  const types = Object.entries(document.components.schemas).map(
    ([name, schema]) => ` * @phpstan-type ${name} ${phpType(schema)}`,
  );
  return `<?php
// Generated from the OpenAPI document by \`npm run api-files\`: do not edit.
declare(strict_types=1);

namespace Cordboard;

require_once __DIR__ . '/Http.php';

/**
 * The API of a Cordboard gateway: a method for each operation. A refused request throws ApiError.
 *
${types.join('\n')}
 */
final class Client extends Http
{
${operationsOf(document).map(method).join('\n\n')}
}
`;
}

interface Argument {
  /** As PHP declares it, such as `string $id`. */
  declared: string;
  documented: string;
}

function method(operation: NamedOperation): string {
  const takes = argumentsOf(operation);
  const { php, documented } = returned(operation);
  const lines = [
    text(operation.summary),
    '',
    ...takes.map((each) => `@param ${each.documented}`),
    `@return ${documented}`,
  ];
  return `    /**
${lines.map((line) => `     * ${line}`.trimEnd()).join('\n')}
     */
    public function ${operation.operationId}(${takes.map(({ declared }) => declared).join(', ')}): ${php}
    {
        ${php === 'void' ? '' : 'return '}$this->${php === 'array' ? 'json' : php === 'string' ? 'text' : 'done'}(${sent(operation)});
    }`;
}

function argumentsOf(operation: NamedOperation): Argument[] {
  const { parameters } = operation;
  const inPath = parameters.filter((each) => each.in === 'path');
  return [
    ...inPath.map(({ name, schema }) => ({
      declared: `${isWhole(schema) ? 'int' : 'string'} $${name}`,
      documented: `${isWhole(schema) ? 'int' : 'string'} $${name}`,
    })),
    ...bodyOf(operation),
    ...listOf(parameters, 'query'),
    ...listOf(parameters, 'header'),
  ];
}

function bodyOf({ requestBody }: NamedOperation): Argument[] {
  const content = contentOf(requestBody);
  if (content === undefined) return [];
  const type = phpType(content.schema);
  if (content.type === 'application/json' && content.schema !== undefined)
    return [{ declared: type.startsWith('array') ? 'array $body' : 'mixed $body', documented: `${type} $body` }];
  return [
    { declared: 'string $content', documented: 'string $content the body, such as the bytes of a file' },
    { declared: 'string $type', documented: `string $type its content type, such as ${content.type}` },
  ];
}

function listOf(parameters: readonly Parameter[], place: 'query' | 'header'): Argument[] {
  const fields = parameters.filter((each) => each.in === place);
  if (fields.length === 0) return [];
  const shape = fields.map(({ name, required, schema }) => {
    const key = /^\w+$/.test(name) ? name : `'${name}'`;
    return `${key}${required ? '' : '?'}: ${phpType(schema)}`;
  });
  const name = place === 'query' ? '$query' : '$headers';
  const needed = fields.some(({ required }) => required);
  return [{ declared: `array ${name}${needed ? '' : ' = []'}`, documented: `array{${shape.join(', ')}} ${name}` }];
}

function returned(operation: NamedOperation): { php: 'array' | 'string' | 'void'; documented: string } {
  const content = contentOf(successOf(operation));
  if (content === undefined) return { php: 'void', documented: 'void' };
  if (!content.type.startsWith('application/json')) return { php: 'string', documented: `string ${content.type}` };
  return { php: 'array', documented: content.schema === undefined ? 'array<string, mixed>' : phpType(content.schema) };
}

function sent(operation: NamedOperation): string {
  const { method: name, path, parameters } = operation;
  const content = contentOf(operation.requestBody);
  const address = path.replace(/\{(\w+)\}/g, (_, parameter: string) => `' . self::part($${parameter}) . '`);
  const given = [
    content === undefined
      ? []
      : content.type === 'application/json' && content.schema !== undefined
        ? ['body: $body']
        : ['content: $content', 'type: $type'],
    parameters.some((each) => each.in === 'query') ? ['query: $query'] : [],
    parameters.some((each) => each.in === 'header') ? ['headers: $headers'] : [],
  ].flat();
  return [`'${name.toUpperCase()}'`, `'${address}'`.replace(/ \. ''$/, ''), ...given].join(', ');
}

function isWhole({ type }: Parameter['schema']): boolean {
  return type === 'integer';
}

/** Text of a comment. */
function text(summary: string): string {
  return summary.replaceAll('*/', '* /');
}
