import type { Scope } from '../../http/route.js';
import type { ConsoleSession } from '../session.js';

const place = document.getElementById('app');

/** The logged-in person or token, and the names that the pages show. The server writes it into the page. */
export const session = JSON.parse(place?.dataset['session'] ?? '{}') as ConsoleSession;

/** Keeps the shown names up to date after a change. */
export function renameInSession(list: 'handsets' | 'queues' | 'lines', key: string, title: string): void {
  if (list === 'queues')
    session.queues = replaced(session.queues, ({ id }) => String(id) === key, { id: Number(key), name: title });
  else if (list === 'lines')
    session.lines = replaced(session.lines, ({ number }) => number === key, { number: key, name: title });
  else
    session.handsets = replaced(session.handsets, ({ name }) => name === key, {
      name: key,
      title: title === '' ? key : title,
    });
}

function replaced<T>(items: readonly T[], isIt: (item: T) => boolean, item: T): T[] {
  return items.some(isIt) ? items.map((each) => (isIt(each) ? item : each)) : [...items, item];
}

export function can(scope: Scope): boolean {
  return session.scopes.includes(scope);
}
