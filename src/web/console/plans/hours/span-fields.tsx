import { Icon } from '../../ui/icon.js';
import { texts } from './texts.js';
import { isAfterMidnight, spanBetween, timeOf, type Span } from './week.js';

interface SpanFieldsProps {
  spans: readonly Span[];
  /** Whose times these are, for screen readers: a day. */
  of: string;
  /** The first new span; default: an hour after the last one. */
  usual?: Span | undefined;
  onChange: (spans: Span[]) => void;
}

const HOUR = 60;

/** The times of a day: several spans, each of which may go on after midnight. */
export function SpanFields({ spans, of, usual, onChange }: SpanFieldsProps) {
  const replace = (index: number, from: string, to: string) => {
    const span = spanBetween(from, to);
    if (span !== undefined) onChange(spans.map((each, at) => (at === index ? span : each)));
  };
  const next = (): Span => {
    const from = Math.min((spans.at(-1)?.to ?? 7 * HOUR) + HOUR, 22 * HOUR);
    return usual ?? { from, to: from + HOUR };
  };
  return (
    <div class="hours-spans">
      {spans.length === 0 && <span class="soft">{texts.closed}</span>}
      {spans.map((span, index) => (
        <span key={index} class="hours-span">
          <input
            type="time"
            aria-label={texts.opensAt(of)}
            value={timeOf(span.from)}
            onChange={({ currentTarget }) => replace(index, currentTarget.value, timeOf(span.to))}
          />
          –
          <input
            type="time"
            aria-label={texts.closesAt(of)}
            value={timeOf(span.to)}
            onChange={({ currentTarget }) => replace(index, timeOf(span.from), currentTarget.value)}
          />
          {isAfterMidnight(span) && <span class="soft">{texts.nextDay}</span>}
          <button
            type="button"
            class="icon-only"
            aria-label={texts.remove(of, timeOf(span.from))}
            title={texts.remove(of, timeOf(span.from))}
            onClick={() => onChange(spans.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <button type="button" class="link" aria-label={texts.addTo(of)} onClick={() => onChange([...spans, next()])}>
        {texts.add}
      </button>
    </div>
  );
}
