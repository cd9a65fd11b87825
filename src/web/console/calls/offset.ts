import { formatDuration } from '../format.js';
import { pageLanguage } from '../texts.js';
import { texts } from './texts.js';

/** Calls that are shorter than this show tenths of seconds. */
const SHORT_MS = 20_000;

const tenths = new Intl.NumberFormat(pageLanguage, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A time since the start of a call, as exact as its length asks for. */
export function formatOffset(ms: number, lengthMs: number): string {
  return lengthMs < SHORT_MS ? `${tenths.format(ms / 1000)} ${texts.seconds}` : formatDuration(ms);
}
