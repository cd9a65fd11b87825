import { valueOf, type Column } from './columns.js';
import { formatValue, groupName } from './numbers.js';
import { axisTop, HEAT_LEVELS, heatLevel, hoursByWeekday, LEAST_TOP, type Pair } from './series.js';
import { Compared } from './table.js';
import { texts } from './texts.js';

/** A measure by weekday and hour: each cell has its value in numbers and as a colour, and the time before. */
export function HeatMap({ column, pairs, isCompared }: { column: Column; pairs: Pair[]; isCompared: boolean }) {
  const rows = hoursByWeekday(pairs);
  const highest = Math.max(0, ...pairs.map(({ row }) => valueOf(row, column) ?? 0));
  const least = column.format === 'count' ? HEAT_LEVELS : LEAST_TOP[column.format];
  const top = column.format === 'share' ? 1 : axisTop(Math.max(least, highest));
  const title = texts.heat.title(texts.measures[column.measure]);
  return (
    <figure class={`card heat-map ${lookOf(column)}`}>
      <figcaption>
        <h2>{title}</h2>
        <ul class="legend">
          {Array.from({ length: HEAT_LEVELS }, (_, index) => (
            <li key={index}>
              <i class={`heat-${index + 1}`} />{' '}
              {texts.heat.upTo(formatValue((top * (index + 1)) / HEAT_LEVELS, column.format))}
            </li>
          ))}
        </ul>
      </figcaption>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{texts.heat.hour}</span>
            </th>
            {rows[0]?.weekdays.map(({ group }) => (
              <th key={group} scope="col">
                {groupName(group.slice(0, 1), 'weekday')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ hour, weekdays }) => (
            <tr key={hour}>
              <th scope="row">{groupName(String(hour), 'hour')}</th>
              {weekdays.map((pair) => (
                <td key={pair.group} class={`heat-${heatLevel(valueOf(pair.row, column), top)}`}>
                  <Compared column={column} pair={pair} isCompared={isCompared} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** More of it is good, bad, or neither. */
function lookOf({ better }: Column): string {
  return better === 'more' ? 'good' : better === 'less' ? 'bad' : 'talk';
}
