import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { isDay } from '../dates.js';
import { columnsOf, drawnColumn, isAboutCalls } from './columns.js';
import {
  addressOf,
  comparisons,
  daysOf,
  groupings,
  ranges,
  SERVICE_LEVELS_S,
  withDays,
  type ReportFilter,
  type Range,
} from './filter.js';
import { texts } from './texts.js';

/** The filter of a report. Every change is applied at once, and kept in the address. */
export function FilterBar({ filter, today }: { filter: ReportFilter; today: string }) {
  const { route } = useLocation();
  const choose = (changed: Partial<ReportFilter>) => route(addressOf({ ...filter, ...changed }, today), true);
  const chooseRange = (range: Range | undefined) => {
    if (range !== undefined) choose(withDays(filter, { range, ...daysOf(range, today) }, today));
  };
  const chooseDay = (name: 'from' | 'to', day: string) => {
    if (!isDay(day)) return;
    const days = { from: filter.from, to: filter.to, [name]: day };
    // The other end moves along when the days would be in the wrong order.
    if (days.from > days.to) days[name === 'from' ? 'to' : 'from'] = day;
    choose(withDays(filter, { range: undefined, ...days }, today));
  };
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <Select label={texts.range} value={filter.range ?? ''} onChange={(value) => chooseRange(known(ranges, value))}>
        {ranges.map((range) => (
          <option key={range} value={range}>
            {texts.ranges[range]}
          </option>
        ))}
        {filter.range === undefined && <option value="">{texts.chosenDays}</option>}
      </Select>
      {(['from', 'to'] as const).map((name) => (
        <label key={name}>
          {texts[name]}
          <input
            type="date"
            required
            max={today}
            value={filter[name]}
            onChange={({ currentTarget: { value } }) => chooseDay(name, value)}
          />
        </label>
      ))}
      <Select label={texts.by} value={filter.by} onChange={(value) => choose({ by: known(groupings, value) ?? 'day' })}>
        {groupings.map((by) => (
          <option key={by} value={by}>
            {texts.groupings[by]}
          </option>
        ))}
      </Select>
      {filter.by === 'weekday_hour' && (filter.key !== undefined || filter.view === 'calls') && (
        <Select
          label={texts.measure}
          value={drawnColumn(filter.view, filter.measure)?.measure ?? ''}
          onChange={(measure) => choose({ measure })}
        >
          {columnsOf(filter.view).map(({ measure }) => (
            <option key={measure} value={measure}>
              {texts.measures[measure]}
            </option>
          ))}
        </Select>
      )}
      <Select
        label={texts.compare}
        value={filter.compare}
        onChange={(value) => choose({ compare: known(comparisons, value) ?? 'none' })}
      >
        {comparisons.map((compare) => (
          <option key={compare} value={compare}>
            {texts.comparisons[compare]}
          </option>
        ))}
      </Select>
      {isAboutCalls(filter.view) && (
        <Select
          label={texts.within}
          value={String(filter.within)}
          onChange={(value) => choose({ within: Number(value) })}
        >
          {SERVICE_LEVELS_S.map((seconds) => (
            <option key={seconds} value={String(seconds)}>
              {texts.withinSeconds(seconds)}
            </option>
          ))}
        </Select>
      )}
      {filter.view === 'calls' && (
        <Select label={texts.direction} value={filter.key ?? 'incoming'} onChange={(key) => choose({ key })}>
          {(['incoming', 'outgoing'] as const).map((direction) => (
            <option key={direction} value={direction}>
              {texts.directions[direction]}
            </option>
          ))}
        </Select>
      )}
    </form>
  );
}

function Select(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ComponentChildren;
}) {
  const { label, value, onChange, children } = props;
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

function known<T extends string>(values: readonly T[], value: string): T | undefined {
  return values.find((each) => each === value);
}
