import busboy from 'busboy';
import { mediaType, parseForm, parseJson } from '../../http/body.js';
import { Problem, unsupportedMediaType } from '../../http/problem.js';

/** Fields of a request or response in any format: JSON, XML, a form, or a form with PHP’s nested names. */
export type Fields = Record<string, unknown>;

const FORM = 'application/x-www-form-urlencoded';
const PARTS = 'multipart/form-data';
const MAX_FIELDS = 1_000;
const MAX_DEPTH = 12;

/** @throws {Problem} 400 when it is unreadable, 415 for an unsupported type */
export async function readFields(bytes: Buffer, contentType: string | undefined): Promise<Fields> {
  if (bytes.length === 0) return {};
  const type = mediaType(contentType);
  if (type === PARTS) return nested(await readParts(bytes, contentType ?? ''));
  const text = utf8(bytes);
  if (type === FORM) return nested(Object.entries(parseForm(text)));
  const isJson = type === undefined || type.endsWith('/json') || type.endsWith('+json') || /^\s*[{[]/.test(text);
  if (!isJson) throw unsupportedMediaType(`application/json or ${FORM}`, type);
  const value = parseJson(text);
  // PHP encodes an empty object as an empty array.
  if (Array.isArray(value) && value.length === 0) return {};
  if (!isFields(value)) throw malformed('it is not a JSON object');
  if (isDeeper(value, MAX_DEPTH)) throw malformed(`it is nested more than ${MAX_DEPTH} deep`);
  return value;
}

/** Fields of a query, with PHP's nested names. */
export function readQuery(url: string): Fields {
  return nested(Object.entries(parseForm(url.split('?').slice(1).join('?'))));
}

/** Every scalar by its path: `client.phone`, `points.0.street`. */
export function flattened(fields: Fields): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (found.size >= MAX_FIELDS) return;
    if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) visit(inner, path === '' ? name : `${path}.${name}`);
    else if (typeof value === 'string' && value.trim() !== '') found.set(path, value.trim());
    else if (typeof value === 'number' || typeof value === 'boolean') found.set(path, String(value));
  };
  visit(fields, '');
  return found;
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('it is not UTF-8; send UTF-8');
  }
}

function readParts(bytes: Buffer, contentType: string): Promise<[string, string][]> {
  return new Promise((resolve, reject) => {
    const fields: [string, string][] = [];
    const broken = () => reject(malformed('its form parts cannot be read'));
    try {
      const parser = busboy({ headers: { 'content-type': contentType }, limits: { fields: MAX_FIELDS, files: 0 } });
      parser.on('field', (name, value) => void fields.push([name, value]));
      parser.on('error', broken).on('close', () => resolve(fields));
      parser.end(bytes);
    } catch {
      broken();
    }
  });
}

/** Nests names such as `client[phone]` to any depth, as PHP does; other names stay unchanged. */
function nested(form: readonly [string, unknown][]): Fields {
  const fields = Object.create(null) as Fields;
  for (const [name, value] of form) {
    const [, head = name, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    const path = [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, inner = '']) => inner)].slice(0, MAX_DEPTH);
    put(fields, path.at(-1) === '' ? path.slice(0, -1) : path, value);
  }
  return fields;
}

function put(fields: Fields, [name = '', ...deeper]: string[], value: unknown): void {
  if (deeper.length === 0) {
    fields[name] = value;
    return;
  }
  const inner = isFields(fields[name]) ? fields[name] : (Object.create(null) as Fields);
  fields[name] = inner;
  put(inner, deeper, value);
}

function isDeeper(value: unknown, than: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return than === 0 || Object.values(value).some((inner) => isDeeper(inner, than - 1));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(why: string): Problem {
  return new Problem(400, 'Malformed body', `body: ${why}`, { errors: [{ field: 'body', detail: why }] });
}
