import type { View } from './filter.js';
import type { Format } from './numbers.js';
import { numberIn, type ReportRow } from './series.js';
import { texts } from './texts.js';

type Measure = keyof typeof texts.measures;

/** A column of a report's table. */
export interface Column {
  measure: Measure;
  format: Format;
  /** Whether more of it is better; undefined: neither. */
  better?: 'more' | 'less';
  /** Default: the measure of the row. */
  value?: (row: ReportRow) => number | null;
}

/** Callers who found nobody although they did not hang up. */
const NOT_REACHED = ['unanswered', 'busy', 'unreachable', 'rejected', 'refused', 'failed'];

const others = (row: ReportRow) => NOT_REACHED.reduce((sum, name) => sum + (numberIn(row, name) ?? 0), 0);

const OF_CALLS: Column[] = [
  { measure: 'calls', format: 'count' },
  { measure: 'answered', format: 'count', better: 'more' },
  { measure: 'served', format: 'count' },
  { measure: 'lost', format: 'count', better: 'less' },
  { measure: 'others', format: 'count', better: 'less', value: others },
  { measure: 'service_level', format: 'share', better: 'more' },
  { measure: 'waited_average_ms', format: 'duration', better: 'less' },
  { measure: 'waited_p90_ms', format: 'duration', better: 'less' },
  { measure: 'lost_after_average_ms', format: 'duration' },
  { measure: 'talk_ms', format: 'duration' },
];

const COLUMNS: Record<View, Column[]> = {
  calls: OF_CALLS,
  queues: OF_CALLS,
  lines: OF_CALLS,
  agents: [
    { measure: 'answered', format: 'count', better: 'more' },
    { measure: 'talk_ms', format: 'duration' },
    { measure: 'talk_average_ms', format: 'duration' },
    { measure: 'waited_average_ms', format: 'duration', better: 'less' },
    { measure: 'wrap_up_ms', format: 'duration' },
    { measure: 'pause_ms', format: 'duration' },
    { measure: 'unanswered', format: 'count' },
  ],
  menus: [
    { measure: 'entered', format: 'count' },
    { measure: 'timeouts', format: 'count', better: 'less' },
    { measure: 'gave_up', format: 'count', better: 'less' },
  ],
  notifications: [
    { measure: 'finished', format: 'count' },
    { measure: 'attempts', format: 'count' },
  ],
  shop: [
    { measure: 'requests', format: 'count' },
    { measure: 'answered', format: 'count' },
    { measure: 'errors', format: 'count', better: 'less' },
    { measure: 'no_answer', format: 'count', better: 'less' },
    { measure: 'latency_average_ms', format: 'latency', better: 'less' },
    { measure: 'latency_p90_ms', format: 'latency', better: 'less' },
  ],
};

export function columnsOf(view: View): Column[] {
  return COLUMNS[view];
}

export function isAboutCalls(view: View): boolean {
  return COLUMNS[view] === OF_CALLS;
}

export function valueOf(row: ReportRow | undefined, { measure, value }: Column): number | null {
  if (row === undefined) return null;
  return value === undefined ? numberIn(row, measure) : value(row);
}

/** A part of a bar: its values are drawn one above the other. */
interface ChartPart extends Column {
  /** Its colour in the style sheet. */
  look: 'good' | 'talk' | 'bad' | 'ring';
}

export interface ChartPlan {
  title: string;
  parts: ChartPart[];
  format: Format;
  /** The highest mark of the axis, when it is always the same. */
  top?: number;
}

/** What is drawn of one queue, line, handset … in time. */
export function chartsOf(view: View): ChartPlan[] {
  if (isAboutCalls(view))
    return [
      {
        title: texts.charts.calls,
        format: 'count',
        parts: [
          { measure: 'answered', format: 'count', look: 'good' },
          { measure: 'served', format: 'count', look: 'talk' },
          { measure: 'lost', format: 'count', look: 'bad' },
          { measure: 'others', format: 'count', look: 'ring', value: others },
        ],
      },
      single(texts.charts.waiting, { measure: 'waited_average_ms', format: 'duration' }, 'ring'),
      { ...single(texts.charts.level, { measure: 'service_level', format: 'share' }, 'good'), top: 1 },
    ];
  const [first] = COLUMNS[view];
  if (view === 'shop')
    return [single(texts.measures.latency_average_ms, { measure: 'latency_average_ms', format: 'latency' }, 'talk')];
  if (view === 'agents')
    return [
      single(texts.measures.answered, { measure: 'answered', format: 'count' }, 'good'),
      single(texts.measures.talk_ms, { measure: 'talk_ms', format: 'duration' }, 'talk'),
    ];
  return first === undefined ? [] : [single(texts.measures[first.measure], first, 'talk')];
}

function single(title: string, column: Column, look: ChartPart['look']): ChartPlan {
  return { title, format: column.format, parts: [{ ...column, look }] };
}
