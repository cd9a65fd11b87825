import { DateTime } from 'luxon';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  isDay,
  startOfDay,
  startOfMonth,
  weekdayOf,
} from '../../../src/web/console/dates.js';

const ZONES = ['Europe/Prague', 'Asia/Vladivostok', 'America/New_York', 'Asia/Kathmandu', 'UTC'];

test('a day begins at midnight of the time zone, on every day of the year', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 800 }), (zone, days) => {
      const day = addDays('2025-01-01', days);
      expect(startOfDay(day, zone)).toBe(DateTime.fromISO(day, { zone }).toMillis());
      expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
    }),
  );
});

test('days are counted across months and changes of the clock', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(startOfMonth('2026-11-29')).toBe('2026-11-01');
  expect(startOfMonth('2026-01-15', -1)).toBe('2025-12-01');
  expect(weekdayOf('2026-11-29')).toBe(7);
  expect(weekdayOf('2026-11-30')).toBe(1);
});

test('what is no day is not taken for one', () => {
  expect(['2026-11-29', '2026-13-01', '29.11.2026', '', null].map(isDay)).toEqual([true, false, false, false, false]);
});
