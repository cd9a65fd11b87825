import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiOutcome } from '../api/client.js';
import { useLatest } from './latest.js';
import { useRefresh } from './refresh.js';
import { showFailure } from './toasts.js';

const INTERVAL_MS = 5_000;

/**
 * Data that is loaded again every few seconds, while the page is visible. An update that fails leaves the last data.
 * @param key of the data: other data are loaded at once when it changes
 * @returns undefined before the first response
 */
export function usePolled<T>(load: () => Promise<ApiOutcome<T>>, key = ''): [data: T | undefined, reload: () => void] {
  const [data, setData] = useState<T | undefined>(undefined);
  const latest = useLatest();
  const loading = useRef(0);
  const update = async (isFirst: boolean) => {
    loading.current += 1;
    const outcome = await latest(load()).finally(() => (loading.current -= 1));
    if (outcome?.ok === true) setData(outcome.data);
    else if (outcome?.ok === false && isFirst) showFailure(outcome.status);
  };
  useEffect(() => void update(true), [key]);
  // A response that takes longer than the interval must not be given up for the next one.
  useRefresh(() => loading.current === 0 && void update(false), INTERVAL_MS, [key]);
  return [data, () => void update(true)];
}
