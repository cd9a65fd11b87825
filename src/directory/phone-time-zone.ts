import { DateTime } from 'luxon';

/** How phones are told a time zone. */
export interface ZoneRules {
  /** Hours ahead of UTC in winter. */
  offsetH: number;
  /** Summer time as in Europe: from the last Sunday of March, 1:00 UTC, to that of October. */
  hasSummerTime: boolean;
}

const SUNDAY = 7;

/** @returns undefined for zones whose rules phones are not told: other summer times, and parts of hours */
export function zoneRulesOf(zone: string, year: number): ZoneRules | undefined {
  const [spring, autumn] = [lastSunday(year, 3), lastSunday(year, 10)];
  const offsetAt = (instant: DateTime) => instant.setZone(zone).offset / 60;
  const winter = offsetAt(DateTime.utc(year, 1, 1));
  if (!Number.isInteger(winter)) return undefined;
  const offsets = [spring, autumn].flatMap((change) => [offsetAt(change.minus({ minutes: 1 })), offsetAt(change)]);
  const isSummerTime = [0, 1, 1, 0].every((hours, index) => offsets[index] === winter + hours);
  const isConstant = [...offsets, offsetAt(DateTime.utc(year, 7, 1))].every((hours) => hours === winter);
  return isSummerTime || isConstant ? { offsetH: winter, hasSummerTime: isSummerTime } : undefined;
}

/** The moment at which Europe changes its clocks in that month. */
function lastSunday(year: number, month: number): DateTime {
  const last = DateTime.utc(year, month, 31, 1);
  return last.minus({ days: last.weekday % SUNDAY });
}
