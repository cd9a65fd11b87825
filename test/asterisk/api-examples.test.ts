import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../src/http/openapi.js';
import type { OperationExample } from '../../src/http/openapi-examples.js';
import type { Operation } from '../../src/http/openapi-operation.js';
import { brunoCollection } from '../../scripts/api/bruno.js';
import { apiDocument } from '../../scripts/api/document.js';
import { readApiExamples } from '../../src/app/api-description.js';
import { assertedStatus, asSent, collectionFiles, requestsOf, type CollectionRequest } from '../support/bruno.js';
import { becomes } from '../support/becomes.js';
import { toneWav } from '../support/tones.js';
import { ExamplesHarness } from './api-examples-harness.js';

/**
 * The Bruno collection, which has a request for each operation of the description, is sent to a gateway with real calls, in its order: each
 * response has the status that the collection asserts, and the schema that the description promises. Its requests are the examples of the API in
 * examples/api. With RECORD_API_EXAMPLES=1 those are sent, and the responses of new ones are written there.
 */

const FOLDER = path.resolve(import.meta.dirname, '../../examples/api');
const records = process.env['RECORD_API_EXAMPLES'] === '1';
/** How long a state may need that an earlier example leads to. */
const WITHIN_MS = records ? 4_000 : 20_000;
const MOST_ITEMS = 2;
const COLLECTION = path.resolve(import.meta.dirname, '../../examples/bruno');
const collection = requestsOf(
  records ? brunoCollection(await apiDocument(), await readApiExamples()) : await collectionFiles(COLLECTION),
);
const FOLDERS = [...new Set(collection.map(({ folder }) => folder))];

/** In an example. */
const HAND_OVER_URL = 'http://127.0.0.1:8090/launch.php?s=telfa';

let harness: ExamplesHarness;
let document: OpenApiDocument;
const ajv = new Ajv2020({ strict: false, validateFormats: false });

beforeAll(async () => {
  harness = await ExamplesHarness.start();
  document = await harness.gateway.api<OpenApiDocument>('/openapi.json');
  ajv.addSchema({ ...document, $id: 'openapi.json' });
  for (const [example, real] of Object.entries(harness.ids)) learn(example, real);
  learn(HAND_OVER_URL, harness.shop.url);
});
afterAll(() => harness.stop());

/** What stands in this run for a value of the examples: ids, tags, secrets. */
const known = new Map<string, string>();
function learn(example: string, real: string): void {
  if (example !== real) known.set(example, real);
}

function inThisRun<T>(value: T): T {
  const pairs = [...known].sort(([one], [other]) => other.length - one.length);
  const written = pairs.reduce(
    (text, [example, real]) => text.replaceAll(JSON.stringify(example).slice(1, -1), JSON.stringify(real).slice(1, -1)),
    JSON.stringify(value),
  );
  return JSON.parse(written) as T;
}

/** Learns from two responses of the same shape. */
function learnFrom(example: unknown, real: unknown): void {
  if (typeof example === 'string' && typeof real === 'string' && example.length > 2) learn(example, real);
  if (typeof example !== 'object' || typeof real !== 'object' || example === null || real === null) return;
  for (const [key, value] of Object.entries(example)) learnFrom(value, (real as Record<string, unknown>)[key]);
}

interface Found {
  method: string;
  template: string;
  operation: Operation;
}

const operations = (): Map<string, Found> =>
  new Map(
    Object.entries(document.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => [operation.operationId, { method, template, operation }]),
    ),
  );

const fileOf = (tag: string) => path.join(FOLDER, `${tag.replaceAll(' ', '-')}.json`);

async function read(tag: string): Promise<Record<string, OperationExample>> {
  return JSON.parse(await readFile(fileOf(tag), 'utf8')) as Record<string, OperationExample>;
}

it('every operation has an example', async () => {
  const missing: string[] = [];
  for (const [id, { operation }] of operations()) {
    const [tag = ''] = operation.tags;
    const examples: Record<string, OperationExample> = await read(tag).catch(() => ({}));
    if (examples[id] === undefined)
      missing.push(`${id}: add its request to examples/api/${path.basename(fileOf(tag))}`);
  }
  expect(
    missing,
    'then run: RECORD_API_EXAMPLES=1 npx vitest run --config test/vitest.config.ts --project asterisk test/asterisk/api-examples.test.ts',
  ).toEqual([]);
});

