import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { doLater } from '../ui/later.js';
import { ListFrame } from '../ui/list-frame.js';
import { useLiveList } from '../ui/live-list.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import '../styles/integrations.css';

const texts = integrationTexts.recorded;

type Loaded = paths['/api/v1/recorded-requests']['get']['responses'][200]['content']['application/json'];
type Recorded = Loaded['requests'][number];

/** Requests of the dispatch that could not be understood, in words. */
export default function RecordedPage() {
  // Cleared ones are hidden at once, and removed when that can no longer be undone.
  const cleared = useSignal(0);
  const { list, loadOlder, reload } = useLiveList({
    key: '',
    idOf: ({ id }: Recorded) => String(id),
    load: async ({ limit, cursor }) => {
      const from = cursor === undefined ? {} : { cursor: Number(cursor) };
      const outcome = await api.get('/api/v1/recorded-requests', { query: { limit, ...from } });
      return outcome.ok ? { ...outcome, data: { items: outcome.data.requests, next: outcome.data.next } } : outcome;
    },
  });
  const shown =
    list === undefined || cleared.value === 0
      ? list
      : { items: list.items.filter(({ id }) => id > cleared.value), next: null };
  const [newest] = shown?.items ?? [];
  const clear = (upTo: number) => {
    cleared.value = upTo;
    const remove = async () => {
      const outcome = await api.delete('/api/v1/recorded-requests', { query: { up_to: upTo } });
      if (outcome.ok) reload();
      else {
        showFailure(outcome.status);
        cleared.value = 0;
      }
    };
    doLater(
      texts.cleared,
      () => void remove(),
      () => (cleared.value = 0),
    );
  };
  return (
    <>
      <PageHeader title={texts.title}>
        {can('config:write') && newest !== undefined && (
          <button type="button" class="with-icon" onClick={() => clear(newest.id)}>
            <Icon name="remove" />
            {texts.clear}
          </button>
        )}
      </PageHeader>
      <p class="soft">{texts.hint}</p>
      <ListFrame
        list={shown}
        loadOlder={loadOlder}
        rows={4}
        words={{ more: integrationTexts.older, shown: texts.shown }}
        empty={<EmptyState icon="check" title={texts.none} />}
      >
        {(requests) => (
          <ul class="recorded">
            {requests.map((request) => (
              <RecordedItem key={request.id} request={request} />
            ))}
          </ul>
        )}
      </ListFrame>
    </>
  );
}

function RecordedItem({ request }: { request: Recorded }) {
  const { at, token, method, path, status, why, query, headers, body } = request;
  const reason = texts.reasons[status as keyof typeof texts.reasons] as string | undefined;
  const parts: [name: string, value: unknown][] = [
    [texts.query, query],
    [texts.headers, headers],
    [texts.body, body],
  ];
  return (
    <li class="card">
      <p class="request">{texts.sentence(token, method, path)}</p>
      <p>
        {reason ?? texts.reasons.other}{' '}
        <span class="soft">
          {texts.answered(status)} · <When at={at} />
        </span>
      </p>
      <details>
        <summary>{integrationTexts.details}</summary>
        <dl class="request-parts">
          <dt>{texts.why}</dt>
          <dd lang="en">{why}</dd>
          {parts.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>
                <pre>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
              </dd>
            </>
          ))}
        </dl>
      </details>
    </li>
  );
}
