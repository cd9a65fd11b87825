import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { doLater } from '../ui/later.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import '../styles/integrations.css';

const texts = integrationTexts.recorded;

type Loaded = paths['/api/v1/recorded-requests']['get']['responses'][200]['content']['application/json'];
type Recorded = Loaded['requests'][number];

/** Requests of the dispatch that could not be understood, in words. */
export default function RecordedPage() {
  const loaded = useSignal<Loaded | undefined>(undefined);
  const load = async (cursor?: string) => {
    const query = cursor === undefined ? {} : { cursor: Number(cursor) };
    const outcome = await api.get('/api/v1/recorded-requests', { query });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    const { requests, next } = outcome.data;
    const before = cursor === undefined ? [] : (loaded.value?.requests ?? []);
    loaded.value = { requests: [...before, ...requests], next };
  };
  useEffect(() => void load(), []);
  const clear = () => {
    const before = loaded.value;
    const [newest] = before?.requests ?? [];
    if (newest === undefined) return;
    loaded.value = { requests: [], next: null };
    const remove = async () => {
      const outcome = await api.delete('/api/v1/recorded-requests', { query: { up_to: newest.id } });
      if (!outcome.ok) {
        showFailure(outcome.status);
        loaded.value = before;
      }
    };
    doLater(
      texts.cleared,
      () => void remove(),
      () => (loaded.value = before),
    );
  };
  const shown = loaded.value;
  return (
    <>
      <PageHeader title={texts.title}>
        {can('config:write') && shown !== undefined && shown.requests.length > 0 && (
          <button type="button" class="with-icon" onClick={clear}>
            <Icon name="remove" />
            {texts.clear}
          </button>
        )}
      </PageHeader>
      <p class="soft">{texts.hint}</p>
      {shown === undefined ? (
        <Skeleton rows={4} />
      ) : shown.requests.length === 0 ? (
        <EmptyState icon="check" title={texts.none} />
      ) : (
        <>
          <ul class="recorded">
            {shown.requests.map((request) => (
              <RecordedItem key={request.id} request={request} />
            ))}
          </ul>
          {shown.next !== null && (
            <button type="button" class="older" onClick={() => void load(shown.next ?? undefined)}>
              {integrationTexts.older}
            </button>
          )}
        </>
      )}
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
