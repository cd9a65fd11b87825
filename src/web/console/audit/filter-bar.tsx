import { useId } from 'preact/hooks';
import { dayOf } from '../dates.js';
import { session } from '../session.js';
import { FilterBar } from '../ui/filter-bar.js';
import { FilterSelect } from '../ui/filter-select.js';
import { useListFilter } from '../ui/list-filter.js';
import { FIELDS, isFiltered } from './filter.js';
import { texts } from './texts.js';

/** The filter of the audit log. Every change is applied at once. @param people names by `@login` */
export function AuditFilter({ search, people }: { search: string; people: ReadonlyMap<string, string> }) {
  const list = useId();
  const { chosen, choose } = useListFilter('/audit', FIELDS);
  return (
    <FilterBar all={isFiltered(search) ? '/audit' : undefined} showAll={texts.clear}>
      <label>
        {texts.person}
        <input
          type="search"
          data-filter
          list={list}
          maxLength={100}
          value={chosen.actor ?? ''}
          onChange={({ currentTarget: { value } }) => choose('actor', value.trim())}
        />
        <datalist id={list}>
          {[...people].map(([login, name]) => (
            <option key={login} value={login}>
              {name}
            </option>
          ))}
        </datalist>
      </label>
      <FilterSelect
        label={texts.action}
        value={chosen.action ?? ''}
        all={texts.all}
        options={Object.entries(texts.actions)}
        onChoose={(value) => choose('action', value)}
      />
      {(['from', 'to'] as const).map((field) => (
        <label key={field}>
          {texts[field]}
          <input
            type="date"
            max={dayOf(Date.now(), session.timeZone)}
            value={chosen[field] ?? ''}
            onChange={({ currentTarget: { value } }) => choose(field, value)}
          />
        </label>
      ))}
    </FilterBar>
  );
}
