import { DAY_MS, HOUR_MS } from '../../lib/time.js';
import { failed, ok, warning, type Finding } from '../finding.js';

/** A daily backup may be made up later in the day. */
const LATE_MS = 2 * DAY_MS;
const OLD_MS = 7 * DAY_MS;

interface BackupFacts {
  /** When the last successful one was begun; undefined: never. */
  lastAt: number | undefined;
  /** Why the last attempt failed; undefined: it did not. */
  failure: string | undefined;
  /** Whether there is a daily backup. */
  isScheduled: boolean;
  /** Why the gateway makes none, when it does not. */
  refusal: string | undefined;
}

export function checkBackup({ lastAt, failure, isScheduled, refusal }: BackupFacts, now: number): Finding {
  if (refusal !== undefined) return ok(refusal);
  const age = lastAt === undefined ? 'there is no backup' : `the last backup is ${ageOf(now - lastAt)} old`;
  const value = `${age}; ${isScheduled ? 'one is made daily' : 'none is made daily'}`;
  if (failure !== undefined) return failed(`${value}; the last one failed: ${failure}`, 'backup_failed');
  if (lastAt === undefined) return warning(value, 'backup_none');
  return now - lastAt > (isScheduled ? LATE_MS : OLD_MS) ? warning(value, 'backup_old') : ok(value);
}

function ageOf(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  return hours < 48 ? `${hours} h` : `${Math.floor(ms / DAY_MS)} days`;
}
