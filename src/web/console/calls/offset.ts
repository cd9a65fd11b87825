import { formatDuration, formatSeconds } from '../format.js';
import { texts } from './texts.js';

/** Calls that are shorter than this show tenths of seconds. */
const SHORT_MS = 20_000;

/** A time since the start of a call, as exact as its length asks for. */
export function formatOffset(ms: number, lengthMs: number): string {
  return lengthMs < SHORT_MS ? `${formatSeconds(ms)} ${texts.seconds}` : formatDuration(ms);
}

/** A place on a time axis that is `ofMs` long. */
export function percent(ms: number, ofMs: number): string {
  return `${((ms / ofMs) * 100).toFixed(2)}%`;
}

/** When something began and ended, in milliseconds since the start of the call. */
export function describeSpan({ from, to }: { from: number; to: number }, lengthMs: number): string {
  const begin = formatOffset(from, lengthMs);
  return to === from ? begin : `${begin}–${formatOffset(to, lengthMs)}`;
}
