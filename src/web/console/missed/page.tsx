import { effect, useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { api, type ApiOutcome } from '../api/client.js';
import { state as liveState } from '../now/live.js';
import { can, session } from '../session.js';
import { showMissedCount } from '../shell/missed-count.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLatest } from '../ui/latest.js';
import { useRefresh } from '../ui/refresh.js';
import { Skeleton } from '../ui/skeleton.js';
import { Tabs } from '../ui/tabs.js';
import { showFailure } from '../ui/toasts.js';
import { ListEnd } from '../ui/list-end.js';
import { MissedTable } from './table.js';
import { texts } from './texts.js';
import type { MissedAnswer, MissedCaller } from './types.js';
import '../styles/missed.css';

type ListState = 'open' | 'closed';

/** Rows at first, and how many more one press shows. */
const PAGE = 50;
/** The most that the API returns at once. */
const MOST_AT_ONCE = 200;
const REFRESH_MS = 15_000;
/** The outcome of a call is stored soon after the call has left the live state. */
const STORED_AFTER_MS = 800;

/** The numbers to call back, the last missed first, and those that are done. */
export default function MissedPage() {
  const { url } = useLocation();
  const shows: ListState = new URL(url, location.origin).searchParams.get('state') === 'closed' ? 'closed' : 'open';
  const loaded = useSignal<MissedAnswer | undefined>(undefined);
  const [wanted, setWanted] = useState(PAGE);
  const latest = useLatest();
  const load = async () => {
    const outcome = await latest(loadMissed(shows, wanted));
    if (outcome === undefined) return;
    void showMissedCount();
    if (outcome.ok) loaded.value = outcome.data;
    // A failed refresh keeps the list; the next one may succeed.
    else if (loaded.value === undefined) showFailure(outcome.status);
  };
  useEffect(() => {
    loaded.value = undefined;
  }, [shows]);
  useEffect(() => void load(), [shows, wanted]);
  useRefresh(() => void load(), REFRESH_MS, [shows, wanted]);
  useCallEnds(() => void load(), [shows, wanted]);
  const shown = loaded.value;
  return (
    <>
      <PageHeader title={texts.title}>
        <Tabs
          label={texts.title}
          tabs={[
            { view: 'open', name: texts.states.open, href: '/missed' },
            { view: 'closed', name: texts.states.closed, href: '/missed?state=closed' },
          ]}
          shown={shows}
        />
      </PageHeader>
      {can('operators:read') && <Hint />}
      {shown === undefined ? (
        <Skeleton rows={5} />
      ) : (
        <>
          {shown.missed.length === 0 && <NobodyMissed shows={shows} />}
          <MissedTable missed={shown.missed} onChange={() => void load()} />
        </>
      )}
      <ListEnd
        count={shown?.missed.length}
        hasMore={shown?.next != null}
        words={{ more: texts.more, shown: texts.shown }}
        onMore={() => shown && setWanted(shown.missed.length + PAGE)}
      />
    </>
  );
}

/** Loads as many numbers as wanted, page by page. */
async function loadMissed(state: ListState, wanted: number): Promise<ApiOutcome<MissedAnswer>> {
  const missed: MissedCaller[] = [];
  for (let cursor: string | undefined; ;) {
    const limit = Math.min(MOST_AT_ONCE, wanted - missed.length);
    const query = cursor === undefined ? { state, limit } : { state, limit, cursor };
    const outcome = await api.get('/api/v1/missed-calls', { query });
    if (!outcome.ok) return outcome;
    missed.push(...outcome.data.missed);
    const { next } = outcome.data;
    if (next === null || missed.length >= wanted) return { ...outcome, data: { missed, next } };
    cursor = next;
  }
}

function NobodyMissed({ shows }: { shows: ListState }) {
  if (shows === 'closed') return <EmptyState icon="check" title={texts.noneClosed} />;
  return (
    <EmptyState icon="check" title={texts.none}>
      <p>{texts.noneHint}</p>
      <a class="button" href="/calls">
        {texts.allCalls}
      </a>
    </EmptyState>
  );
}

/** Why the visitor cannot call back. */
function Hint() {
  if (!can('numbers:read')) return <p class="soft">{texts.noNumbers}</p>;
  return session.handset === null ? <NoHandset /> : null;
}

function NoHandset() {
  return (
    <p class="soft">
      {texts.noHandset}{' '}
      {can('accounts:write') && session.operator !== null ? (
        <a href={`/people/${session.operator}`}>{texts.assignHandset}</a>
      ) : (
        texts.askForHandset
      )}
    </p>
  );
}

/** Calls `onEnd` after a call has ended. */
function useCallEnds(onEnd: () => void, dependencies: readonly unknown[]): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let before: string[] = [];
    const dispose = effect(() => {
      const calls = liveState.value?.calls ?? {};
      if (before.some((id) => !(id in calls))) {
        clearTimeout(timer);
        timer = setTimeout(onEnd, STORED_AFTER_MS);
      }
      before = Object.keys(calls);
    });
    return () => {
      clearTimeout(timer);
      dispose();
    };
  }, dependencies);
}
