import { formatDuration, formatSeconds } from '../format.js';
import { texts } from './texts.js';

/** Calls that are shorter than this show tenths of seconds. */
const SHORT_MS = 20_000;

/** A time since the start of a call, as exact as its length asks for. */
export function formatOffset(ms: number, lengthMs: number): string {
  return lengthMs < SHORT_MS ? `${formatSeconds(ms)} ${texts.seconds}` : formatDuration(ms);
}
