import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { api, type ApiOutcome } from '../api/client.js';
import { lineName } from '../names.js';
import { can } from '../session.js';
import { CallButton } from '../dialling/deferred-button.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { memo } from '../ui/memo.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { CallFilter, chosenSearch, filterQuery, isFiltered } from './filter.js';
import { CallOutcomeBadge, outsideNumber } from './outcome.js';
import { RecordingButton } from './recording-button.js';
import { RefusedCalls } from './refused.js';
import { SavedSearches } from './saved.js';
import { texts } from './texts.js';
import type { Call } from './types.js';
import '../styles/calls.css';

interface Loaded {
  /** Each as it was loaded. */
  pages: Call[][];
  next: string | null;
}

/** Older calls are loaded when the end of the list is this near. */
const LOAD_AHEAD_PX = 600;

/** The last list, so that the way back from a call shows it at once, with what was loaded of it. */
let kept: { search: string; loaded: Loaded } | undefined;

/** The calls, newest first. The filter is in the address: a link keeps it. */
export default function CallsPage() {
  const { url } = useLocation();
  const { search } = new URL(url, location.origin);
  const loaded = useSignal<Loaded | undefined>(kept?.search === search ? kept.loaded : undefined);
  useEffect(() => {
    let isCurrent = true;
    if (kept?.search !== search) loaded.value = undefined;
    // On the way back, the visitor goes on where they were.
    else if (kept.loaded.pages.length > 1) return;
    void load(search).then((outcome) => {
      if (!isCurrent) return;
      if (outcome.ok) keep({ pages: [outcome.data.calls], next: outcome.data.next });
      else showFailure(outcome.status);
    });
    return () => {
      isCurrent = false;
    };
  }, [search]);
  const keep = (now: Loaded) => {
    kept = { search, loaded: now };
    loaded.value = now;
  };
  const isLoading = useRef(false);
  const loadOlder = async (before: Loaded) => {
    if (isLoading.current) return;
    isLoading.current = true;
    const outcome = await load(search, before.next ?? undefined);
    isLoading.current = false;
    if (!outcome.ok) showFailure(outcome.status);
    // Another filter may have been chosen meanwhile.
    else if (loaded.value === before) keep({ pages: [...before.pages, outcome.data.calls], next: outcome.data.next });
  };
  const shown = loaded.value;
  const number = new URLSearchParams(search).get('q');
  const csvQuery = new URLSearchParams(Object.entries(filterQuery(search)) as [string, string][]).toString();
  return (
    <>
      <PageHeader title={texts.title}>
        <a class="button" href={`/api/v1/calls.csv${csvQuery === '' ? '' : `?${csvQuery}`}`} download>
          {texts.csv}
        </a>
      </PageHeader>
      <CallFilter search={search} />
      <SavedSearches search={chosenSearch(search)} />
      {(!isFiltered(search) || number !== null) && <RefusedCalls number={number ?? ''} />}
      {shown === undefined ? (
        <Skeleton rows={8} />
      ) : shown.pages[0]?.length === 0 ? (
        <EmptyState icon="calls" title={isFiltered(search) ? texts.noMatch : texts.none}>
          {!isFiltered(search) && texts.noneHint}
        </EmptyState>
      ) : (
        <>
          <CallTable pages={shown.pages} />
          {shown.next !== null && <Older onReach={() => void loadOlder(shown)} />}
        </>
      )}
      <p class="unseen" role="status">
        {shown && texts.shown(shown.pages.flat().length)}
      </p>
    </>
  );
}

function load(search: string, cursor?: string): Promise<ApiOutcome<{ calls: Call[]; next: string | null }>> {
  const query = filterQuery(search);
  if (cursor !== undefined) query.cursor = cursor;
  return api.get('/api/v1/calls', { query });
}

/** The button to load older calls, which is pressed by itself when it comes near. */
function Older({ onReach }: { onReach: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const reach = useRef(onReach);
  reach.current = onReach;
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) reach.current();
      },
      { rootMargin: `${LOAD_AHEAD_PX}px` },
    );
    if (button.current !== null) observer.observe(button.current);
    return () => observer.disconnect();
  });
  return (
    <button ref={button} type="button" class="older" onClick={() => reach.current()}>
      {texts.older}
    </button>
  );
}

/** One body for each loaded page: the browser lays out only those that are seen (`content-visibility`). */
function CallTable({ pages }: { pages: Call[][] }) {
  return (
    <table class="calls-list">
      <thead>
        <tr>
          <th>{texts.who}</th>
          <th>{texts.line}</th>
          <th>{texts.result}</th>
          <th class="number">{texts.when}</th>
        </tr>
      </thead>
      {pages.map((calls, index) => (
        <Rows key={String(index)} calls={calls} />
      ))}
    </table>
  );
}

const Rows = memo(({ calls }: { calls: Call[] }) => (
  <tbody>
    {calls.map((call) => (
      <tr key={call.id}>
        <td>
          <span class={`direction ${call.direction}`} title={texts.directions[call.direction]}>
            <Icon name={call.direction} />
            <span class="unseen">{texts.directions[call.direction]}</span>
          </span>
          <a href={`/calls/${encodeURIComponent(call.id)}`}>{outsideNumber(call)}</a>
          {call.caller !== '' && <CallButton number={call.caller} call={call.id} />}
        </td>
        <td>{lineName(call.line)}</td>
        <td>
          <CallOutcomeBadge call={call} />
          {call.has_recording && can('recordings:read') && <RecordingButton call={call.id} who={outsideNumber(call)} />}
          {call.note !== null && (
            <span class="has-note" title={call.note.text}>
              <Icon name="text" />
              <span class="unseen">{texts.noteIs(call.note.text)}</span>
            </span>
          )}
        </td>
        <td class="number">
          <When at={call.started_at} />
        </td>
      </tr>
    ))}
  </tbody>
));
