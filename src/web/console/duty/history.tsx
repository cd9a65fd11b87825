import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { dayOf, isDay, startOfDay } from '../dates.js';
import { queueName, titleOfHandset } from '../names.js';
import { session } from '../session.js';
import { Badge, type Tone } from '../ui/badge.js';
import { EmptyState } from '../ui/empty-state.js';
import { FilterSelect } from '../ui/filter-select.js';
import { useListFilter, type ListFilter } from '../ui/list-filter.js';
import { useLiveList } from '../ui/live-list.js';
import { When } from '../ui/when.js';
import { FilterBar } from '../ui/filter-bar.js';
import { ListFrame } from '../ui/list-frame.js';
import type { IconName } from '../../icons.js';
import { texts } from './texts.js';

type DutyEvent =
  paths['/api/v1/operator-events']['get']['responses'][200]['content']['application/json']['events'][number];

/** `view` keeps this list shown. */
const FIELDS = ['view', 'handset', 'queue', 'since'] as const;
type Filter = ListFilter<(typeof FIELDS)[number]>;

const LOOKS: Record<DutyEvent['event'], { tone: Tone; icon: IconName }> = {
  logged_in: { tone: 'free', icon: 'free' },
  logged_out: { tone: 'quiet', icon: 'off' },
  paused: { tone: 'pause', icon: 'pause' },
  unpaused: { tone: 'free', icon: 'play' },
};

/** Who logged in, logged out and paused, newest first. The filter is in the address. */
export function DutyHistory() {
  const filter = useListFilter('/handsets', FIELDS);
  const { chosen, key } = filter;
  const isFiltered = [chosen.handset, chosen.queue, chosen.since].some((value) => value !== undefined);
  const { list, loadOlder } = useLiveList({
    key,
    idOf: (event: DutyEvent) => String(event.id),
    load: async ({ limit, cursor }) => {
      const { handset, queue, since = '' } = chosen;
      const query = compact({
        limit,
        handset,
        queue: queue === undefined ? undefined : Number(queue),
        since: isDay(since) ? new Date(startOfDay(since, session.timeZone)).toISOString() : undefined,
        cursor: cursor === undefined ? undefined : Number(cursor),
      });
      const outcome = await api.get('/api/v1/operator-events', { query });
      return outcome.ok ? { ...outcome, data: { items: outcome.data.events, next: outcome.data.next } } : outcome;
    },
  });
  return (
    <>
      <HistoryFilter filter={filter} isFiltered={isFiltered} />
      <ListFrame
        list={list}
        loadOlder={loadOlder}
        rows={6}
        words={{ more: texts.older, shown: texts.shown }}
        empty={<EmptyState icon="people" title={isFiltered ? texts.noMatch : texts.none} />}
      >
        {(events) => <Events events={events} />}
      </ListFrame>
    </>
  );
}

function HistoryFilter({ filter: { chosen, choose }, isFiltered }: { filter: Filter; isFiltered: boolean }) {
  return (
    <FilterBar all={isFiltered ? '/handsets?view=history' : undefined} showAll={texts.showAll}>
      <FilterSelect
        label={texts.handset}
        value={chosen.handset ?? ''}
        all={texts.all}
        options={session.handsets.map(({ name, title }) => [name, title])}
        onChoose={(value) => choose('handset', value)}
      />
      <FilterSelect
        label={texts.queue}
        value={chosen.queue ?? ''}
        all={texts.all}
        options={session.queues.map(({ id, name }) => [String(id), name])}
        onChoose={(value) => choose('queue', value)}
      />
      <label>
        {texts.since}
        <input
          type="date"
          max={dayOf(Date.now(), session.timeZone)}
          value={chosen.since ?? ''}
          onChange={({ currentTarget: { value } }) => choose('since', value)}
        />
      </label>
    </FilterBar>
  );
}

function Events({ events }: { events: DutyEvent[] }) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th>{texts.who}</th>
          <th>{texts.what}</th>
          <th>{texts.queue}</th>
          <th>{texts.by}</th>
          <th class="number">{texts.when}</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ id, at, handset, operator, queue, event, reason, by }) => (
          <tr key={id}>
            <td>
              <a href={`/handsets/${encodeURIComponent(handset)}`}>{titleOfHandset(handset)}</a>
              {operator !== null && <span class="hint">{operator}</span>}
            </td>
            <td data-label={texts.what}>
              <Badge {...LOOKS[event]}>{[texts.events[event], reason].filter((part) => part !== '').join(' · ')}</Badge>
            </td>
            <td data-label={texts.queue}>{queueName(queue)}</td>
            <td data-label={texts.by}>{authorWords(by)}</td>
            <td class="number" data-label={texts.when}>
              <When at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function authorWords(by: string): string {
  return by in texts.authors ? texts.authors[by as keyof typeof texts.authors] : by;
}
