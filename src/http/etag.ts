import { createHash } from 'node:crypto';
import { Problem } from './problem.js';
import type { Request } from './route.js';

/** Request headers of routes that need a precondition, for their description. */
export const preconditionHeaders = {
  'If-Match': 'The ETag that you have read: the request is refused when it is another one by now',
  'If-None-Match': '`*` for something new: the request is refused when it exists',
};

/** Request headers of routes that change only what exists. */
export const ifMatchHeader = { 'If-Match': preconditionHeaders['If-Match'] };

/** An entity tag (with its quotes) of a JSON value. */
export function etagOf(value: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"`;
}

/** What a client requires of the thing that it changes: a tag that it has read, that it exists, or that it does not. */
export type Precondition = { is: string } | { exists: boolean };

/** @throws {Problem} 428 without a precondition: another change would be overwritten unnoticed */
export function preconditionOf({ headers }: Pick<Request, 'headers'>): Precondition {
  const ifMatch = headers['if-match']?.trim();
  if (ifMatch === '*') return { exists: true };
  if (ifMatch !== undefined) return { is: ifMatch.replace(/^W\//, '') };
  if (headers['if-none-match']?.trim() === '*') return { exists: false };
  throw new Problem(
    428,
    'Precondition required',
    'send If-Match with the ETag that you have read, or If-None-Match: * for something new',
  );
}

/** @param etag of the present thing; undefined when there is none */
export function fulfils(precondition: Precondition, etag: string | undefined): boolean {
  return 'is' in precondition ? precondition.is === etag : precondition.exists === (etag !== undefined);
}
