/** Choices of the instant of a simulated call. */
export const moments = ['now', 'friday', 'saturday', 'christmas', 'other'] as const;
export type Moment = (typeof moments)[number];

const FRIDAY = 5;
const SATURDAY = 6;

/**
 * The instant as the API reads it: without an offset it is local time.
 * @param today of the company, ISO
 * @param now UTC, ISO
 */
export function instantOf(moment: Exclude<Moment, 'other'>, today: string, now: string): string {
  switch (moment) {
    case 'now':
      return now;
    case 'friday':
      return `${nextWeekday(today, FRIDAY)}T16:00`;
    case 'saturday':
      return `${nextWeekday(today, SATURDAY)}T10:00`;
    case 'christmas':
      return `${today.slice(0, 4)}-12-24T10:00`;
  }
}

/** That weekday: today or in the next six days. @param weekday 0: Sunday */
function nextWeekday(today: string, weekday: number): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((weekday - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
}
