import { describe, expect, it } from 'vitest';
import {
  closedOn,
  isClosedOn,
  openAsUsualOn,
  ownHolidaysOf,
  regionOf,
  withHolidayHours,
  withHolidays,
  type Hours,
} from '../../../../src/web/console/plans/hours/hours.js';

const weekly = { mon: [{ from: '08:00', to: '17:00' }] };
const TODAY = '2026-11-30';

describe('closed today', () => {
  it('is an exception without hours, and its undo leaves nothing behind', () => {
    const closed = closedOn({ weekly }, TODAY);
    expect(closed).toEqual({ weekly, exceptions: [{ date: TODAY, open: [] }] });
    expect(isClosedOn(closed, TODAY)).toBe(true);
    expect(openAsUsualOn(closed, TODAY)).toEqual({ weekly });
  });

  it('replaces the other hours of the day, and keeps other days in order', () => {
    const other = { date: '2026-12-31', open: [{ from: '08:00', to: '12:00' }] };
    const hours: Hours = { weekly, exceptions: [{ date: TODAY, open: [{ from: '08:00', to: '10:00' }] }, other] };
    expect(isClosedOn(hours, TODAY)).toBe(false);
    expect(closedOn(hours, TODAY).exceptions).toEqual([{ date: TODAY, open: [] }, other]);
  });

  it('leaves the actions of an hours step alone', () =>
    expect(closedOn({ weekly, closed: ['hang_up'] } as Hours, TODAY)).toMatchObject({ closed: ['hang_up'] }));
});

describe('holidays', () => {
  it.each([
    [undefined, undefined, []],
    ['CZ', 'CZ', []],
    [['12-24'], undefined, ['12-24']],
    [['DE-BY', '2026-12-31'], 'DE-BY', ['2026-12-31']],
  ])('%j: %s and %j', (holidays, region, own) => {
    const hours: Hours = holidays === undefined ? { weekly } : { weekly, holidays };
    expect([regionOf(hours), ownHolidaysOf(hours)]).toEqual([region, own]);
    expect(withHolidays(hours, region, own)).toEqual(hours);
  });

  it('have hours, or none', () => {
    const open = withHolidayHours({ weekly }, [{ from: '09:00', to: '12:00' }]);
    expect(open.holiday_hours).toHaveLength(1);
    expect(withHolidayHours(open, undefined)).toEqual({ weekly });
  });
});
