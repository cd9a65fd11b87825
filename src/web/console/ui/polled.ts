import { useEffect, useState } from 'preact/hooks';
import type { ApiOutcome } from '../api/client.js';
import { showFailure } from './toasts.js';

const INTERVAL_MS = 5_000;

/**
 * Data that is loaded again every few seconds, while the page is visible. An update that fails leaves the last data.
 * @returns undefined before the first response
 */
export function usePolled<T>(load: () => Promise<ApiOutcome<T>>, key = ''): [data: T | undefined, reload: () => void] {
  const [data, setData] = useState<T | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    let isFirst = true;
    const update = async () => {
      const outcome = await load();
      if (!isCurrent) return;
      if (outcome.ok) setData(outcome.data);
      else if (isFirst) showFailure(outcome.status);
      isFirst = false;
    };
    void update();
    const timer = setInterval(() => document.visibilityState === 'visible' && void update(), INTERVAL_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [key, turn]);
  return [data, () => setTurn(turn + 1)];
}
