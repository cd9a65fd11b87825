import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { isWithin, nextOpening, type CallingWindow } from '../../src/notifications/window.js';

const MINUTE_MS = 60_000;
const PRAGUE = 'Europe/Prague';
const at = (local: string, zone = PRAGUE) => DateTime.fromISO(local, { zone }).toMillis();
const window = (from: string, to: string, timeZone = PRAGUE): CallingWindow => ({
  from,
  to,
  timeZone,
  policy: 'defer',
});
const opens = (one: CallingWindow, from: string) => {
  const next = nextOpening(one, Date.parse(from));
  return next === undefined ? undefined : DateTime.fromMillis(next, { zone: one.timeZone }).toISO();
};

describe('a calling window', () => {
  it('follows local time; its end is excluded', () => {
    const day = window('08:00', '20:00');
    expect(isWithin(day, at('2026-11-21T08:00'))).toBe(true);
    expect(isWithin(day, at('2026-11-21T19:59:59'))).toBe(true);
    expect(isWithin(day, at('2026-11-21T20:00'))).toBe(false);
    expect(isWithin(day, at('2026-11-21T07:59:59'))).toBe(false);
  });

  it('can span midnight, or be the whole day', () => {
    const night = window('22:00', '02:00');
    expect(isWithin(night, at('2026-11-21T23:00'))).toBe(true);
    expect(isWithin(night, at('2026-11-21T01:59'))).toBe(true);
    expect(isWithin(night, at('2026-11-21T02:00'))).toBe(false);
    expect(isWithin(window('06:00', '06:00'), at('2026-11-21T02:00'))).toBe(true);
  });

  it.each([
    // Clocks go forward on 29 March 2026 at 01:00 UTC, and back on 25 October at 01:00 UTC.
    ['08:00', '20:00', '2026-03-28T20:00:00Z', '2026-03-29T08:00:00.000+02:00'],
    ['08:00', '20:00', '2026-10-24T20:00:00Z', '2026-10-25T08:00:00.000+01:00'],
    ['02:30', '05:00', '2026-03-28T23:30:00Z', '2026-03-29T03:00:00.000+02:00'],
    ['02:15', '02:45', '2026-03-28T23:30:00Z', '2026-03-30T02:15:00.000+02:00'],
    ['02:15', '02:45', '2026-10-24T23:30:00Z', '2026-10-25T02:15:00.000+02:00'],
    ['02:15', '02:45', '2026-10-25T00:50:00Z', '2026-10-25T02:15:00.000+01:00'],
    ['01:00', '02:30', '2026-10-25T00:40:00Z', '2026-10-25T02:00:00.000+01:00'],
  ])('%s–%s, seen from %s, opens at %s', (from, to, now, expected) =>
    expect(opens(window(from, to), now)).toBe(expected),
  );

  it('opens at the first open minute, in any zone and across any change of clocks', () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    const changes = [
      '2026-03-28T12:00Z',
      '2026-10-24T12:00Z',
      '2026-04-04T10:00Z',
      '2026-10-03T10:00Z',
      '2026-06-01T00:00Z',
    ];
    fc.assert(
      fc.property(
        clock,
        clock,
        fc.constantFrom(
          PRAGUE,
          'Australia/Lord_Howe',
          'Asia/Kathmandu',
          'America/New_York',
          'Africa/Casablanca',
          'UTC',
        ),
        fc.constantFrom(...changes),
        fc.nat(1440),
        (from, to, zone, day, minute) => {
          const one = window(from, to, zone);
          const start = Date.parse(day) + minute * MINUTE_MS;
          let found: number | undefined;
          for (let n = 0; n < 3 * 1440 && found === undefined; n += 1)
            if (isWithin(one, start + n * MINUTE_MS)) found = start + n * MINUTE_MS;
          expect(nextOpening(one, start)).toBe(found);
        },
      ),
      { numRuns: 60 },
    );
  });
});
