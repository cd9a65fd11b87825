import type { Scope } from '../../http/route.js';
import type { ConsoleSession } from '../session.js';

const place = document.getElementById('app');

/** The logged-in person or token, and the names that the pages show. The server writes it into the page. */
export const session = JSON.parse(place?.dataset['session'] ?? '{}') as ConsoleSession;

export function can(scope: Scope): boolean {
  return session.scopes.includes(scope);
}
