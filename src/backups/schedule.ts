import { DateTime } from 'luxon';
import { HOUR_MS } from '../lib/time.js';

/** After a failure the next attempt waits this long. */
const RETRY_MS = HOUR_MS;

interface ScheduleState {
  now: number;
  /** Local time of the day, `HH:MM`. */
  at: string;
  timeZone: string;
  /** When the last successful backup began. */
  succeededAt: number | undefined;
  failedAt: number | undefined;
}

/** Whether a scheduled backup is due: none has succeeded since the last scheduled time. So one that was missed is made up. */
export function isBackupDue({ now, at, timeZone, succeededAt, failedAt }: ScheduleState): boolean {
  if (succeededAt !== undefined && succeededAt >= lastScheduledTime(now, at, timeZone)) return false;
  return failedAt === undefined || failedAt > now || now - failedAt >= RETRY_MS;
}

/** The last scheduled time up to an instant. */
export function lastScheduledTime(now: number, at: string, timeZone: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const today = DateTime.fromMillis(now, { zone: timeZone }).set({ hour, minute, second: 0, millisecond: 0 });
  const last = today.toMillis() <= now ? today : today.minus({ days: 1 });
  return last.toMillis();
}
