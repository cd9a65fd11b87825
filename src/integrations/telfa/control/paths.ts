import type { IncomingHttpHeaders } from 'node:http';
import { mediaType } from '../../../http/body.js';
import { findRoute } from '../../shared/path-template.js';
import type { Format } from './reply.js';
import type { Endpoint } from './endpoint.js';

/** A call of the API, and the parameters in the path. */
export interface MatchedCall {
  row: Endpoint;
  params: Record<string, string>;
}

/** First segments of the API's paths: unknown paths below them are answered in the API's format. */
export function areasOf(rows: readonly Endpoint[]): Set<string> {
  return new Set(rows.map(({ path }) => path.split('/')[1] ?? ''));
}

/** `/calls.xml` is the path `/calls` in XML. */
export function splitPath(path: string): { path: string; ending: Format | undefined } {
  const [, bare, ending] = /^(.*)\.(xml|json)$/i.exec(path) ?? [];
  if (bare === undefined || ending === undefined) return { path, ending: undefined };
  return { path: bare, ending: ending.toLowerCase() as Format };
}

/** The format in the headers; undefined without one, and for browsers. */
export function formatOf({ accept = '', 'content-type': contentType }: IncomingHttpHeaders): Format | undefined {
  if (accept.includes('text/html')) return undefined;
  return formatIn(accept) ?? formatIn(mediaType(contentType) ?? '');
}

function formatIn(types: string): Format | undefined {
  return (/(?:application|text)\/(json|xml)\b/i.exec(types)?.[1]?.toLowerCase() as Format | undefined) ?? undefined;
}

/** The company's aliases take precedence. */
export function findCall(
  method: string,
  path: string,
  rows: readonly Endpoint[],
  aliases: Readonly<Record<string, string>>,
): MatchedCall | undefined {
  const own = Object.entries(aliases).flatMap(([route, name]) => {
    const row = rows.find((each) => each.name === name);
    return row ? [[route, row] as const] : [];
  });
  const found = findRoute(method, path, [...own, ...rows.map((row) => [`${row.method} ${row.path}`, row] as const)]);
  return found && { row: found.target, params: found.params };
}
