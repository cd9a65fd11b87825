/** Formats a number in groups, such as `+420 777 888 999`; masked digits stay masked. */
export function groupDigits(number: string): string {
  const [, country = '', rest = number] = /^(\+420|\+421|\+7|\+\S{3}(?=\S{9}$))(\S+)$/.exec(number) ?? [];
  if (rest.length < 7) return number;
  const groups = rest.match(/.{3}(?=.{3})|.+/g) ?? [rest];
  return [country, ...groups].filter((part) => part !== '').join('\u00a0');
}

/** A duration, such as `1:05` or `1:02:30`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '');
}
