import { scopeMissing } from './problem.js';
import type { Request, Scope } from './route.js';
import { nameOf } from './tokens.js';

/** For routes that everybody who works here may use, and programs with one more scope. @returns the name of the person or token @throws {Problem} 403 */
export function requireActor({ who, can }: Request, scopeOfTokens: Scope): string {
  if (who === undefined || (who.operator === undefined && !can(scopeOfTokens))) throw scopeMissing(scopeOfTokens);
  return nameOf(who);
}
