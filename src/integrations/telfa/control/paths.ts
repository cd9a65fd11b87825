import type { IncomingHttpHeaders } from 'node:http';
import { mediaType } from '../../../http/body.js';
import type { Format } from './reply.js';
import type { Row } from './endpoint.js';

/** A request's way to one call of the API. */
export interface Way {
  row: Row;
  params: Record<string, string>;
}

/** The words that paths of this API begin with: an unknown path below them is answered in its format. */
export function areasOf(rows: readonly Row[]): Set<string> {
  return new Set(rows.map(({ path }) => path.split('/')[1] ?? ''));
}

/** `/calls.xml` is the path `/calls`, and wants XML. */
export function splitPath(path: string): { path: string; ending: Format | undefined } {
  const [, bare, ending] = /^(.*)\.(xml|json)$/i.exec(path) ?? [];
  if (bare === undefined || ending === undefined) return { path, ending: undefined };
  return { path: bare, ending: ending.toLowerCase() as Format };
}

/** What the headers ask for; undefined when they speak of neither, or a person's browser speaks. */
export function formatOf({ accept = '', 'content-type': contentType }: IncomingHttpHeaders): Format | undefined {
  if (accept.includes('text/html')) return undefined;
  return formatIn(accept) ?? formatIn(mediaType(contentType) ?? '');
}

function formatIn(types: string): Format | undefined {
  return (/(?:application|text)\/(json|xml)\b/i.exec(types)?.[1]?.toLowerCase() as Format | undefined) ?? undefined;
}

/** The company's aliases first. */
export function findWay(
  method: string,
  path: string,
  rows: readonly Row[],
  aliases: Readonly<Record<string, string>>,
): Way | undefined {
  for (const [alias, name] of Object.entries(aliases)) {
    const [verb = '', template = ''] = alias.split(' ');
    const row = rows.find((each) => each.name === name);
    const params = verb === method && row ? matchPath(template, path) : undefined;
    if (row && params) return { row, params };
  }
  for (const row of rows) {
    const params = row.method === method ? matchPath(row.path, path) : undefined;
    if (params) return { row, params };
  }
  return undefined;
}

/** The parameters of a path such as `/calls/:id`; undefined when it is another one. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
      continue;
    }
    const value = decoded(text);
    if (value === undefined || value === '') return undefined;
    params[part.slice(1)] = value;
  }
  return params;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
