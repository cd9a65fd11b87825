import { findRoute } from '../shared/path-template.js';
import type { GootaxProfile, Meaning } from './profile.js';

/** What the path of a request says: its meaning, and fields. */
export interface RequestPath {
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
export function findRequest(method: string, path: string, { paths }: GootaxProfile): RequestPath | undefined {
  const known = Object.entries(paths).flatMap(([route, meaning]) =>
    meaning === 'none' ? [] : [[withoutEmptySegments(route), meaning] as const],
  );
  const found = findRoute(method, withoutEmptySegments(path), known);
  return found && { meaning: found.target, params: found.params };
}

/** A dispatch puts its paths behind an address that may end in a slash. */
function withoutEmptySegments(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}
