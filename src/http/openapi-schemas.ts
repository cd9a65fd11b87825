import { z } from 'zod';

/** A JSON Schema (2020-12), as OpenAPI 3.1 uses it. */
export type JsonSchema = Record<string, unknown>;

const IN_COMPONENTS = '#/components/schemas/';

/**
 * The schemas of one description. Those with an id (`.meta({ id: 'Prompt' })`) become components with that name; what a client sends has
 * `Input` in its name where it differs from what it receives.
 */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};

  read(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const made = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))) as JsonSchema;
    const { $schema: _dialect, $defs: definitions = {}, ...root } = made;
    const names = new Map(
      Object.entries(definitions as Record<string, JsonSchema>).map(([id, each]) => [id, this.#nameOf(id, each, io)]),
    );
    for (const [id, { id: _id, ...each }] of Object.entries(definitions as Record<string, JsonSchema>))
      this.components[names.get(id) ?? id] = withReferences(each, names) as JsonSchema;
    if (typeof root['id'] !== 'string') return withReferences(root, names) as JsonSchema;
    const { id, ...rest } = root as JsonSchema & { id: string };
    const name = this.#nameOf(id, rest, io);
    this.components[name] = withReferences(rest, names) as JsonSchema;
    return { $ref: IN_COMPONENTS + name };
  }

  #nameOf(id: string, schema: JsonSchema, io: 'input' | 'output'): string {
    const known = this.components[id];
    if (io === 'output' || known === undefined) return id;
    const { id: _id, ...rest } = schema;
    return JSON.stringify(rest) === JSON.stringify(known) ? id : `${id}Input`;
  }
}

/** References to definitions of one schema become references to components. */
function withReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withReferences(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string'
        ? each.replace(/^#\/\$defs\/(.+)$/, (_, id: string) => IN_COMPONENTS + (names.get(id) ?? id))
        : withReferences(each, names),
    ]),
  );
}
