import { valueOf, type ChartPlan } from './columns.js';
import type { Grouping } from './filter.js';
import { formatValue, groupName } from './numbers.js';
import { axisTop, labelStep, LEAST_TOP, type Pair } from './series.js';
import { texts } from './texts.js';

/** Labels of the axis that have room side by side. */
const MOST_LABELS = 8;
/** Share of its place that a bar takes. */
const BAR = 0.7;
/** Height of the drawing without the labels (%). */
const HEIGHT = 86;

/** Bars of one report in time. The time before is a mark at each bar. The table below has the same in numbers. */
export function Chart({ plan, pairs, by }: { plan: ChartPlan; pairs: Pair[]; by: Grouping }) {
  const sumOf = (row: Pair['row']) => sum(plan.parts.map((part) => valueOf(row, part)));
  const sums = pairs.map(({ row }) => sumOf(row));
  const earlier = pairs.map(({ before }) => sumOf(before));
  const isCompared = earlier.some((value) => value !== null);
  const top = plan.top ?? axisTop(Math.max(LEAST_TOP[plan.format], ...sums.map(Number), ...earlier.map(Number)));
  const step = labelStep(pairs.length, MOST_LABELS);
  const width = 100 / pairs.length;
  return (
    <figure class="chart card">
      <figcaption>
        <h2>{plan.title}</h2>
        <ul class="legend">
          {plan.parts.length > 1 &&
            plan.parts.map(({ measure, look }) => (
              <li key={measure}>
                <i class={look} /> {texts.measures[measure]}
              </li>
            ))}
          {isCompared && (
            <li>
              <i class="before" /> {texts.wasBefore}
            </li>
          )}
        </ul>
      </figcaption>
      <svg role="img" aria-label={describe(plan, pairs, sums, by)}>
        {[0, 0.5, 1].map((share) => (
          <line key={share} class="grid" x1="0" x2="100%" y1={up(share)} y2={up(share)} />
        ))}
        <text class="mark" x="0" y="12">
          {formatValue(top, plan.format)}
        </text>
        {pairs.map(({ group, row }, index) => (
          <g key={group}>
            <title>{`${groupName(group, by)}: ${formatValue(sums[index] ?? null, plan.format)}`}</title>
            {stack(plan, row).map(({ look, from, to }) => (
              <rect
                key={look}
                class={look}
                x={percent(index * width + (width * (1 - BAR)) / 2)}
                width={percent(width * BAR)}
                y={up(to / top)}
                height={percent(((to - from) / top) * HEIGHT)}
              />
            ))}
            {earlier[index] != null && (
              <line
                class="before"
                x1={percent(index * width + width * 0.05)}
                x2={percent((index + 1) * width - width * 0.05)}
                y1={up(earlier[index] / top)}
                y2={up(earlier[index] / top)}
              />
            )}
            {index % step === 0 && (
              <text x={percent((index + 0.5) * width)} y="98%" text-anchor="middle">
                {groupName(group, by, 'short')}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** The parts of a bar, from the bottom. */
function stack(plan: ChartPlan, row: Pair['row']) {
  let height = 0;
  return plan.parts.flatMap((part) => {
    const value = valueOf(row, part) ?? 0;
    const from = height;
    height += value;
    return value === 0 ? [] : [{ look: part.look, from, to: height }];
  });
}

/** Null when no part has a value. */
function sum(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** The distance from the upper edge. @param share of the height of the drawing */
function up(share: number): string {
  return percent(HEIGHT * (1 - Math.min(1, share)) + 3);
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

function describe(plan: ChartPlan, pairs: Pair[], sums: (number | null)[], by: Grouping): string {
  const highest = Math.max(...sums.map((value) => value ?? -1));
  const at = pairs[sums.indexOf(highest)];
  if (at === undefined || highest <= 0) return plan.title;
  return `${plan.title}: ${texts.highest(groupName(at.group, by), formatValue(highest, plan.format))}`;
}
