/** Sorts a copy, ascending. */
export function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** The value that this part (0 to 1) of the values, sorted ascending, does not exceed; NaN when there are none. */
export function percentile(ascending: readonly number[], part: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))] ?? NaN;
}

/** The middle one of the values in any order; the mean of the two in the middle when their count is even. */
export function median(values: readonly number[]): number {
  const ascending = sorted(values);
  const half = ascending.length / 2;
  if (ascending.length % 2 === 1) return ascending[Math.floor(half)] ?? NaN;
  return ((ascending[half - 1] ?? NaN) + (ascending[half] ?? NaN)) / 2;
}

/** Three significant digits: more would be noise. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

export interface Latencies {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** @param values milliseconds, in any order */
export function latencies(values: readonly number[]): Latencies {
  const ascending = sorted(values);
  const at = (part: number) => round(percentile(ascending, part));
  return { count: ascending.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(ascending.at(-1) ?? NaN) };
}

/** Rotates a list, so that each round of measurements begins with another entry. */
export function inTurn<T>(list: readonly T[], turn: number): T[] {
  const first = list.length === 0 ? 0 : turn % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
