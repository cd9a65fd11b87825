import { envJsonToBruV2, jsonToBruV2, jsonToCollectionBru } from '@usebruno/lang';
import type { OpenApiDocument } from '../../src/http/openapi.js';
import type { Parameter } from '../../src/http/openapi-operation.js';
import { contentOf, operationsOf, type NamedOperation } from './operations.js';

/** The files of a Bruno collection by path: a request for each operation, in a folder for each tag. */
export function brunoCollection(document: OpenApiDocument): Map<string, string> {
  const { title } = document.info;
  const files = new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: title, type: 'collection' }, null, 2)}\n`],
    ['collection.bru', jsonToCollectionBru(bearer)],
    ['environments/gateway.bru', environment('http://127.0.0.1:8080')],
    ['environments/phone.example.bru', environment('https://phone.example')],
  ]);
  const inTag = new Map<string, number>();
  for (const operation of operationsOf(document)) {
    const [tag = ''] = operation.tags;
    const seq = (inTag.get(tag) ?? 0) + 1;
    inTag.set(tag, seq);
    files.set(`${tag}/${operation.operationId}.bru`, request(operation, seq));
  }
  return files;
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

function request(operation: NamedOperation, seq: number): string {
  const { operationId: name, method, path, parameters, summary, security } = operation;
  const content = contentOf(operation.requestBody);
  const isJson = content?.type === 'application/json';
  const params = parameters.filter(({ in: place }) => place !== 'header').map(parameter);
  const search = params.filter(({ type, enabled }) => type === 'query' && enabled);
  const query = search.map(({ name: key, value }) => `${key}=${value}`).join('&');
  const url = `{{url}}${path.replace(/\{(\w+)\}/g, ':$1')}${query === '' ? '' : `?${query}`}`;
  const body = isJson ? { json: JSON.stringify(content.example ?? {}, null, 2) } : undefined;
  return jsonToBruV2({
    meta: { name, type: 'http', seq },
    http: {
      method,
      url,
      body: isJson ? 'json' : content ? 'file' : 'none',
      auth: security.length === 0 ? 'none' : 'inherit',
    },
    params,
    headers: parameters.filter(({ in: place }) => place === 'header').map(header),
    body,
    docs: `${summary}\n\nScope: ${operation['x-scope']}`,
  });
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
