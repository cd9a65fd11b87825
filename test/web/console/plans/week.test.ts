import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../../../src/company/opening-hours.js';
import { hoursSchema } from '../../../../src/company/hours-schema.js';
import {
  DAYS,
  readWeek,
  spanBetween,
  timeOf,
  withoutSpan,
  withSpan,
  writeWeek,
  type Week,
  type WrittenWeek,
} from '../../../../src/web/console/plans/hours/week.js';

const MONDAY = Date.parse('2026-06-01T00:00:00Z');
const STEP_MINUTES = 30;

/** Whether the week is open at each half hour, as a call plan decides. */
function openSteps(written: WrittenWeek): boolean[] {
  const hours = hoursSchema.parse({ weekly: written });
  const steps = (7 * 24 * 60) / STEP_MINUTES;
  return Array.from({ length: steps }, (_, step) => isOpen(hours, MONDAY + step * STEP_MINUTES * 60 * 1000, 'UTC'));
}

const minutes = fc.integer({ min: 0, max: 48 }).map((step) => step * STEP_MINUTES);
const writtenSpan = fc
  .tuple(minutes, minutes)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return { from: timeOf(from), to: to === 1440 ? '24:00' : timeOf(to) };
  });
const anyWeek: fc.Arbitrary<WrittenWeek> = fc.dictionary(
  fc.constantFrom(...DAYS),
  fc.array(writtenSpan, { maxLength: 3 }),
) as fc.Arbitrary<WrittenWeek>;
const empty = readWeek({});

describe('a week', () => {
  it('is open at the same times after it was read and written', () =>
    fc.assert(
      fc.property(anyWeek, (week) => {
        expect(openSteps(writeWeek(readWeek(week)))).toEqual(openSteps(week));
      }),
      { numRuns: 60 },
    ));

  it('opens and closes exactly what is dragged', () =>
    fc.assert(
      fc.property(anyWeek, fc.constantFrom(...DAYS), writtenSpan, fc.boolean(), (written, day, span, opens) => {
        const dragged = spanBetween(span.from, span.to);
        if (dragged === undefined) throw new Error('no span');
        const week = readWeek(written);
        const changed = writeWeek((opens ? withSpan : withoutSpan)(week, day, dragged));
        const first = (DAYS.indexOf(day) * 1440 + dragged.from) / STEP_MINUTES;
        const last = (DAYS.indexOf(day) * 1440 + dragged.to) / STEP_MINUTES;
        const before = openSteps(written);
        const night = week[DAYS[(DAYS.indexOf(day) + 6) % 7] ?? day].some(({ to }) => to > 1440);
        const expected = before.map((open, step) => (step >= first && step < last ? opens : open));
        // The rest of a night belongs to the day before and cannot be closed here.
        fc.pre(opens || !night);
        expect(openSteps(changed)).toEqual(expected);
      }),
      { numRuns: 100 },
    ));

  it('has a span past midnight as one, written as two', () => {
    const night: Week = { ...empty, fri: [{ from: 22 * 60, to: 30 * 60 }] };
    const written = writeWeek(night);
    expect(written).toMatchObject({
      fri: [{ from: '22:00', to: '24:00' }],
      sat: [{ from: '00:00', to: '06:00' }],
      mon: [],
    });
    expect(readWeek(written)).toEqual(night);
  });

  it('goes on from Sunday night to Monday', () =>
    expect(readWeek({ sun: [{ from: '20:00', to: '24:00' }], mon: [{ from: '00:00', to: '02:00' }] })).toMatchObject({
      sun: [{ from: 1200, to: 1560 }],
      mon: [],
    }));

  it('that is open around the clock has whole days', () => {
    const always = Object.fromEntries(DAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));
    expect(readWeek(always).tue).toEqual([{ from: 0, to: 1440 }]);
  });

  it('joins spans that touch', () =>
    expect(withSpan({ ...empty, mon: [{ from: 480, to: 720 }] }, 'mon', { from: 720, to: 780 }).mon).toEqual([
      { from: 480, to: 780 },
    ]));
});

describe('a span', () => {
  it.each([
    ['08:00', '17:00', { from: 480, to: 1020 }],
    ['22:00', '06:00', { from: 1320, to: 1800 }],
    ['08:00', '00:00', { from: 480, to: 1440 }],
    ['08:00', '', undefined],
  ])('from %s to %s', (from, to, span) => expect(spanBetween(from, to)).toEqual(span));
});
