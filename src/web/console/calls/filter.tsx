import { useLocation } from 'preact-iso';
import type { paths } from '../api/schema.js';
import { addDays, dayOf, isDay, startOfDay } from '../dates.js';
import { can, session } from '../session.js';
import { FilterBar } from '../ui/filter-bar.js';
import { FilterSelect } from '../ui/filter-select.js';
import { texts } from './texts.js';

type Query = NonNullable<paths['/api/v1/calls']['get']['parameters']['query']>;

/** Names of the fields, as the API calls them. */
const FIELDS = [
  'q',
  'direction',
  'outcome',
  'queue',
  'agent',
  'line',
  'has_recording',
  'has_note',
  'from',
  'to',
] as const;

export function isFiltered(search: string): boolean {
  const chosen = new URLSearchParams(search);
  return FIELDS.some((field) => chosen.has(field));
}

/** The chosen conditions as a query, in a fixed order and without anything else of the address. */
export function chosenSearch(search: string): string {
  const chosen = new URLSearchParams(search);
  return new URLSearchParams(
    FIELDS.flatMap((field) => (chosen.has(field) ? [[field, chosen.get(field) ?? '']] : [])),
  ).toString();
}

/** The filter in the address, as the API expects it. It refuses values that it does not know. */
export function filterQuery(search: string): Query {
  const query = Object.fromEntries(new URLSearchParams(chosenSearch(search)));
  const { from, to } = query;
  if (from !== undefined) query['from'] = instantOf(from);
  // The last day is a part of the time.
  if (to !== undefined) query['to'] = instantOf(isDay(to) ? addDays(to, 1) : to);
  return query;
}

/** The beginning of a day; an instant stays as it is. */
function instantOf(text: string): string {
  return isDay(text) ? new Date(startOfDay(text, session.timeZone)).toISOString() : text;
}

/** The day of a condition, also when the address has an instant. */
function dayIn(text: string | null): string {
  if (text === null || isDay(text)) return text ?? '';
  const at = Date.parse(text);
  return Number.isNaN(at) ? '' : dayOf(at, session.timeZone);
}

/** The filter of the list. Every change is applied at once, and kept in the address. */
export function CallFilter({ search }: { search: string }) {
  const { route } = useLocation();
  const chosen = new URLSearchParams(search);
  const choose = (field: (typeof FIELDS)[number], value: string) => {
    const next = new URLSearchParams(chosenSearch(search));
    if (value === '') next.delete(field);
    else next.set(field, value);
    const query = chosenSearch(next.toString());
    route(query === '' ? '/calls' : `/calls?${query}`, true);
  };
  const select = (field: (typeof FIELDS)[number], label: string, options: [value: string, name: string][]) =>
    options.length > 0 && (
      <FilterSelect
        label={label}
        value={chosen.get(field) ?? ''}
        all={texts.all}
        options={options}
        onChoose={(value) => choose(field, value)}
      />
    );
  return (
    <FilterBar all={isFiltered(search) ? '/calls' : undefined} showAll={texts.clear}>
      {can('numbers:read') && (
        <label>
          {texts.search}
          <input
            type="search"
            data-filter
            minLength={2}
            maxLength={80}
            value={chosen.get('q') ?? ''}
            onChange={({ currentTarget: { value } }) =>
              value.trim().length === 1 ? undefined : choose('q', value.trim())
            }
          />
        </label>
      )}
      {(['from', 'to'] as const).map((field) => (
        <label key={field} class="day">
          {texts[field]}
          <input
            type="date"
            max={dayOf(Date.now(), session.timeZone)}
            value={dayIn(chosen.get(field))}
            onChange={({ currentTarget: { value } }) => choose(field, value)}
          />
        </label>
      ))}
      {select('direction', texts.direction, Object.entries(texts.directions))}
      {select('outcome', texts.result, Object.entries(texts.outcomes))}
      {select(
        'queue',
        texts.queue,
        session.queues.map(({ id, name }) => [String(id), name]),
      )}
      {select(
        'agent',
        texts.agent,
        session.handsets.map(({ name, title }) => [name, title]),
      )}
      {session.lines.length > 1 &&
        select(
          'line',
          texts.line,
          session.lines.map(({ number, name }) => [number, name === '' ? number : name]),
        )}
      {(['has_recording', 'has_note'] as const).map((field) => (
        <label key={field} class="check">
          <input
            type="checkbox"
            checked={chosen.get(field) === 'true'}
            onChange={({ currentTarget: { checked } }) => choose(field, checked ? 'true' : '')}
          />
          {field === 'has_note' ? texts.withNote : texts.recorded}
        </label>
      ))}
    </FilterBar>
  );
}
