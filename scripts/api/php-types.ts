import type { JsonSchema } from '../../src/http/openapi-schemas.js';

/** The type of a JSON Schema in PHPDoc, as PHPStan and PhpStorm read it: `array{id: int, name?: string}`. */
export function phpType(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'mixed';
  const {
    $ref,
    anyOf,
    oneOf,
    const: only,
    enum: values,
    type,
    items,
  } = schema as JsonSchema & {
    $ref?: string;
    anyOf?: unknown[];
    oneOf?: unknown[];
    enum?: unknown[];
    type?: string | string[];
  };
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? 'mixed';
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return union(choices.map(phpType));
  if (only !== undefined) return literal(only);
  if (values !== undefined) return union(values.map(literal));
  if (Array.isArray(type)) return union(type.map((each) => phpType({ ...schema, type: each })));
  if (type === 'array') return `list<${phpType(items)}>`;
  return type === 'object' ? shape(schema as JsonSchema) : (SCALARS[type ?? ''] ?? 'mixed');
}

const SCALARS: Record<string, string> = {
  string: 'string',
  integer: 'int',
  number: 'int|float',
  boolean: 'bool',
  null: 'null',
};

function shape({ properties = {}, required = [], additionalProperties }: JsonSchema): string {
  const fields = Object.entries(properties as Record<string, unknown>).map(
    ([name, each]) => `${keyOf(name)}${(required as string[]).includes(name) ? '' : '?'}: ${phpType(each)}`,
  );
  if (fields.length === 0)
    return typeof additionalProperties === 'object'
      ? `array<string, ${phpType(additionalProperties)}>`
      : 'array<string, mixed>';
  return `array{${[...fields, ...(additionalProperties === false ? [] : ['...'])].join(', ')}}`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
}

function union(types: readonly string[]): string {
  return types.includes('mixed') ? 'mixed' : [...new Set(types)].join('|');
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value);
}
