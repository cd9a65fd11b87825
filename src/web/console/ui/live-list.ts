import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ApiOutcome } from '../api/client.js';
import { useLatest } from './latest.js';
import { withNewest, type ListPage } from './list-page.js';
import { useRefresh } from './refresh.js';
import { showFailure } from './toasts.js';

interface LiveListOptions<T> {
  load: (page: { limit: number; cursor?: string }) => Promise<ApiOutcome<ListPage<T>>>;
  idOf: (item: T) => string;
  /** Of the filter: another list is loaded when it changes. */
  key: string;
}

export interface LiveList<T> {
  /** Undefined before the first response. */
  list: ListPage<T> | undefined;
  loadOlder: () => void;
  reload: () => void;
}

const INTERVAL_MS = 5_000;
const PAGE = 50;
/** The most items that are kept up to date; the API returns no more at once. */
const MOST_FRESH = 200;

/** A list that is loaded again every few seconds while the page is visible, and grows by older items. */
export function useLiveList<T>({ load, idOf, key }: LiveListOptions<T>): LiveList<T> {
  const list = useSignal<ListPage<T> | undefined>(undefined);
  const latest = useLatest();
  const loading = useRef(0);
  const request = async (page: { limit: number; cursor?: string }) => {
    loading.current += 1;
    return latest(load(page)).finally(() => (loading.current -= 1));
  };
  const refresh = async (isQuiet: boolean) => {
    const shown = list.peek()?.items.length ?? 0;
    const outcome = await request({ limit: Math.min(MOST_FRESH, Math.max(PAGE, shown)) });
    if (outcome?.ok === true) list.value = withNewest(list.peek(), outcome.data, idOf);
    else if (outcome?.ok === false && !isQuiet) showFailure(outcome.status);
  };
  const loadOlder = async () => {
    const before = list.peek();
    if (before?.next == null || loading.current > 0) return;
    const outcome = await request({ limit: PAGE, cursor: before.next });
    if (outcome?.ok === true) list.value = { ...outcome.data, items: [...before.items, ...outcome.data.items] };
    else if (outcome?.ok === false) showFailure(outcome.status);
  };
  useEffect(() => {
    list.value = undefined;
    void refresh(false);
  }, [key]);
  useRefresh(() => loading.current === 0 && void refresh(true), INTERVAL_MS, [key]);
  return { list: list.value, loadOlder: () => void loadOlder(), reload: () => void refresh(false) };
}
