import type { Route } from './route.js';

/**
 * The name of a route in generated clients, from its method and path: `GET /api/v1/calls/:id/note` is `getCallNote`. A parameter makes
 * the name before it singular; where it has no plural, the parameter is named: `getConfigBySection`.
 */
export function operationIdOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const names: string[] = [];
  for (const part of path
    .replace(/^\/api\/v1\//, '/')
    .split('/')
    .slice(1)) {
    const before = names.at(-1) ?? '';
    const one = singular(before);
    if (!part.startsWith(':')) names.push(part);
    else if (one !== before) names.splice(-1, 1, one);
    else names.push(`by-${part.slice(1)}`);
  }
  return method.toLowerCase() + names.map(inPascalCase).join('');
}

function singular(word: string): string {
  if (word.startsWith('by-') || word.endsWith('ss')) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x)es$/, '$1')
    .replace(/s$/, '');
}

/** `call_log` is `CallLog`. */
export function inPascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
