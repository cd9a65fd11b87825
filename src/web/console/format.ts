import { instantFormat } from '../instant-format.js';
import { session } from './session.js';
import { pageLanguage } from './texts.js';

export { formatDuration, groupDigits } from '../plain-format.js';

const tenths = new Intl.NumberFormat(pageLanguage, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Seconds with tenths, without a unit. */
export function formatSeconds(ms: number): string {
  return tenths.format(ms / 1000);
}

const instants = instantFormat(pageLanguage, session.timeZone);

/** An instant as people say it: `today 21:02`, `yesterday 9:15`, `28. 11. 21:02`, with the year when it is another one. */
export const formatWhen = (at: string, now?: number): string => instants.when(at, now);
export const formatExactInstant = (at: string | number): string => instants.exact(at);
export const formatTime = (at: number): string => instants.time(at);
