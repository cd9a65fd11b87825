import type { View } from './filter.js';
import { numberIn, type Format, type ReportRow } from './series.js';
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
  { measure: 'lost_after_p90_ms', format: 'duration' },
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
  quality: [
    { measure: 'legs', format: 'count' },
    { measure: 'poor_share', format: 'share', better: 'less' },
    { measure: 'mos_average', format: 'score', better: 'more' },
    { measure: 'lost_share', format: 'share', better: 'less' },
    { measure: 'jitter_average_ms', format: 'latency', better: 'less' },
    { measure: 'round_trip_average_ms', format: 'latency', better: 'less' },
  ],
};

export function columnsOf(view: View): Column[] {
  return COLUMNS[view];
}

/** The column that is drawn by weekday and hour: the chosen one, if the report has it. */
export function drawnColumn(view: View, measure: string | undefined): Column | undefined {
  const columns = COLUMNS[view];
  return columns.find((column) => column.measure === measure) ?? columns[0];
}

export function isAboutCalls(view: View): view is 'calls' | 'queues' | 'lines' {
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

const CHARTS: Record<Exclude<View, 'calls' | 'queues' | 'lines'>, ChartPlan[]> = {
  shop: [
    single(texts.measures.latency_average_ms, { measure: 'latency_average_ms', format: 'latency' }, 'talk'),
    {
      title: texts.charts.requests,
      format: 'count',
      parts: [
        { measure: 'answered', format: 'count', look: 'good' },
        { measure: 'errors', format: 'count', look: 'ring' },
        { measure: 'no_answer', format: 'count', look: 'bad' },
      ],
    },
  ],
  quality: [
    {
      title: texts.charts.quality,
      format: 'count',
      parts: [
        { measure: 'good', format: 'count', look: 'good' },
        { measure: 'fair', format: 'count', look: 'ring' },
        { measure: 'poor', format: 'count', look: 'bad' },
      ],
    },
    single(texts.measures.jitter_average_ms, { measure: 'jitter_average_ms', format: 'latency' }, 'talk'),
  ],
  agents: [
    single(texts.measures.answered, { measure: 'answered', format: 'count' }, 'good'),
    {
      title: texts.charts.time,
      format: 'duration',
      parts: [
        { measure: 'talk_ms', format: 'duration', look: 'talk' },
        { measure: 'wrap_up_ms', format: 'duration', look: 'good' },
        { measure: 'pause_ms', format: 'duration', look: 'ring' },
      ],
    },
  ],
  menus: [
    single(texts.measures.entered, { measure: 'entered', format: 'count' }, 'talk'),
    single(texts.measures.gave_up, { measure: 'gave_up', format: 'count' }, 'bad'),
  ],
  notifications: [
    single(texts.measures.finished, { measure: 'finished', format: 'count' }, 'talk'),
    single(texts.measures.attempts, { measure: 'attempts', format: 'count' }, 'ring'),
  ],
};

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
      single(texts.charts.lostAfter, { measure: 'lost_after_average_ms', format: 'duration' }, 'bad'),
      { ...single(texts.charts.level, { measure: 'service_level', format: 'share' }, 'good'), top: 1 },
    ];
  return CHARTS[view];
}

function single(title: string, column: Column, look: ChartPart['look']): ChartPlan {
  return { title, format: column.format, parts: [{ ...column, look }] };
}
