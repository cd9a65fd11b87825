import { envJsonToBruV2, jsonToBruV2, jsonToCollectionBru } from '@usebruno/lang';
import type { OpenApiDocument } from '../../src/http/openapi.js';
import type { OperationExample, OperationExamples } from '../../src/http/openapi-examples.js';
import type { Parameter } from '../../src/http/openapi-operation.js';
import { contentOf, operationsOf, type NamedOperation } from './operations.js';

/** These make what others use, so their folders come first. */
const FIRST = ['configuration', 'accounts', 'telfa', 'gootax', 'runtel'];

/**
 * The files of a Bruno collection by path: a request for each operation, in a folder for each tag. Folders and requests have the order in
 * which they can be sent one after another: that of the examples.
 */
export function brunoCollection(document: OpenApiDocument, examples: OperationExamples): Map<string, string> {
  const { title } = document.info;
  const files = new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: title, type: 'collection' }, null, 2)}\n`],
    ['collection.bru', jsonToCollectionBru(bearer)],
    ['environments/gateway.bru', environment('http://127.0.0.1:8080')],
    ['environments/phone.example.bru', environment('https://phone.example')],
  ]);
  const operations = operationsOf(document);
  const folders = new Set([...FIRST, ...document.tags.map(({ name }) => name)]);
  const order = Object.keys(examples);
  for (const [index, tag] of [...folders].entries()) {
    const requests = operations
      .filter(({ tags }) => tags.includes(tag))
      .sort((one, other) => order.indexOf(one.operationId) - order.indexOf(other.operationId));
    if (requests.length > 0) files.set(`${tag}/folder.bru`, jsonToCollectionBru(folder(tag, index + 1)));
    for (const [place, operation] of requests.entries())
      files.set(`${tag}/${operation.operationId}.bru`, request(operation, place + 1, examples[operation.operationId]));
  }
  return files;
}

function folder(name: string, seq: number) {
  return { meta: { name, seq }, auth: { mode: 'inherit' } };
}

const bearer = { auth: { mode: 'bearer', bearer: { token: '{{token}}' } } };

/** The token is a secret: Bruno keeps it outside of the file. */
function environment(url: string): string {
  return envJsonToBruV2({
    variables: [
      { name: 'url', value: url, enabled: true, secret: false, type: 'text' },
      { name: 'token', value: '', enabled: true, secret: true, type: 'text' },
    ],
  });
}

function request(operation: NamedOperation, seq: number, example: OperationExample = {}): string {
  const { operationId: name, method, path, parameters, summary } = operation;
  const content = contentOf(operation.requestBody);
  const isJson = content?.type === 'application/json' || example.body !== undefined;
  const auth = authOf(operation, example);
  const written = withParts(path, parameters);
  const params = parameters
    .filter(({ name: each, in: place }) => place === 'query' || (place === 'path' && written.includes(`:${each}`)))
    .map(parameter);
  const search = params.filter(({ type, enabled }) => type === 'query' && enabled);
  const query = search.map(({ name: key, value }) => `${key}=${value}`).join('&');
  const url = `{{url}}${written}${query === '' ? '' : `?${query}`}`;
  const body = isJson ? { json: JSON.stringify(example.body ?? {}, null, 2) } : undefined;
  return jsonToBruV2({
    meta: { name, type: 'http', seq },
    http: {
      method,
      url,
      body: isJson ? 'json' : content ? 'file' : 'none',
      auth: auth.mode,
    },
    auth: auth.with,
    params,
    headers: parameters.filter(({ in: place }) => place === 'header').map(header),
    body,
    assertions: [{ name: 'res.status', value: `eq ${example.status ?? statusOf(operation)}`, enabled: true }],
    docs: `${summary}\n\nScope: ${operation['x-scope']}`,
  });
}

/** `:id` for a whole part of the path, which Bruno fills; elsewhere the value itself. */
function withParts(path: string, parameters: readonly Parameter[]): string {
  const valueOf = (wanted: string) => textOf(parameters.find(({ name }) => name === wanted)?.example);
  return path
    .replace(/\{(\w+)\}(?=\/|$)/g, ':$1')
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name)));
}

/** The login of an example: the token of the collection, a person, the session of a phone, or none. */
function authOf({ security }: NamedOperation, { login }: OperationExample) {
  if (security.length === 0 || login === 'nobody') return { mode: 'none' };
  if (login === undefined) return { mode: 'inherit' };
  if (login === 'phone session') return { mode: 'bearer', with: { bearer: { token: 'token-of-the-session' } } };
  const [username, password] = login.split(/:(.*)/s);
  return { mode: 'basic', with: { basic: { username, password } } };
}

function statusOf({ responses }: NamedOperation): string {
  return Object.keys(responses).find((status) => status < '300') ?? '200';
}

/** Without an example value, an optional parameter is there and switched off. */
function parameter({ name, in: place, example }: Parameter) {
  const enabled = place === 'path' || example !== undefined;
  return { name, value: textOf(example), type: place, enabled };
}

function header({ name, example }: Parameter) {
  return { name, value: textOf(example), enabled: example !== undefined };
}

function textOf(example: unknown): string {
  return typeof example === 'string' || typeof example === 'number' || typeof example === 'boolean'
    ? String(example)
    : '';
}
