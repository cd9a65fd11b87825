import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { PageHeader } from '../shell/page-header.js';
import { showMessageCount } from '../shell/message-count.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLatest } from '../ui/latest.js';
import { ListEnd } from '../ui/list-end.js';
import { useRefresh } from '../ui/refresh.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { MessageTable } from './table.js';
import { texts } from './texts.js';
import '../styles/missed.css';

type MessageAnswer = paths['/api/v1/messages']['get']['responses'][200]['content']['application/json'];

/** Rows at first, and how many more one press shows. */
const PAGE = 50;
/** The most that the API returns. */
const MOST = 200;
const REFRESH_MS = 15_000;

/** What callers said when nobody answered, newest first. */
export default function MessagesPage() {
  const { url } = useLocation();
  const shows = new URL(url, location.origin).searchParams.get('state') === 'done' ? 'done' : 'open';
  const loaded = useSignal<MessageAnswer | undefined>(undefined);
  const [wanted, setWanted] = useState(PAGE);
  const latest = useLatest();
  const load = async () => {
    const outcome = await latest(api.get('/api/v1/messages', { query: { state: shows, limit: wanted } }));
    if (outcome === undefined) return;
    void showMessageCount();
    if (outcome.ok) loaded.value = outcome.data;
    // A failed refresh keeps the list; the next one may succeed.
    else if (loaded.value === undefined) showFailure(outcome.status);
  };
  useEffect(() => {
    loaded.value = undefined;
  }, [shows]);
  useEffect(() => void load(), [shows, wanted]);
  useRefresh(() => void load(), REFRESH_MS, [shows, wanted]);
  const shown = loaded.value;
  return (
    <>
      <PageHeader title={texts.title}>
        <nav class="tabs" aria-label={texts.title}>
          {(['open', 'done'] as const).map((each) => (
            <a
              key={each}
              href={each === 'open' ? '/messages' : '/messages?state=done'}
              aria-current={each === shows ? 'page' : undefined}
            >
              {texts.states[each]}
            </a>
          ))}
        </nav>
      </PageHeader>
      {shown === undefined && <Skeleton rows={5} />}
      {shown?.messages.length === 0 && <NoMessages shows={shows} />}
      {shown !== undefined && shown.messages.length > 0 && (
        <MessageTable messages={shown.messages} onChange={() => void load()} />
      )}
      <ListEnd
        count={shown?.messages.length}
        hasMore={shown?.next != null && wanted < MOST}
        words={{ more: texts.more, shown: texts.shown }}
        onMore={() => setWanted(Math.min(MOST, wanted + PAGE))}
      />
    </>
  );
}

function NoMessages({ shows }: { shows: 'open' | 'done' }) {
  if (shows === 'done') return <EmptyState icon="check" title={texts.noneDone} />;
  return (
    <EmptyState icon="check" title={texts.none}>
      <p>{texts.noneHint}</p>
    </EmptyState>
  );
}
