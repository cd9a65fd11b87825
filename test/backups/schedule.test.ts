import { expect, it } from 'vitest';
import { isBackupDue, lastScheduledTime } from '../../src/backups/schedule.js';

const timeZone = 'Europe/Prague';
const at = '03:30';
const instant = (text: string) => Date.parse(text);
const due = (now: string, succeeded?: string, failed?: string) =>
  isBackupDue({
    now: instant(now),
    at,
    timeZone,
    succeededAt: succeeded === undefined ? undefined : instant(succeeded),
    failedAt: failed === undefined ? undefined : instant(failed),
  });

it('is due at its time on the clock of the company, summer and winter', () => {
  expect(lastScheduledTime(instant('2026-01-15T02:30:00Z'), at, timeZone)).toBe(instant('2026-01-15T02:30:00Z'));
  expect(lastScheduledTime(instant('2026-01-15T02:29:59Z'), at, timeZone)).toBe(instant('2026-01-14T02:30:00Z'));
  expect(lastScheduledTime(instant('2026-07-15T12:00:00Z'), at, timeZone)).toBe(instant('2026-07-15T01:30:00Z'));
});

it('is due once a day', () => {
  expect(due('2026-01-15T02:30:00Z', '2026-01-14T02:30:10Z')).toBe(true);
  expect(due('2026-01-15T02:31:00Z', '2026-01-15T02:30:10Z')).toBe(false);
  expect(due('2026-01-16T02:29:00Z', '2026-01-15T02:30:10Z')).toBe(false);
});

it('is made up when the gateway was not running at its time, and after a backup by hand the day before', () => {
  expect(due('2026-01-15T09:00:00Z', '2026-01-13T02:30:10Z')).toBe(true);
  expect(due('2026-01-15T09:00:00Z', '2026-01-14T20:00:00Z')).toBe(true);
  expect(due('2026-01-15T09:00:00Z', '2026-01-15T08:00:00Z')).toBe(false);
  expect(due('2026-01-15T09:00:00Z')).toBe(true);
});

it('is tried again an hour after a failure, also when the clock was set back', () => {
  expect(due('2026-01-15T03:00:00Z', undefined, '2026-01-15T02:30:00Z')).toBe(false);
  expect(due('2026-01-15T03:30:00Z', undefined, '2026-01-15T02:30:00Z')).toBe(true);
  expect(due('2026-01-15T03:00:00Z', undefined, '2027-01-15T02:30:00Z')).toBe(true);
});
