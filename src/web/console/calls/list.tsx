import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { api, type ApiOutcome } from '../api/client.js';
import { formatExactInstant, formatWhen } from '../format.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { CallFilter, filterQuery, isFiltered } from './filter.js';
import { CallOutcomeBadge, lineName, outsideNumber } from './outcome.js';
import { texts } from './texts.js';
import type { Call } from './types.js';

interface Loaded {
  calls: Call[];
  next: string | null;
}

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
    void load(search).then((outcome) => {
      if (!isCurrent) return;
      if (outcome.ok) keep(outcome.data);
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
  const loadOlder = async ({ calls, next }: Loaded) => {
    const outcome = await load(search, next ?? undefined);
    if (outcome.ok) keep({ calls: [...calls, ...outcome.data.calls], next: outcome.data.next });
    else showFailure(outcome.status);
  };
  const shown = loaded.value;
  return (
    <>
      <PageHeader title={texts.title}>
        <a class="button" href={`/api/v1/calls.csv${search}`} download>
          {texts.csv}
        </a>
      </PageHeader>
      <CallFilter search={search} />
      {shown === undefined ? (
        <Skeleton rows={8} />
      ) : shown.calls.length === 0 ? (
        <EmptyState icon="calls" title={isFiltered(search) ? texts.noMatch : texts.none}>
          {!isFiltered(search) && texts.noneHint}
        </EmptyState>
      ) : (
        <>
          <CallTable calls={shown.calls} />
          {shown.next !== null && (
            <button type="button" class="older" onClick={() => void loadOlder(shown)}>
              {texts.older}
            </button>
          )}
        </>
      )}
      <p class="unseen" role="status">
        {shown && texts.shown(shown.calls.length)}
      </p>
    </>
  );
}

function load(search: string, cursor?: string): Promise<ApiOutcome<Loaded>> {
  const query = filterQuery(search);
  if (cursor !== undefined) query.cursor = cursor;
  return api.get('/api/v1/calls', { query });
}

function CallTable({ calls }: { calls: Call[] }) {
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
      <tbody>
        {calls.map((call) => (
          <tr key={call.id}>
            <td>
              <span class={`direction ${call.direction}`} title={texts.directions[call.direction]}>
                <Icon name={call.direction} />
                <span class="unseen">{texts.directions[call.direction]}</span>
              </span>
              <a href={`/calls/${encodeURIComponent(call.id)}`}>{outsideNumber(call)}</a>
            </td>
            <td>{lineName(call.line)}</td>
            <td>
              <CallOutcomeBadge call={call} />
            </td>
            <td class="number">
              <time dateTime={call.started_at} title={formatExactInstant(call.started_at)}>
                {formatWhen(call.started_at)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
