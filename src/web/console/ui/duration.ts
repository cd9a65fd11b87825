/** Durations as the company's document has them: `20s`, `500ms`, `2m`, or a number of seconds. */

export type DurationUnit = 'ms' | 's' | 'm' | 'h' | 'd';

export interface Duration {
  amount: string;
  unit: DurationUnit;
}

const MS: Record<DurationUnit, number> = { ms: 1, s: 1000, m: 60 * 1000, h: 3600 * 1000, d: 24 * 3600 * 1000 };

/**
 * The amount in the largest of the units that makes it a whole number.
 * @param units that the field offers, smallest first
 * @returns an empty amount for what is no duration
 */
export function readDuration(written: unknown, units: readonly DurationUnit[]): Duration {
  const [, amount, unit = 's'] =
    /^([\d.]+)\s*(ms|s|m|h|d)?$/.exec(String((written as string | number | undefined) ?? '')) ?? [];
  const usual = units.includes('s') ? 's' : (units[0] ?? 's');
  if (amount === undefined) return { amount: '', unit: usual };
  const ms = Number(amount) * MS[unit as DurationUnit];
  if (ms === 0) return { amount: '0', unit: usual };
  const largest = [...units].reverse().find((each) => ms % MS[each] === 0) ?? usual;
  return { amount: String(ms / MS[largest]), unit: largest };
}

/** @returns undefined for an empty amount */
export function writeDuration({ amount, unit }: Duration): string | undefined {
  return amount.trim() === '' ? undefined : `${amount.trim()}${unit}`;
}
