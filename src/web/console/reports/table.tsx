import type { ComponentChildren } from 'preact';
import { columnsOf, isAboutCalls, valueOf, type Column } from './columns.js';
import type { View } from './filter.js';
import { formatChange, formatValue } from './numbers.js';
import { changeOf, type Pair } from './series.js';
import { resultWord, texts } from './texts.js';

/** Keys or results that have a bar each. */
interface Share {
  name: string;
  count: number;
}

/** @param nameOf the first cell of a row: the queue, the day … */
export function ReportTable(props: {
  view: View;
  pairs: Pair[];
  head: string;
  nameOf: (pair: Pair) => ComponentChildren;
  isCompared: boolean;
}) {
  const { view, pairs, head, nameOf, isCompared } = props;
  const columns = columnsOf(view);
  const shares = view === 'menus' || view === 'notifications';
  return (
    <div class="wide" role="region" tabIndex={0} aria-label={head}>
      <table class="report">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {shares && <th scope="col">{view === 'menus' ? texts.measures.chosen : texts.measures.results}</th>}
            {columns.map(({ measure }) => (
              <th key={measure} scope="col" class="number">
                {texts.measures[measure]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={pair.group}>
              <th scope="row">{nameOf(pair)}</th>
              {shares && (
                <td>
                  <Shares shares={sharesOf(pair.row)} />
                </td>
              )}
              {columns.map((column) => (
                <td key={column.measure} class="number">
                  <Compared column={column} pair={pair} isCompared={isCompared} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The value, and under it how much it was before. */
export function Compared({
  column,
  pair: { row, before },
  isCompared,
}: {
  column: Column;
  pair: Pair;
  isCompared: boolean;
}) {
  const [value, earlier] = [valueOf(row, column), valueOf(before, column)];
  return (
    <>
      {formatValue(value ?? (row === undefined && column.format === 'count' ? 0 : null), column.format)}
      {isCompared && earlier !== null && (
        <span
          class={`before ${moodOf(column, value, earlier)}`}
          title={texts.before(formatValue(earlier, column.format))}
        >
          {arrowOf(value, earlier)} {formatValue(earlier, column.format)}
        </span>
      )}
    </>
  );
}

function moodOf({ better }: Column, value: number | null, earlier: number): string {
  if (better === undefined || value === null || value === earlier) return '';
  return value > earlier === (better === 'more') ? 'better' : 'worse';
}

/** Whether it rose or fell from the value before. */
function arrowOf(value: number | null, earlier: number): string {
  if (value === null || value === earlier) return '=';
  return value > earlier ? '↑' : '↓';
}

function sharesOf(row: Pair['row']): Share[] {
  const { keys = {}, results = {} } = row ?? {};
  return [
    ...Object.entries(keys).map(([key, count]) => ({ name: texts.key(key), count })),
    ...Object.entries(results).map(([result, count]) => ({ name: resultWord(result), count })),
  ];
}

function Shares({ shares }: { shares: Share[] }) {
  const most = Math.max(1, ...shares.map(({ count }) => count));
  return (
    <ul class="shares">
      {shares.map(({ name, count }) => (
        <li key={name}>
          <span>{name}</span>
          <meter value={count} max={most} aria-label={name} />
          <b>{formatValue(count, 'count')}</b>
        </li>
      ))}
    </ul>
  );
}

/** The sums of the whole time, large, each with the time before. */
export function Tiles({ view, pair, within }: { view: View; pair: Pair; within: number }) {
  const columns = columnsOf(view).filter(({ measure }) => measure !== 'others' && measure !== 'talk_ms');
  return (
    <dl
      class="tiles"
      style={{ '--tiles': String(columns.length), '--half-of-tiles': String(Math.ceil(columns.length / 2)) }}
    >
      {columns.map((column) => {
        const [value, earlier] = [valueOf(pair.row, column), valueOf(pair.before, column)];
        const change = changeOf(value, earlier);
        const mood = earlier === null ? '' : moodOf(column, value, earlier);
        return (
          <div key={column.measure} class="card" data-measure={column.measure}>
            <dt>{texts.measures[column.measure]}</dt>
            <dd>
              <b>{formatValue(value, column.format)}</b>
              {column.measure === 'service_level' && isAboutCalls(view) && (
                <span class="soft">{texts.ofServiceLevel(within)}</span>
              )}
              {earlier !== null && (
                <span class={`before ${mood}`}>
                  {arrowOf(value, earlier)} {texts.before(formatValue(earlier, column.format))}
                  {change !== undefined && column.format !== 'share' && ` (${formatChange(change)})`}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
