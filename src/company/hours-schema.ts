import { z } from 'zod';
import { meaning } from '../lib/setting-meaning.js';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 08:00');
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-24');
const timeSpan = z.strictObject({ from: clockTime, to: clockTime });

/** Weekly opening hours with holidays (closed) and exceptions (their own hours), in one IANA time zone. */
export const hoursSchema = meaning(
  'hours',
  z.strictObject({
    /** IANA name; default: the line's. */
    time_zone: z.string().optional(),
    weekly: z.partialRecord(weekday, z.array(timeSpan)),
    /** Closed days: `2026-12-24`, or `12-24` for every year. */
    holidays: z.array(z.union([isoDate, z.string().regex(/^\d{2}-\d{2}$/)])).default([]),
    /** Days with their own hours; they take precedence over `weekly` and `holidays`. */
    exceptions: z.array(z.strictObject({ date: isoDate, open: z.array(timeSpan) })).default([]),
  }),
);

export type Hours = z.output<typeof hoursSchema>;
