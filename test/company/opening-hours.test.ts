import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, WEEKDAYS } from '../../src/company/opening-hours.js';
import { hoursSchema, type Hours } from '../../src/company/hours-schema.js';

const MINUTE_MS = 60_000;

function hours(input: object): Hours {
  return hoursSchema.parse({ weekly: {}, ...input });
}

/** Wall time of every minute between two instants at which it is open, each with how often it came. */
function openMinutes(given: Hours, from: string, to: string, zone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short', hourCycle: 'h23' });
  const open: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += MINUTE_MS) {
    if (isOpen(given, at, zone)) open.push(format.format(at));
  }
  return open;
}

describe('weekly hours', () => {
  const weekly = {
    mon: [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '24:00' },
    ],
  };

  it.each([
    ['2026-06-01T07:59:59+02:00', false],
    ['2026-06-01T08:00:00+02:00', true],
    ['2026-06-01T11:59:59+02:00', true],
    ['2026-06-01T12:00:00+02:00', false],
    ['2026-06-01T13:00:00+02:00', true],
    ['2026-06-01T23:59:59+02:00', true],
    ['2026-06-02T00:00:00+02:00', false],
    ['2026-06-02T09:00:00+02:00', false],
  ])('at %s: %s', (at, open) => expect(isOpen(hours({ weekly }), Date.parse(at), 'Europe/Prague')).toBe(open));

  it('is never open in a span that ends before it begins', () =>
    expect(
      openMinutes(hours({ weekly: { mon: [{ from: '22:00', to: '06:00' }] } }), '2026-06-01', '2026-06-03', 'UTC'),
    ).toEqual([]));

  it('uses the zone of the hours before that of the line', () => {
    const at = Date.parse('2026-06-01T08:30:00Z');
    expect(isOpen(hours({ weekly, time_zone: 'UTC' }), at, 'America/New_York')).toBe(true);
    expect(isOpen(hours({ weekly }), at, 'America/New_York')).toBe(false);
  });

  it('is closed where nobody knows the time', () =>
    expect(isOpen(hours({ weekly }), Date.parse('2026-06-01T10:00:00Z'), 'Mars/Olympus')).toBe(false));
});

describe('holidays and exceptions', () => {
  const all = Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '08:00', to: '16:00' }]]));
  const given = hours({
    weekly: all,
    holidays: ['12-24', '2026-12-25', '2026-12-23'],
    exceptions: [
      { date: '2026-12-23', open: [{ from: '10:00', to: '11:00' }] },
      { date: '2026-12-22', open: [] },
    ],
  });

  it.each([
    ['2026-12-21T09:00', true],
    ['2026-12-22T09:00', false],
    ['2026-12-23T09:00', false],
    ['2026-12-23T10:30', true],
    ['2026-12-24T09:00', false],
    ['2027-12-24T09:00', false],
    ['2026-12-25T09:00', false],
    ['2027-12-25T09:00', true],
  ])('%s: %s', (at, open) => expect(isOpen(given, Date.parse(`${at}Z`), 'UTC')).toBe(open));
});

describe('when clocks change', () => {
  it('skips what the clock skips', () => {
    const night = hours({ weekly: { sun: [{ from: '02:00', to: '03:00' }] } });
    expect(openMinutes(night, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Prague')).toEqual([]);
    const morning = hours({ weekly: { sun: [{ from: '02:30', to: '05:00' }] } });
    const open = openMinutes(morning, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Prague');
    expect([open[0], open.length]).toEqual(['03:00', 120]);
  });

  it('counts twice what the clock shows twice', () => {
    const night = hours({ weekly: { sun: [{ from: '02:00', to: '03:00' }] } });
    expect(openMinutes(night, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'Europe/Prague')).toHaveLength(120);
  });

  it('knows that the south changes the other way round', () => {
    const night = hours({ weekly: { sun: [{ from: '02:00', to: '03:00' }] } });
    expect(openMinutes(night, '2026-04-04T13:00:00Z', '2026-04-05T14:00:00Z', 'Australia/Sydney')).toHaveLength(120);
    expect(openMinutes(night, '2026-10-03T14:00:00Z', '2026-10-04T13:00:00Z', 'Australia/Sydney')).toEqual([]);
  });
});

/** The same question answered slowly by other means: Intl for the wall clock, minutes of the day for the spans. */
function slowIsOpen(given: Hours, at: number, zone: string): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: given.time_zone ?? zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const minute = Number(part('hour')) * 60 + Number(part('minute'));
  const spans = () => {
    for (const exception of given.exceptions) if (exception.date === date) return exception.open;
    for (const holiday of given.holidays) if (date.endsWith(holiday)) return [];
    return given.weekly[part('weekday').toLowerCase() as (typeof WEEKDAYS)[number]] ?? [];
  };
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  for (const { from, to } of spans()) {
    for (let open = minutes(from); open < minutes(to); open++) if (open === minute) return true;
  }
  return false;
}

describe.each([
  ['Europe/Prague', ['2026-03-28T12:00:00Z', '2026-10-24T12:00:00Z', '2026-12-23T12:00:00Z']],
  ['Australia/Lord_Howe', ['2026-04-04T03:00:00Z', '2026-10-03T03:00:00Z', '2026-12-23T12:00:00Z']],
])('agrees with a slow oracle in %s', (zone, days) => {
  const clockTime = fc
    .integer({ min: 0, max: 1440 })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
  const spans = fc.array(fc.record({ from: clockTime.filter((time) => time < '24:00'), to: clockTime }), {
    maxLength: 3,
  });
  const dates = days.flatMap((day) => [day.slice(0, 10), day.slice(5, 10), nextDay(day)]);
  const anyHours = fc
    .record({
      weekly: fc.dictionary(fc.constantFrom(...WEEKDAYS), spans),
      holidays: fc.subarray(dates, { maxLength: 2 }),
      exceptions: fc.array(
        fc.record({ date: fc.constantFrom(...dates.filter((date) => date.length === 10)), open: spans }),
        { maxLength: 2 },
      ),
    })
    .map(hours);

  it.each(days)('around %s', (day) =>
    fc.assert(
      fc.property(anyHours, fc.integer({ min: 0, max: 36 * 3600 }), (given, seconds) => {
        const at = Date.parse(day) + seconds * 1000;
        expect(isOpen(given, at, zone)).toBe(slowIsOpen(given, at, zone));
      }),
      { numRuns: 500 },
    ),
  );

  it('minute by minute through both changes', () => {
    const given = hours({
      weekly: {
        sat: [{ from: '23:00', to: '24:00' }],
        sun: [
          { from: '01:31', to: '02:15' },
          { from: '02:45', to: '03:01' },
        ],
      },
    });
    for (const day of days.slice(0, 2)) {
      for (let minute = 0; minute < 36 * 60; minute++) {
        const at = Date.parse(day) + minute * MINUTE_MS;
        if (isOpen(given, at, zone) !== slowIsOpen(given, at, zone)) expect.unreachable(new Date(at).toISOString());
      }
    }
  });
});

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