it.each(FOLDERS)('the requests of %s are answered as described', async (tag) => {
  const examples = await read(tag);
  const failures: string[] = [];
  const requests = collection.filter(({ folder }) => folder === tag);
  const sent = new Set(requests.map(({ meta }) => meta.name));
  failures.push(...Object.keys(examples).flatMap((id) => (sent.has(id) ? [] : [`${id}: there is no such operation`])));
  for (const request of requests) {
    const id = request.meta.name;
    const found = operations().get(id);
    const failure =
      found === undefined
        ? 'there is no such operation: run `npm run api-files`'
        : await failureOf(request, found, examples[id] ?? {});
    if (failure !== undefined) failures.push(`${id}: ${failure}`);
  }
  if (records)
    await writeFile(fileOf(tag), await format(JSON.stringify(examples), { parser: 'json', printWidth: 120 }));
  expect(failures).toEqual([]);
});

/** @returns false when a named value is not there yet */
function learnNames({ names = {} }: OperationExample, { text, etag }: Received): boolean {
  return Object.entries(names).every(([place, name]) => {
    const value = place === 'etag' ? etag : valueAt(JSON.parse(text), place);
    if (typeof value !== 'string') return false;
    learn(name, value);
    // Secrets in addresses.
    const [parts, realParts] = [name, value].map((each) => each.split(/[/?=]/));
    parts?.forEach((part, index) => part.includes('-of-the-') && learn(part, realParts?.[index] ?? ''));
    return true;
  });
}

function valueAt(value: unknown, place: string): unknown {
  return place.split('.').reduce((inner, part) => (inner as Record<string, unknown> | null | undefined)?.[part], value);
}

const nameOf = (fields: Record<string, unknown>) =>
  typeof fields['event'] === 'string' ? fields['event'] : 'number_e164' in fields ? 'customer_lookup' : 'hand_over';

it('the gateway has sent webhooks as described', async () => {
  const fields = () => harness.shop.requests.map((request) => request.fields);
  // These need a whole conversation.
  const long = ['bridge_recording', 'notification', 'order_lookup'];
  const names = Object.keys(document.webhooks).filter((name) => !long.includes(name));
  const missing = () => names.filter((name) => !fields().some((sent) => nameOf(sent) === name));
  await becomes(
    'all webhooks have arrived',
    () => Promise.resolve(missing().length === 0 || undefined),
    WITHIN_MS,
  ).catch(() => expect(missing()).toEqual([]));
  for (const sent of fields()) {
    const place = ['webhooks', nameOf(sent), 'post', 'requestBody', 'content', 'application/json', 'schema'];
    expect(ajv.validate(reference(place), sent), `${nameOf(sent)}: ${ajv.errorsText()}`).toBe(true);
  }
});

const CLIENTS = path.resolve(import.meta.dirname, '../../examples/clients');
it.each([
  ['PHP', 'php', [path.join(CLIENTS, 'php/sample.php')]],
  ['TypeScript', process.execPath, ['--import', 'tsx', path.join(CLIENTS, 'typescript/sample.ts')]],
])('the sample of the %s client lists lines and calls, and shows a refusal', async (_, program, words) => {
  const { url, token } = harness.gateway;
  const { stdout } = await promisify(execFile)(program, [...words, url, token]);
  expect(stdout).toMatch(/^line \+420222333444$/m);
  expect(stdout).toMatch(/^call c_\S+ to \+4202\d+ at 2\S+Z$/m);
  expect(stdout).toMatch(/^refused: 404 unknown_call$/m);
});

interface Received {
  status: number;
  type: string;
  text: string;
  etag: string;
}

