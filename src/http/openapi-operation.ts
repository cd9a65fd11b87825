import { compact } from '../lib/compact.js';
import type { OperationExample, OperationExamples } from './openapi-examples.js';
import { problemContent, usualProblems } from './openapi-problems.js';
import type { JsonSchema, Schemas } from './openapi-schemas.js';
import { operationIdOf } from './operation-id.js';
import type { DescribedRoute, Login } from './described-route.js';
import type { Route } from './route.js';

export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  /** Whoever calls it needs this scope; `public`: none, and no login. */
  'x-scope': string;
  parameters: Parameter[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: JsonSchema;
  description?: string;
  example?: unknown;
}

/** Of a route that names no others. */
const LOGINS: Login[] = [{ token: [] }, { password: [] }];

type AnyAnswer = NonNullable<Route['answers']>[number];

/** One operation of the description. */
export class OperationWriter {
  constructor(
    private readonly schemas: Schemas,
    private readonly tagOf: (path: string) => string,
  ) {}

  write(route: DescribedRoute, examples: OperationExamples): Operation {
    const { operationId = operationIdOf(route), tag = this.tagOf(route.path), logins = LOGINS } = route;
    const example = examples[operationId];
    return compact({
      operationId,
      summary: route.summary,
      tags: [tag],
      security: route.scope === 'public' ? [] : logins,
      'x-scope': route.scope,
      parameters: [
        ...this.#parameters(route.params, 'path', example?.path),
        ...this.#parameters(route.query, 'query', example?.query),
        ...headerParameters(route, example),
      ],
      requestBody: this.#requestBody(route, example),
      responses: this.#responses(route, example),
    });
  }

  #responses(route: DescribedRoute, example: OperationExample | undefined): Record<string, unknown> {
    const answers = Object.entries(route.answers ?? { 200: { description: 'Done' } }).map(([status, answer]) => [
      status,
      compact({
        description: answer.description,
        content: this.#answerContent(Number(status), answer, Number(status) === example?.status ? example : undefined),
      }),
    ]);
    return { ...usualProblems(route, this.schemas), ...Object.fromEntries(answers) } as Record<string, unknown>;
  }

  #answerContent(status: number, answer: AnyAnswer, example: OperationExample | undefined): unknown {
    const { schema, type, otherTypes = [] } = answer;
    if (schema === undefined && type === undefined) return status >= 400 ? problemContent : undefined;
    const main = compact({
      schema: schema ? this.schemas.read(schema, 'output') : isText(type) ? TEXT : undefined,
      example: example?.answer,
    });
    return Object.fromEntries([
      [type ?? 'application/json', main],
      ...otherTypes.map((other) => [other, isText(other) ? { schema: TEXT } : {}]),
    ]) as unknown;
  }

  #requestBody({ body, bodyType, upload }: DescribedRoute, example: OperationExample | undefined): unknown {
    if (upload)
      return {
        required: true,
        content: Object.fromEntries(upload.types.map((type) => [type, this.#uploadContent(type, example)])) as unknown,
      };
    if (!body) return undefined;
    const type = bodyType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
    return {
      required: true,
      content: { [type]: compact({ schema: this.schemas.read(body, 'input'), example: example?.body }) },
    };
  }

  #uploadContent(type: string, example: OperationExample | undefined): unknown {
    return type === 'application/json' ? compact({ example: example?.body }) : {};
  }

  #parameters(
    schema: DescribedRoute['params'],
    place: 'path' | 'query',
    examples: Record<string, unknown> = {},
  ): Parameter[] {
    if (!schema) return [];
    const { properties = {}, required = [] } = this.schemas.read(schema, 'input') as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) =>
      compact({
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        schema: property,
        example: examples[name],
      }),
    );
  }
}

function headerParameters({ headers = {} }: DescribedRoute, example: OperationExample | undefined): Parameter[] {
  return Object.entries(headers).map(([name, description]) =>
    compact({
      name,
      in: 'header' as const,
      required: false,
      schema: { type: 'string' },
      description,
      example: example?.headers?.[name],
    }),
  );
}

const TEXT = { type: 'string' };

function isText(type = ''): boolean {
  return /^text\/|yaml|xml/.test(type);
}
