import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ApiOutcome } from '../api/client.js';
import { useLatest } from './latest.js';
import { showFailure } from './toasts.js';

interface LoadedItem<T> {
  /** Undefined before the first response; `missing`: there is none. */
  item: T | 'missing' | undefined;
  /** Shows the response to a change of the item, or its failure. @returns whether it succeeded */
  show: (outcome: ApiOutcome<T>) => boolean;
  reload: () => Promise<void>;
}

/** The item of a page that shows one. @param key of the item: another one is loaded when it changes */
export function useItem<T>(load: () => Promise<ApiOutcome<T>>, key: string | number): LoadedItem<T> {
  const item = useSignal<T | 'missing' | undefined>(undefined);
  const latest = useLatest();
  const show = (outcome: ApiOutcome<T>): boolean => {
    if (outcome.ok) item.value = outcome.data;
    else if (outcome.status === 404) item.value = 'missing';
    else showFailure(outcome.status);
    return outcome.ok;
  };
  const reload = async () => {
    const outcome = await latest(load());
    if (outcome !== undefined) show(outcome);
  };
  useEffect(() => {
    item.value = undefined;
    void reload();
  }, [key]);
  return { item: item.value, show, reload };
}
