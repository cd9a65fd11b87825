import type { ShownCall } from '../../monitor/protocol.js';
import { texts } from './texts.js';

/** Formats a number in groups, such as `+420 777 888 999`; masked digits stay masked. */
export function groupDigits(number: string): string {
  if (number === '') return texts.withheld;
  const [, country = '', rest = number] = /^(\+420|\+421|\+7|\+\S{3}(?=\S{9}$))(\S+)$/.exec(number) ?? [];
  if (rest.length < 7) return number;
  const groups = rest.match(/.{3}(?=.{3})|.+/g) ?? [rest];
  return [country, ...groups].filter((part) => part !== '').join('\u00a0');
}

/** The caller's name: from the shop, from the network, or the number. */
export function callerName({ customer, name, number }: ShownCall): string {
  return customer?.name || name || groupDigits(number);
}

/** Elapsed time, such as `1:05` or `1:02:30`. */
export function formatDuration(sinceIso: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(sinceIso)) / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '');
}

export const personName = ({ handset, number, party }: Omit<ShownCall['rings'][number], 'since'>): string =>
  party === undefined ? (handset ?? groupDigits(number ?? '')) : texts[party];

/** Whether the call rings for an operator. Outgoing calls do only while they wait in a queue. */
export function isRingingHere({ direction, rings, queue }: ShownCall): boolean {
  return rings.length > 0 && (direction === 'incoming' || queue !== undefined);
}

/** Prevents repeated presses by a key that is held down. */
export function ignoreRepeats(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}
