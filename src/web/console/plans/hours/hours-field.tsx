import { texts } from '../texts.js';

type Span = { from: string; to: string };
type Hours = { weekly?: Record<string, Span[]>; [setting: string]: unknown };

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Opening hours: for each day its spans, such as `8:00-12:00, 13:00-17:00`. */
export function HoursField(props: { value: unknown; disabled: boolean; onChange: (hours: Hours) => void }) {
  const hours = (props.value ?? {}) as Hours;
  const set = (day: string, text: string) =>
    props.onChange({ ...hours, weekly: { ...hours.weekly, [day]: spansIn(text) } });
  return (
    <div class="hours-field">
      {DAYS.map((day) => (
        <label key={day}>
          {texts.days[day]}
          <input
            type="text"
            disabled={props.disabled}
            value={(hours.weekly?.[day] ?? []).map(({ from, to }) => `${from}-${to}`).join(', ')}
            onChange={({ currentTarget }) => set(day, currentTarget.value)}
          />
        </label>
      ))}
    </div>
  );
}

function spansIn(text: string): Span[] {
  return [...text.matchAll(/(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)/g)].map(([, from = '', to = '']) => ({
    from: from.padStart(5, '0'),
    to: to.padStart(5, '0'),
  }));
}
