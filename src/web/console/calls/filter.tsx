import { useLocation } from 'preact-iso';
import type { paths } from '../api/schema.js';
import { can, session } from '../session.js';
import { texts } from './texts.js';

type Query = NonNullable<paths['/api/v1/calls']['get']['parameters']['query']>;

/** Names of the fields, as the API calls them. */
const FIELDS = ['q', 'direction', 'outcome', 'queue', 'agent', 'line', 'has_recording', 'from', 'to'] as const;

export function isFiltered(search: string): boolean {
  const chosen = new URLSearchParams(search);
  return FIELDS.some((field) => chosen.has(field));
}

/** The filter in the address, as the API expects it. It refuses values that it does not know. */
export function filterQuery(search: string): Query {
  const chosen = new URLSearchParams(search);
  return Object.fromEntries(FIELDS.flatMap((field) => (chosen.has(field) ? [[field, chosen.get(field)]] : [])));
}

/** The filter of the list. Every change is applied at once, and kept in the address. */
export function CallFilter({ search }: { search: string }) {
  const { route } = useLocation();
  const chosen = new URLSearchParams(search);
  const choose = (field: (typeof FIELDS)[number], value: string) => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(field);
    else next.set(field, value);
    route(next.size === 0 ? '/calls' : `/calls?${next.toString()}`, true);
  };
  const select = (field: (typeof FIELDS)[number], label: string, options: [value: string, name: string][]) =>
    options.length > 0 && (
      <label>
        {label}
        <select value={chosen.get(field) ?? ''} onChange={({ currentTarget: { value } }) => choose(field, value)}>
          <option value="">{texts.all}</option>
          {options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
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
      <label class="check">
        <input
          type="checkbox"
          checked={chosen.get('has_recording') === 'true'}
          onChange={({ currentTarget: { checked } }) => choose('has_recording', checked ? 'true' : '')}
        />
        {texts.recorded}
      </label>
      {isFiltered(search) && (
        <a class="button" href="/calls">
          {texts.clear}
        </a>
      )}
    </form>
  );
}
