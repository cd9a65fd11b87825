/** The parameters of a path for a template such as `/calls/:id`; undefined when it does not match. A trailing slash is ignored. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [segments(template), segments(path)];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = decode(given[index] ?? '');
    if (text === undefined) return undefined;
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
      continue;
    }
    if (text === '') return undefined;
    params[part.slice(1)] = text;
  }
  return params;
}

/**
 * The first route that matches the method and path.
 *
 * @param routes pairs such as `['GET /calls/:id', target]`
 */
export function findRoute<T>(
  method: string,
  path: string,
  routes: Iterable<readonly [route: string, target: T]>,
): { target: T; params: Record<string, string> } | undefined {
  for (const [route, target] of routes) {
    const [verb, template = ''] = route.split(' ');
    const params = verb === method ? matchPath(template, path) : undefined;
    if (params) return { target, params };
  }
  return undefined;
}

function segments(path: string): string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
