import { DateTime } from 'luxon';

/** Formats an instant in the company's time zone. @param at ISO 8601, or milliseconds since 1970 */
export function formatInstant(at: string | number, zone: string): string {
  const instant = typeof at === 'number' ? DateTime.fromMillis(at, { zone }) : DateTime.fromISO(at, { zone });
  return instant.toFormat('yyyy-MM-dd HH:mm:ss');
}
