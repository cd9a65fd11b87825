import { pageLanguage } from '../texts.js';
import { texts } from './texts.js';

type Reason = keyof typeof texts.failures;

/** Why a request to another server did not succeed, in words. */
export function failureText({ status, reason }: { status: number | null; reason: Reason | null }): string {
  const { failures, statuses } = texts;
  if (status === null) return failures[reason ?? 'other'];
  const exact = statuses[status as keyof typeof statuses] as string | undefined;
  const kind = statuses[Math.floor(status / 100) as keyof typeof statuses] as string | undefined;
  if (exact !== undefined) return exact;
  return kind === undefined ? texts.status(status) : `${kind} (${status})`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;
const formats = new Map(
  UNITS.map(([unit]) => [
    unit,
    new Intl.NumberFormat(pageLanguage, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }),
  ]),
);

/** A duration in its largest unit, such as `25 min`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? UNITS[3];
  return formats.get(unit)?.format(Math.floor(seconds / size)) ?? '';
}
