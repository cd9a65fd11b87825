import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api, type ApiOutcome } from '../api/client.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { EmptyState } from '../ui/empty-state.js';
import { FilterSelect } from '../ui/filter-select.js';
import { useListFilter } from '../ui/list-filter.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { DeliveryState, eventName, receiverName } from './delivery-state.js';
import type { Delivery } from './types.js';

const texts = integrationTexts.webhooks;

interface Loaded {
  deliveries: Delivery[];
  next: string | null;
}

const STATES = Object.keys(texts.deliveryStates) as Delivery['state'][];
const FIELDS = ['webhook', 'state', 'call'] as const;

/** Deliveries, newest first. The filter is in the address: a link keeps it. */
export function Deliveries({ search, receivers }: { search: string; receivers: string[] }) {
  const loaded = useSignal<Loaded | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    loaded.value = undefined;
    void load(search).then((outcome) => {
      if (!isCurrent) return;
      if (outcome.ok) loaded.value = outcome.data;
      else showFailure(outcome.status);
    });
    return () => {
      isCurrent = false;
    };
  }, [search]);
  const loadOlder = async ({ deliveries, next }: Loaded) => {
    const outcome = await load(search, next ?? undefined);
    if (outcome.ok) loaded.value = { deliveries: [...deliveries, ...outcome.data.deliveries], next: outcome.data.next };
    else showFailure(outcome.status);
  };
  const shown = loaded.value;
  const isFiltered = FIELDS.some((field) => new URLSearchParams(search).has(field));
  return (
    <>
      <DeliveryFilter receivers={receivers} />
      {shown === undefined ? (
        <Skeleton rows={5} />
      ) : shown.deliveries.length === 0 ? (
        <EmptyState icon="empty" title={isFiltered ? texts.noMatch : texts.noDeliveries} />
      ) : (
        <>
          <DeliveryTable deliveries={shown.deliveries} />
          {shown.next !== null && (
            <button type="button" class="older" onClick={() => void loadOlder(shown)}>
              {integrationTexts.older}
            </button>
          )}
        </>
      )}
    </>
  );
}

function load(search: string, cursor?: string): Promise<ApiOutcome<Loaded>> {
  const chosen = new URLSearchParams(search);
  const query = Object.fromEntries(
    FIELDS.flatMap((field) => (chosen.has(field) ? [[field, chosen.get(field) ?? '']] : [])),
  ) as { webhook?: string; state?: Delivery['state']; call?: string; cursor?: number };
  if (cursor !== undefined) query.cursor = Number(cursor);
  return api.get('/api/v1/webhooks/deliveries', { query });
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
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
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
      {key !== '' && (
        <a class="button" href="/webhooks">
          {texts.showAll}
        </a>
      )}
    </form>
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
