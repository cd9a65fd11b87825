import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import { SpanFields } from './span-fields.js';
import { texts } from './texts.js';
import { DAYS, withoutSpan, withSpan, type Day, type Span, type Week } from './week.js';
import '../../styles/hours.css';

/** A drag changes whole steps of this many minutes. */
const STEP = 30;
const DAY_MINUTES = 1440;
const HOUR_MARKS = [0, 6, 12, 18, 24];
const USUAL: Span = { from: 480, to: 960 };

interface WeekGridProps {
  week: Week;
  onChange: (week: Week) => void;
}

/** A week of opening hours: bars that a drag changes, and the times beside them for the keyboard. */
export function WeekGrid({ week, onChange }: WeekGridProps) {
  const copyToWorkdays = () =>
    onChange({ ...week, tue: [...week.mon], wed: [...week.mon], thu: [...week.mon], fri: [...week.mon] });
  return (
    <div class="hours-week">
      <div class="hours-scale" aria-hidden="true">
        {HOUR_MARKS.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      {DAYS.map((day) => (
        <div key={day} class="hours-day" role="group" aria-label={texts.days[day]}>
          <span class="hours-name">{texts.days[day]}</span>
          <DayBar week={week} day={day} onChange={onChange} />
          <SpanFields
            spans={week[day]}
            of={texts.days[day]}
            usual={week[day].length === 0 ? USUAL : undefined}
            onChange={(spans) => onChange({ ...week, [day]: spans })}
          />
          {day === 'mon' && (
            <button type="button" class="link" onClick={copyToWorkdays}>
              {texts.copyToWorkdays}
            </button>
          )}
        </div>
      ))}
      <p class="soft drag-hint">
        <Icon name="clock" /> {texts.dragHint}
      </p>
    </div>
  );
}

interface Drag {
  from: number;
  to: number;
  /** Whether the drag opens; otherwise it closes. */
  opens: boolean;
}

/** One day as a bar. A drag over closed time opens it, a drag that begins in open time closes it. */
function DayBar({ week, day, onChange }: WeekGridProps & { day: Day }) {
  const drag = useSignal<Drag | undefined>(undefined);
  const bar = useRef<SVGSVGElement>(null);
  const minuteAt = ({ clientX }: PointerEvent) => {
    const { left, width } = bar.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(DAY_MINUTES - 1, Math.max(0, ((clientX - left) / width) * DAY_MINUTES));
  };
  const spans = shownSpans(week, day);
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return;
    bar.current?.setPointerCapture(event.pointerId);
    const minute = minuteAt(event);
    const isOpen = spans.some(({ from, to }) => from <= minute && minute < to);
    drag.value = { from: minute, to: minute, opens: !isOpen };
  };
  const end = () => {
    const done = drag.value;
    drag.value = undefined;
    if (done === undefined) return;
    onChange((done.opens ? withSpan : withoutSpan)(week, day, wholeSteps(done)));
  };
  const dragged = drag.value && wholeSteps(drag.value);
  return (
    <svg
      ref={bar}
      class="hours-bar"
      viewBox={`0 0 ${DAY_MINUTES} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={(event) => drag.value && (drag.value = { ...drag.value, to: minuteAt(event) })}
      onPointerUp={end}
      onPointerCancel={() => (drag.value = undefined)}
    >
      <rect class="closed" x={0} y={0} width={DAY_MINUTES} height={10} />
      {spans.map(({ from, to }) => (
        <rect key={from} class="open" x={from} y={0} width={to - from} height={10} />
      ))}
      {dragged && (
        <rect
          class={drag.value?.opens === true ? 'opening' : 'closing'}
          x={dragged.from}
          y={0}
          width={dragged.to - dragged.from}
          height={10}
        />
      )}
      {HOUR_MARKS.slice(1, -1).map((hour) => (
        <line key={hour} x1={hour * 60} x2={hour * 60} y1={0} y2={10} />
      ))}
    </svg>
  );
}

function wholeSteps({ from, to }: Span): Span {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  return { from: Math.floor(first / STEP) * STEP, to: Math.floor(last / STEP) * STEP + STEP };
}

/** The open minutes of a day, with the rest of the night before. */
function shownSpans(week: Week, day: Day): Span[] {
  const before = DAYS[(DAYS.indexOf(day) + 6) % 7] ?? day;
  const rest = week[before].flatMap(({ to }) => (to > DAY_MINUTES ? [{ from: 0, to: to - DAY_MINUTES }] : []));
  return [...rest, ...week[day].map(({ from, to }) => ({ from, to: Math.min(to, DAY_MINUTES) }))];
}
