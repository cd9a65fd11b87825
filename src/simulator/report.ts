import { DateTime } from 'luxon';
import type { LogEntry } from '../kernel/flow.js';
import type { SimulatedCall } from './simulate.js';

/** Renders a call as lines of text: time of day on the line, seconds since the start, event. */
export function reportCall({
  line,
  caller,
  timeZone,
  startedAt,
  endedAt,
  endedBy,
  keysLeft,
  timeline,
}: SimulatedCall): string {
  const day = DateTime.fromMillis(startedAt, { zone: timeZone }).toFormat('ccc yyyy-MM-dd HH:mm');
  const lines = [
    `Call from ${caller === '' ? 'a withheld number' : caller} to ${line}, ${day} ${timeZone}`,
    ...timeline.map((entry) => reportEntry(entry, startedAt, timeZone)),
    `Ended by ${endedBy} after ${seconds(endedAt - startedAt)} s`,
    ...(keysLeft === '' ? [] : [`Unused keys: ${keysLeft}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function reportEntry({ at, kind, data }: LogEntry, startedAt: number, zone: string): string {
  const time = DateTime.fromMillis(at, { zone }).toFormat('HH:mm:ss.SSS');
  const shown = Object.entries(data)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${time} ${seconds(at - startedAt).padStart(8)}  ${kind.padEnd(18)} ${shown.join(' ')}`.trimEnd();
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
