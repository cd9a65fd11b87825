import { z } from 'zod';
import { shorthand } from '../lib/codec.js';
import { meaning } from '../lib/setting-meaning.js';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 08:00');
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-24');
const yearlyDate = z.string().regex(/^\d{2}-\d{2}$/, 'a day such as 12-24');
const timeSpan = z.strictObject({ from: clockTime, to: clockTime });

const REGION = /^[A-Z]{2}(-[A-Z0-9]{1,4})?$/;
/** The public holidays of a country or region. */
const region = z.string().regex(REGION, 'the ISO 3166 code of a country or region, such as CZ or DE-BY');

const holidayList = shorthand(z.union([region, z.array(z.union([isoDate, yearlyDate, region]))]), {
  decode: (written) => (typeof written === 'string' ? [written] : written),
  encode: (list) => {
    const [first] = list;
    return first !== undefined && list.length === 1 && isRegion(first) ? first : list;
  },
});

/** Weekly opening hours with holidays and exceptions (their own hours), in one IANA time zone. */
export const hoursSchema = meaning(
  'hours',
  z.strictObject({
    /** IANA name; default: the line's. */
    time_zone: z.string().optional(),
    weekly: z.partialRecord(weekday, z.array(timeSpan)),
    /** `2026-12-24`, `12-24` for every year, or `CZ` for the public holidays of a country. */
    holidays: holidayList.default([]),
    /** Hours on holidays. Default: closed. */
    holiday_hours: z.array(timeSpan).optional(),
    /** Days with their own hours; they take precedence over `weekly` and `holidays`. */
    exceptions: z.array(z.strictObject({ date: isoDate, open: z.array(timeSpan) })).default([]),
  }),
);

export type Hours = z.output<typeof hoursSchema>;

/** Whether an entry of `holidays` names a country or region. */
export function isRegion(holiday: string): boolean {
  return REGION.test(holiday);
}
