import { api, type ApiOutcome } from '../api/client.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { EmptyState } from '../ui/empty-state.js';
import { FilterBar } from '../ui/filter-bar.js';
import { FilterSelect } from '../ui/filter-select.js';
import { useListFilter } from '../ui/list-filter.js';
import { ListFrame } from '../ui/list-frame.js';
import type { ListPage } from '../ui/list-page.js';
import { useLiveList } from '../ui/live-list.js';
import { When } from '../ui/when.js';
import { DeliveryState, eventName, receiverName } from './delivery-state.js';
import type { Delivery } from './types.js';

const texts = integrationTexts.webhooks;

const STATES = Object.keys(texts.deliveryStates) as Delivery['state'][];
const FIELDS = ['webhook', 'state', 'call'] as const;

/** Deliveries, newest first. The filter is in the address: a link keeps it. */
export function Deliveries({ search, receivers }: { search: string; receivers: string[] }) {
  const isFiltered = FIELDS.some((field) => new URLSearchParams(search).has(field));
  const { list, loadOlder } = useLiveList({
    key: search,
    idOf: ({ id }: Delivery) => String(id),
    load: (page) => load(search, page),
  });
  return (
    <>
      <DeliveryFilter receivers={receivers} />
      <ListFrame
        list={list}
        loadOlder={loadOlder}
        rows={5}
        words={{ more: integrationTexts.older, shown: texts.deliveriesShown }}
        empty={<EmptyState icon="empty" title={isFiltered ? texts.noMatch : texts.noDeliveries} />}
      >
        {(deliveries) => <DeliveryTable deliveries={deliveries} />}
      </ListFrame>
    </>
  );
}

async function load(
  search: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ApiOutcome<ListPage<Delivery>>> {
  const chosen = new URLSearchParams(search);
  const query = Object.fromEntries(
    FIELDS.flatMap((field) => (chosen.has(field) ? [[field, chosen.get(field) ?? '']] : [])),
  ) as { webhook?: string; state?: Delivery['state']; call?: string };
  const from = cursor === undefined ? {} : { cursor: Number(cursor) };
  const outcome = await api.get('/api/v1/webhooks/deliveries', { query: { ...query, limit, ...from } });
  return outcome.ok ? { ...outcome, data: { items: outcome.data.deliveries, next: outcome.data.next } } : outcome;
}

function DeliveryFilter({ receivers }: { receivers: string[] }) {
  const { chosen, key, choose } = useListFilter('/webhooks', FIELDS);
  const select = (field: 'webhook' | 'state', label: string, options: [value: string, name: string][]) => (
    <FilterSelect
      label={label}
      value={chosen[field] ?? ''}
      all={integrationTexts.all}
      options={options}
      onChoose={(value) => choose(field, value)}
    />
  );
  const named = [...new Set([...receivers, ...(chosen.webhook === undefined ? [] : [chosen.webhook])])];
  return (
    <FilterBar all={key === '' ? undefined : '/webhooks'} showAll={texts.showAll}>
      {select(
        'webhook',
        texts.receiver,
        named.map((name) => [name, receiverName(name)]),
      )}
      {select(
        'state',
        texts.state,
        STATES.map((state) => [state, texts.deliveryStates[state]]),
      )}
      {chosen.call !== undefined && <span class="chosen-call">{texts.ofOneCall}</span>}
    </FilterBar>
  );
}

function DeliveryTable({ deliveries }: { deliveries: Delivery[] }) {
  return (
    <table class="cards deliveries">
      <thead>
        <tr>
          <th>{texts.event}</th>
          <th>{texts.receiver}</th>
          <th>{texts.state}</th>
          <th class="number">{texts.attempts}</th>
          <th class="number">{integrationTexts.when}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map(({ id, event, webhook, state, tries, created_at: at }) => (
          <tr key={id}>
            <td>
              <a href={`/webhooks/${id}`}>{eventName(event)}</a>
            </td>
            <td data-label={texts.receiver}>{receiverName(webhook)}</td>
            <td data-label={texts.state}>
              <DeliveryState state={state} />
            </td>
            <td class="number" data-label={texts.attempts}>
              {tries}
            </td>
            <td class="number" data-label={integrationTexts.when}>
              <When at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
