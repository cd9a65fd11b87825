const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, m: 60 };

/** Seconds of a duration in the document, such as `5`, `5s`, `500ms` or `2m`; undefined for anything else. */
export function secondsOf(written: unknown): number | undefined {
  if (typeof written === 'number') return written;
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(typeof written === 'string' ? written : '') ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNIT_SECONDS[unit] ?? 1);
}

export function writtenDuration(seconds: number): string {
  return `${seconds}s`;
}
