import type { GootaxProfile, Meaning } from './profile.js';

/** A request's way: what it means, and what its path says besides. */
export interface Way {
  meaning: Exclude<Meaning, 'none'>;
  /** Fields that the path holds: `/order/:id/call`. */
  params: Record<string, string>;
}

const AREA = '/integration';
/** Below this the address itself holds the token, for a dispatch whose form asks for an address alone. */
const WITH_TOKEN = /^\/integration\/key\/([\w-]{16,200})(\/.*)?$/;
/** Address that can be given to the dispatch so that whatever it calls, it calls below `/integration`. */
const BELOW = /^\/integration\/(?:gootax|runtel)(\/.*)?$/;

/** True for whatever a dispatch may have to say. */
export function isIntegration(path: string): boolean {
  return path === AREA || path.startsWith(`${AREA}/`);
}

/** The path as the dispatch's contract has it, without what the address that we gave it puts before it. */
export function contractPath(path: string): { path: string; token: string | undefined } {
  const [, token, after] = WITH_TOKEN.exec(path) ?? [];
  if (token !== undefined) return { path: after ?? '/', token };
  const [whole, below] = BELOW.exec(path) ?? [];
  return { path: whole === undefined ? path : (below ?? '/'), token: undefined };
}

/** Undefined: the profile knows no such path. */
export function wayOf(method: string, path: string, { paths }: GootaxProfile): Way | undefined {
  for (const [wanted, meaning] of Object.entries(paths)) {
    const [verb, template = ''] = wanted.split(' ');
    if (meaning === 'none' || verb !== method) continue;
    const params = match(template, path);
    if (params) return { meaning, params };
  }
  return undefined;
}

function match(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [segments(template), segments(path)];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = decoded(given[index] ?? '');
    if (text === undefined) return undefined;
    if (part.startsWith(':')) params[part.slice(1)] = text;
    else if (part !== text) return undefined;
  }
  return params;
}

/** A slash at the end makes no difference. */
function segments(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
