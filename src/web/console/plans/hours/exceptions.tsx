import { Icon } from '../../ui/icon.js';
import { withExceptions, type Hours, type HoursException } from './hours.js';
import { SpanFields } from './span-fields.js';
import { texts } from './texts.js';
import { readSpan, writeSpan } from './week.js';

const DAY_MINUTES = 1440;

interface ExceptionsProps {
  hours: Hours;
  /** ISO date. */
  today: string;
  onChange: (hours: Hours) => void;
}

/** Days with hours of their own; they count before the week and the holidays. */
export function Exceptions({ hours, today, onChange }: ExceptionsProps) {
  const { exceptions = [] } = hours;
  const replace = (index: number, exception: HoursException) =>
    onChange(
      withExceptions(
        hours,
        exceptions.map((each, at) => (at === index ? exception : each)),
      ),
    );
  return (
    <fieldset>
      <legend>{texts.exceptions}</legend>
      {exceptions.map((exception, index) => (
        <div key={exception.date} class="hours-exception">
          <input
            type="date"
            aria-label={texts.date}
            value={exception.date}
            onChange={({ currentTarget: { value: date } }) => {
              const isFree = date !== '' && exceptions.every((each) => each.date !== date);
              if (isFree) replace(index, { ...exception, date });
            }}
          />
          <SpanFields
            spans={exception.open.map(readSpan)}
            of={exception.date}
            onChange={(spans) =>
              replace(index, {
                ...exception,
                // Hours of one date end at its midnight.
                open: spans.map((span) => writeSpan({ ...span, to: Math.min(span.to, DAY_MINUTES) })),
              })
            }
          />
          <button
            type="button"
            class="icon-only"
            aria-label={texts.removeException(exception.date)}
            title={texts.removeException(exception.date)}
            onClick={() =>
              onChange(
                withExceptions(
                  hours,
                  exceptions.filter((_, at) => at !== index),
                ),
              )
            }
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={() =>
          onChange(withExceptions(hours, [...exceptions, { date: freeDate(exceptions, today), open: [] }]))
        }
      >
        {texts.addException}
      </button>
    </fieldset>
  );
}

/** The first day from tomorrow on without an exception. */
function freeDate(exceptions: readonly HoursException[], today: string): string {
  const date = new Date(`${today}T00:00:00Z`);
  do date.setUTCDate(date.getUTCDate() + 1);
  while (exceptions.some((each) => each.date === date.toISOString().slice(0, 10)));
  return date.toISOString().slice(0, 10);
}
