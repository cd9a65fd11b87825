import { describe, expect, it } from 'vitest';
import { hasPublicHolidays, holidayRegions, publicHolidaysOf } from '../../src/directory/public-holidays.js';

const datesOf = (region: string, year: number) => publicHolidaysOf(region, year).map(({ date }) => date);

describe('public holidays', () => {
  it('of the Czech Republic are those of its law, with Easter', () =>
    expect(datesOf('CZ', 2026)).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-07-05',
      '2026-07-06',
      '2026-09-28',
      '2026-10-28',
      '2026-11-17',
      '2026-12-24',
      '2026-12-25',
      '2026-12-26',
    ]));

  it('that last several days have each of them', () =>
    expect(datesOf('RU', 2026)).toEqual(
      expect.arrayContaining(['2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06']),
    ));

  it('of a region have those that only it keeps', () => {
    expect(datesOf('DE', 2026)).not.toContain('2026-01-06');
    expect(datesOf('DE-BY', 2026)).toContain('2026-01-06');
  });

  it('are named in the language, or in that of the country', () => {
    const [first] = publicHolidaysOf('CZ', 2026, 'ru');
    expect(first).toEqual({ date: '2026-01-01', name: 'Новый год' });
  });

  it.each(['XX', 'DE-XX', 'constructor', ''])('of %j are not known', (region) => {
    expect(hasPublicHolidays(region)).toBe(false);
    expect(publicHolidaysOf(region, 2026)).toEqual([]);
  });

  it('are known for many countries, and some regions', () => {
    expect(holidayRegions(undefined, 'en')).toContainEqual({ code: 'CZ', name: 'Czech Republic' });
    expect(holidayRegions('DE', 'en')).toContainEqual({ code: 'DE-BY', name: 'Bayern' });
    expect(holidayRegions('CZ', 'en')).toEqual([]);
  });
});