async function failureOf(
  request: CollectionRequest,
  found: Found,
  example: OperationExample,
): Promise<string | undefined> {
  const wanted = assertedStatus(request);
  let received: Received | undefined;
  const isThere = async () => {
    received = await send(request, found.template);
    // A state that an earlier example leads to.
    const isEarly = [404, 409].includes(received.status) && received.status !== wanted;
    return isEarly || (received.status === wanted && !learnNames(example, received)) ? undefined : received;
  };
  await becomes(`${request.meta.name} is possible`, isThere, WITHIN_MS).catch(() => undefined);
  if (received === undefined) return 'no response';
  const { status, type, text, etag } = received;
  if (status !== wanted) return `${status} in place of ${wanted}: ${text.slice(0, 500)}`;
  const isJson = type.includes('json');
  const body: unknown = isJson
    ? JSON.parse(text)
    : type.startsWith('text/') || type.includes('yaml')
      ? text
      : undefined;
  const schema = schemaOf(found, status, type);
  if (schema === undefined && text !== '') return `the description has no content ${type} of ${status}`;
  if (isJson && schema !== '' && !ajv.validate(schema!, body))
    return `the response is not as described: ${ajv.errorsText()}: ${text.slice(0, 500)}`;
  if (records && example.status === undefined)
    record(example, { status, body: schema === '' ? undefined : body, etag });
  learnFrom(example.answer, body);
  if (example.etag !== undefined) learn(example.etag, etag);
  return undefined;
}

/** The errors that any operation can answer with. */
const PROBLEM = ['components', 'schemas', 'Problem'];

/** Reference to the schema of a response in the description; empty when it has none, undefined when there is no such content. */
function schemaOf({ method, template, operation }: Found, status: number, type: string): string | undefined {
  const { content, $ref } = (operation.responses[status] ?? {}) as {
    content?: Record<string, { schema?: unknown }>;
    $ref?: string;
  };
  if ($ref !== undefined) return type.startsWith('application/problem+json') ? reference(PROBLEM) : undefined;
  const [media = ''] = type.split(';');
  const name = [type, media].find((each) => content?.[each] !== undefined);
  if (name === undefined) return undefined;
  if (content?.[name]?.schema === undefined) return '';
  const place = ['paths', template, method, 'responses', String(status), 'content', name, 'schema'];
  return reference(place);
}

/** Of a place in the description. */
function reference(place: readonly string[]): string {
  return `openapi.json#/${place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

/** The values of this run; words of the path are no values. */
function requestInThisRun({ http, ...values }: CollectionRequest, template: string): CollectionRequest {
  const [address = ''] = http.url.replace('{{url}}', '').split('?');
  const words = template.split('/');
  const parts = address.split('/').map((part, index) => (words[index]?.includes('{') ? inThisRun(part) : part));
  return { ...inThisRun(values), http: { ...http, url: `{{url}}${parts.join('/')}` } };
}

async function send(request: CollectionRequest, template: string): Promise<Received> {
  const sent = requestInThisRun(request, template);
  const { url, method, headers, body, takesFile } = asSent(sent, harness.gateway);
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(takesFile && { 'content-type': 'audio/wav' }) },
    body: takesFile ? new Uint8Array(toneWav(7, 'cs', 500)) : (body ?? null),
    redirect: 'manual',
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    etag: response.headers.get('etag') ?? '',
  };
}

/** Writes a response into its example: shortened, and without what is of this machine. */
function record(
  example: OperationExample,
  { status, body, etag }: { status: number; body: unknown; etag: string },
): void {
  example.status = status;
  if (body !== undefined) example.answer = asExample(body);
  if (etag !== '') example.etag = etag;
}

function asExample(value: unknown): unknown {
  const { gateway, shop } = harness;
  const replaced: [string, string][] = [
    [gateway.dir, '/var/lib/cordboard'],
    [gateway.url, 'https://phone.example'],
    [`127.0.0.1:${gateway.port}`, 'phone.example'],
    [new URL(shop.url).origin, 'https://shop.example'],
    ...[...known].map(([one, other]): [string, string] => [other, one]),
  ];
  const shorten = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.slice(0, MOST_ITEMS).map(shorten);
    if (typeof each === 'object' && each !== null)
      return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, shorten(inner)]));
    if (typeof each !== 'string') return each;
    const text = replaced.reduce((all, [from, to]) => (from === '' ? all : all.replaceAll(from, to)), each);
    return text.length > 2_000 ? text.slice(0, text.lastIndexOf('\n', 2_000) + 1) : text;
  };
  return shorten(value);
}
