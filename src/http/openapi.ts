import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { json } from './answer.js';
import { route, type Route } from './route.js';

type AnyAnswer = NonNullable<Route['answers']>[number];

interface Operation {
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  'x-scope': string;
  parameters: Record<string, unknown>[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, unknown>;
}

/**
 * The OpenAPI description, from the schemas that validate requests. Pages are left out. It is built when it is first read, and other work gets
 * its turn after each route: it would delay the start, and all at once it would hold up the calls.
 */
export class ApiDescription {
  readonly #described: readonly Route[];
  readonly #version: string;
  #document: Promise<OpenApiDocument> | undefined;

  /** The route `/openapi.json`, which is described as well. */
  readonly route: Route = route({
    method: 'GET',
    path: '/openapi.json',
    scope: 'public',
    summary: 'This description of the API (OpenAPI 3.1)',
    answers: { 200: { description: 'OpenAPI document', type: 'application/json' } },
    handle: async () => json(await this.read()),
  });

  constructor(routes: readonly Route[], version: string) {
    this.#described = [...routes, this.route].filter(({ kind }) => kind !== 'page');
    this.#version = version;
  }

  read(): Promise<OpenApiDocument> {
    return (this.#document ??= this.#build());
  }

  async #build(): Promise<OpenApiDocument> {
    const paths: OpenApiDocument['paths'] = {};
    for (const each of this.#described) {
      const path = each.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [each.method.toLowerCase()]: describe(each) };
      await nextTurn();
    }
    return {
      openapi: '3.1.0',
      info: {
        title: 'Cordboard',
        version: this.#version,
        description: 'Errors are problem documents (RFC 9457) that name the field.',
      },
      paths,
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' }, password: { type: 'http', scheme: 'basic' } },
        schemas: { Problem: schemaOf(problemSchema, 'output') },
      },
    };
  }
}

const params = z.record(z.string(), z.unknown()).describe('Values for a translation of the code, such as `minimum`');

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().describe('English; people read a translation of `code` with `params`'),
  code: z.string().describe('Machine-readable kind of the problem, such as `not_found`'),
  params: params.optional(),
  errors: z
    .array(
      z.object({
        field: z.string().describe('Place of the invalid value, such as `body.name` or `query.limit`'),
        detail: z.string(),
        code: z.string().describe('Machine-readable kind of the error, such as `too_small`'),
        params: params.optional(),
      }),
    )
    .optional(),
});

function describe(each: Route): Operation {
  return {
    summary: each.summary,
    tags: [/^\/api\/v1\/([a-z-]+)/.exec(each.path)?.[1] ?? 'gateway'],
    security: each.scope === 'public' ? [] : [{ token: [] }, { password: [] }],
    'x-scope': each.scope,
    parameters: [...parameters(each.params, 'path'), ...parameters(each.query, 'query')],
    ...requestBody(each),
    responses: {
      ...Object.fromEntries(
        Object.entries(each.answers ?? { 200: { description: 'Done' } }).map(([status, answer]) => [
          status,
          { description: answer.description, ...answerContent(answer) },
        ]),
      ),
      default: {
        description: 'The error',
        ...content('application/problem+json', { $ref: '#/components/schemas/Problem' }, true),
      },
    },
  };
}

function answerContent({ schema, type, otherTypes = [] }: AnyAnswer): { content?: unknown } {
  const main = content(type ?? 'application/json', schema && schemaOf(schema, 'output'), schema ?? type);
  if (otherTypes.length === 0) return main;
  return { content: { ...(main.content as object), ...Object.fromEntries(otherTypes.map((other) => [other, {}])) } };
}

function content(type: string, schema: unknown, present: unknown): { content?: unknown } {
  return present === undefined ? {} : { content: { [type]: schema === undefined ? {} : { schema } } };
}

function requestBody({ body, bodyType, upload }: Route): { requestBody?: unknown } {
  if (upload) {
    const types = upload.types.map((type) => [type, {}]);
    return { requestBody: { required: true, content: Object.fromEntries(types) as unknown } };
  }
  if (!body) return {};
  const type = bodyType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return { requestBody: { required: true, ...content(type, schemaOf(body, 'input'), true) } };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Record<string, unknown>[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const described: Record<string, unknown> = { ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
  delete described['$schema'];
  return described;
}
