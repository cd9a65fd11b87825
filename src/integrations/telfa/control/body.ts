import { parseForm, parseJson, mediaType } from '../../../http/body.js';
import { Problem, unsupportedMediaType } from '../../../http/problem.js';
import { readXml, XmlRefused, type Element, type Value } from './xml-read.js';

/** Fields of a request in any format. */
export interface Input {
  /** The element around the fields, if there is one. */
  root: string | undefined;
  fields: Record<string, unknown>;
}

export const MAX_BODY_BYTES = 256 * 1024;

const FORM = 'application/x-www-form-urlencoded';
/** Encodings that XML may declare; all of them agree with ASCII below 128. */
const ENCODINGS = /^(utf-?8|us-ascii|iso-8859-(1|2|5|15)|windows-125[0-2]|koi8-r)$/i;

/** @throws {Problem} 400 when it is unreadable, 415 for an unsupported type */
export function readBody(bytes: Buffer, contentType: string | undefined): Input {
  if (bytes.length === 0) return { root: undefined, fields: {} };
  const type = mediaType(contentType);
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1];
  if (type === FORM) return fromForm(parseForm(decode(bytes, charset ?? 'utf-8')));
  if (type === 'application/json') return fromJson(parseJson(decode(bytes, 'utf-8').replace(/^\uFEFF/, '')));
  if (type === 'application/xml' || type === 'text/xml')
    return fromXml(decode(bytes, charset ?? declared(bytes) ?? 'utf-8'));
  throw unsupportedMediaType(`application/xml or application/json or ${FORM}`, type);
}

/** The encoding of the XML declaration, which is ASCII in every supported encoding. */
function declared(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 200).replace(/^\u00ef\u00bb\u00bf/, '');
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)["']/.exec(start)?.[1];
}

function decode(bytes: Buffer, encoding: string): string {
  if (!ENCODINGS.test(encoding)) throw malformed('its encoding is not supported; send UTF-8');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw malformed('its bytes do not match the declared encoding; send UTF-8, and declare it');
  }
}

function fromXml(text: string): Input {
  try {
    const { root, content } = readXml(text.replace(/^\uFEFF/, ''));
    return { root, fields: isFields(content) ? content : {} };
  } catch (error) {
    if (error instanceof XmlRefused) throw malformed(`unsupported XML: ${error.message}`);
    throw error;
  }
}

/** `{"play_recording":{…}}` and `{…}` are equivalent; `api_key` may be beside the element. */
function fromJson(value: unknown): Input {
  if (value === null || (Array.isArray(value) && value.length === 0)) return { root: undefined, fields: {} };
  if (!isFields(value)) throw malformed('it is not a JSON object');
  return unwrapped(value);
}

function unwrapped(given: Record<string, unknown>): Input {
  const { api_key: key, ...rest } = given;
  const [[root, content] = [undefined, undefined], ...others] = Object.entries(rest);
  if (root === undefined || others.length > 0 || !isFields(content)) return { root: undefined, fields: given };
  return { root, fields: key === undefined ? content : { api_key: key, ...content } };
}

/** PHP's notation: `play_recording[call_id]=…`. Deeper levels are ignored. */
function fromForm(form: Record<string, string | string[]>): Input {
  const flat: Element = Object.create(null) as Element;
  for (const [name, value] of Object.entries(form)) {
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]+)\](?:\[\])?$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) flat[name.replace(/\[\]$/, '')] = value;
    else {
      const before = flat[outer];
      const fields = isFields(before) ? before : (Object.create(null) as Element);
      fields[inner] = value;
      flat[outer] = fields;
    }
  }
  return unwrapped(flat);
}

/** Fields of a query, in the same notation. */
export function inputOfQuery(query: string): Input {
  return fromForm(parseForm(query));
}

function isFields(value: unknown): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(why: string): Problem {
  return new Problem(400, 'Malformed body', `body: ${why}`, { errors: [{ field: 'body', detail: why }] });
}
