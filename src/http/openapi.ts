import { setImmediate as nextTurn } from 'node:timers/promises';
import { json } from './answer.js';
import type { DescribedRoute } from './described-route.js';
import type { OperationExamples } from './openapi-examples.js';
import { OperationWriter, type Operation } from './openapi-operation.js';
import { problemResponses } from './openapi-problems.js';
import { Schemas, type JsonSchema } from './openapi-schemas.js';
import { problemDocument } from './problem-schema.js';
import { route, type Route } from './route.js';

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: Tag[];
  paths: Record<string, Record<string, Operation>>;
  /** Requests that the gateway sends. */
  webhooks: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, JsonSchema> } & Record<string, unknown>;
}

interface Tag {
  name: string;
  description: string;
}

/** What the description says beyond the routes. */
export interface ApiDescriptionParts {
  version: string;
  /** The tags in their order, each with the first parts of its paths below `/api/v1`. */
  tags?: readonly (Tag & { paths: readonly string[] })[];
  /** Read when the description is built. */
  examples?: () => Promise<OperationExamples>;
  webhooks?: (schemas: Schemas) => OpenApiDocument['webhooks'];
  /** Requests of integrations, which are found by the company's own paths. */
  contracts?: readonly DescribedRoute[];
}

const DESCRIPTION = `The API of a Cordboard gateway. Send a token as \`Authorization: Bearer …\`; \`x-scope\` of an operation is the scope that the token needs.
Errors are problem documents (RFC 9457) that name the field.`;

const SECURITY_SCHEMES = {
  token: { type: 'http', scheme: 'bearer', description: 'A token of the gateway, with scopes' },
  password: {
    type: 'http',
    scheme: 'basic',
    description: 'Login and password of a person, with the scopes of their role',
  },
  api_key: {
    type: 'apiKey',
    in: 'header',
    name: 'api_key',
    description: 'Telfa: a token of the gateway; also as `X-Api-Key`, in the query or as a field of the body',
  },
  dispatch_key: {
    type: 'apiKey',
    in: 'header',
    name: 'api-key',
    description: 'Gootax: a token of the gateway; also in any other header, in the query, the body or the path',
  },
};

/**
 * The OpenAPI description, from the schemas that validate requests. Pages are left out. It is built when it is first read, and other work gets
 * its turn after each route: it would delay the start, and all at once it would hold up the calls.
 */
export class ApiDescription {
  /** What is described. */
  readonly routes: readonly Route[];
  readonly #parts: ApiDescriptionParts;
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

  constructor(routes: readonly Route[], parts: ApiDescriptionParts) {
    this.routes = [...routes, this.route].filter(({ kind }) => kind !== 'page');
    this.#parts = parts;
  }

  read(): Promise<OpenApiDocument> {
    return (this.#document ??= this.#build());
  }

  async #build(): Promise<OpenApiDocument> {
    const { version, tags = [], examples, webhooks, contracts = [] } = this.#parts;
    const known = (await examples?.()) ?? {};
    const schemas = new Schemas();
    schemas.read(problemDocument, 'output');
    const writer = new OperationWriter(schemas, (path) => tagOf(tags, path));
    const paths: OpenApiDocument['paths'] = {};
    for (const each of [...this.routes, ...contracts]) {
      const path = each.path.replace(/:(\w+)/g, '{$1}');
      const operation = writer.write(each, known);
      paths[path] = { ...paths[path], [each.method.toLowerCase()]: operation };
      await nextTurn();
    }
    return {
      openapi: '3.1.0',
      info: {
        title: 'Cordboard',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'This gateway' }],
      tags: tags.map(({ name, description }) => ({ name, description })),
      paths,
      webhooks: webhooks?.(schemas) ?? {},
      components: { securitySchemes: SECURITY_SCHEMES, responses: problemResponses, schemas: schemas.components },
    };
  }
}

function tagOf(tags: NonNullable<ApiDescriptionParts['tags']>, path: string): string {
  const parts = path.replace(/^\/api\/v1\//, '/').split(/[/.]/);
  return tags.find(({ paths }) => paths.includes(parts[1] ?? ''))?.name ?? 'gateway';
}
