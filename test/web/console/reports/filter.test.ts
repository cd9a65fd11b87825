import { expect, test } from 'vitest';
import {
  addressOf,
  daysOf,
  periodsOf,
  ranges,
  readFilter,
  withDays,
} from '../../../../src/web/console/reports/filter.js';

/** A Sunday. */
const TODAY = '2026-11-29';
const ZONE = 'Europe/Prague';
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

test('without anything in the address it is the last seven days, by day, with the seven days before', () => {
  const filter = readFilter('', TODAY);
  expect(filter).toEqual({
    view: 'calls',
    range: 'last7',
    from: '2026-11-23',
    to: TODAY,
    by: 'day',
    key: undefined,
    within: 20,
    compare: 'before',
  });
  expect(addressOf(filter, TODAY)).toBe('/reports');
});

test.each([
  'view=queues&key=12&within=30',
  'range=today&by=day',
  'range=last_month&compare=none',
  'from=2026-10-24&to=2026-10-26',
  'range=last365&by=weekday_hour&measure=waited_average_ms',
  'view=menus&range=yesterday&compare=before',
])('the address %s keeps its filter', (search) => {
  const filter = readFilter(search, TODAY);
  const address = addressOf(filter, TODAY);
  expect(readFilter(new URL(address, 'http://localhost').search, TODAY)).toEqual(filter);
  expect(address).toBe(`/reports?${search}`);
});

test('grouping and comparison follow the days, unless they were chosen', () => {
  const days = { range: 'today', ...daysOf('today', TODAY) } as const;
  expect(addressOf(withDays(readFilter('', TODAY), days, TODAY), TODAY)).toBe('/reports?range=today');
  const chosen = readFilter('by=weekday&compare=none', TODAY);
  expect(addressOf(withDays(chosen, days, TODAY), TODAY)).toBe('/reports?range=today&by=weekday&compare=none');
});

test('values that it does not know are ignored', () => {
  const strange = 'view=secrets&range=ever&by=minute&within=7&compare=all&from=2026-11-30&to=2026-11-01';
  expect(readFilter(strange, TODAY)).toEqual(readFilter('', TODAY));
});

test('the ranges of a Sunday', () => {
  expect(Object.fromEntries(ranges.map((range) => [range, Object.values(daysOf(range, TODAY)).join(' ')]))).toEqual({
    today: '2026-11-29 2026-11-29',
    yesterday: '2026-11-28 2026-11-28',
    last7: '2026-11-23 2026-11-29',
    last30: '2026-10-31 2026-11-29',
    last365: '2025-11-30 2026-11-29',
    this_week: '2026-11-23 2026-11-29',
    last_week: '2026-11-16 2026-11-22',
    this_month: '2026-11-01 2026-11-29',
    last_month: '2026-10-01 2026-10-31',
  });
});

test('a day is compared with the same weekday, until the same time when it is not over', () => {
  const filter = readFilter('range=today', TODAY);
  expect(filter).toMatchObject({ by: 'hour', compare: 'week' });
  const { current, before } = periodsOf(filter, ZONE, Date.parse('2026-11-29T12:00:00Z'));
  expect([iso(current.start), iso(current.end)]).toEqual(['2026-11-28T23:00:00.000Z', '2026-11-29T23:00:00.000Z']);
  expect([iso(before?.start), iso(before?.end)]).toEqual(['2026-11-21T23:00:00.000Z', '2026-11-22T12:00:00.000Z']);
});

test('whole days are compared with whole days, also across a change of the clock', () => {
  const filter = readFilter('from=2026-10-20&to=2026-10-26&compare=before', TODAY);
  const { current, before } = periodsOf(filter, ZONE, Date.parse('2026-11-29T12:00:00Z'));
  expect([iso(current.start), iso(current.end)]).toEqual(['2026-10-19T22:00:00.000Z', '2026-10-26T23:00:00.000Z']);
  expect(before).toMatchObject({ from: '2026-10-13', to: '2026-10-19' });
  expect([iso(before?.start), iso(before?.end)]).toEqual(['2026-10-12T22:00:00.000Z', '2026-10-19T22:00:00.000Z']);
});

test('nothing is compared when it is not wanted', () => {
  expect(periodsOf(readFilter('compare=none', TODAY), ZONE, 0).before).toBeUndefined();
});
