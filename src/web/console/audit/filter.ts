import type { paths } from '../api/schema.js';
import { addDays, isDay, startOfDay } from '../dates.js';
import { session } from '../session.js';

type Query = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>;

/** Fields of the address. `from` and `to` are days; `to` is the last one. */
export const FIELDS = ['actor', 'action', 'from', 'to'] as const;

export function isFiltered(search: string): boolean {
  const chosen = new URLSearchParams(search);
  return FIELDS.some((field) => chosen.has(field));
}

/** The filter in the address, as the API expects it. */
export function auditQuery(search: string): Query {
  const chosen = new URLSearchParams(search);
  const [actor, action, from, to] = FIELDS.map((field) => chosen.get(field));
  const instant = (day: string) => new Date(startOfDay(day, session.timeZone)).toISOString();
  const query: Query = {};
  if (actor != null) query.actor = actor;
  // The API refuses actions that it does not know.
  if (action != null) query.action = action as NonNullable<Query['action']>;
  if (isDay(from ?? null)) query.from = instant(from ?? '');
  if (isDay(to ?? null)) query.to = instant(addDays(to ?? '', 1));
  return query;
}
