import { findRoute } from '../shared/path-template.js';
import type { GootaxProfile, Meaning } from './profile.js';

/** The meaning of a path, and its parameters. */
export interface RequestPath {
  meaning: Exclude<Meaning, 'none'>;
  /** Parameters of the path, as in `/order/:id/call`. */
  params: Record<string, string>;
}

const AREA = '/integration';
/** For a dispatch whose form has only an address: the token is part of the path. */
const WITH_TOKEN = /^\/integration\/key\/([\w-]{16,200})(\/.*)?$/;
/** Prefixes of the address given to the dispatch; its own paths follow. */
const BELOW = /^\/integration\/(?:gootax|runtel)(\/.*)?$/;

/** Whether the path belongs to an integration. */
export function isIntegration(path: string): boolean {
  return path === AREA || path.startsWith(`${AREA}/`);
}

/** The path of the dispatch's contract, without the prefix and the token of our address. */
export function contractPath(path: string): { path: string; token: string | undefined } {
  const [, token, after] = WITH_TOKEN.exec(path) ?? [];
  if (token !== undefined) return { path: after ?? '/', token };
  const [whole, below] = BELOW.exec(path) ?? [];
  return { path: whole === undefined ? path : (below ?? '/'), token: undefined };
}

/** Undefined: the profile has no such path. */
export function findRequest(method: string, path: string, { paths }: GootaxProfile): RequestPath | undefined {
  const known = Object.entries(paths).flatMap(([route, meaning]) =>
    meaning === 'none' ? [] : [[withoutEmptySegments(route), meaning] as const],
  );
  const found = findRoute(method, withoutEmptySegments(path), known);
  return found && { meaning: found.target, params: found.params };
}

/** A dispatch appends its paths to an address that may end in a slash. */
function withoutEmptySegments(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}
