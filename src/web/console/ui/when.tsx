import { formatExactInstant, formatWhen } from '../format.js';

/** An instant in words, with the exact one on demand. @param at ISO 8601 */
export function When({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExactInstant(at)}>
      {formatWhen(at)}
    </time>
  );
}
