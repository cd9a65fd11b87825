const DAY_MS = 86_400_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers

/** Instants as people say them, in a language and a time zone. */
export interface InstantFormat {
  /** `today 21:02`, `yesterday 9:15`, `28. 11. 21:02`, with the year when it is another one. */
  when(at: string | number, now?: number): string;
  /** With the year and seconds. */
  exact(at: string | number): string;
  /** Hours and minutes. */
  time(at: number): string;
}

/** @param timeZone IANA name */
export function instantFormat(language: string, timeZone: string): InstantFormat {
  // European dates and times of 24 hours in English, too.
  const locale = language === 'en' ? 'en-GB' : language;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const dayAndMonth = format({ day: 'numeric', month: 'numeric' });
  const wholeDate = format({ day: 'numeric', month: 'numeric', year: 'numeric' });
  const exact = format({ dateStyle: 'medium', timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat('sv', { timeZone });
  const relativeDay = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return {
    when(at, now = Date.now()) {
      const instant = new Date(at);
      const [then, today] = [day.format(instant), day.format(now)];
      const daysAgo = Math.round((Date.parse(today) - Date.parse(then)) / DAY_MS);
      const date =
        daysAgo === 0 || daysAgo === 1
          ? relativeDay.format(-daysAgo, 'day')
          : (then.slice(0, 4) === today.slice(0, 4) ? dayAndMonth : wholeDate).format(instant);
      return `${date} ${time.format(instant)}`;
    },
    exact: (at) => exact.format(new Date(at)),
    time: (at) => time.format(at),
  };
}
