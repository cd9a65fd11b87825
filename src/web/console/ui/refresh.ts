import { useEffect } from 'preact/hooks';

/**
 * Runs `refresh` in an interval while the page is visible, and at once when it becomes visible again.
 *
 * @param everyMs pause between two runs
 */
export function useRefresh(refresh: () => unknown, everyMs: number, dependencies: readonly unknown[]): void {
  useEffect(() => {
    const run = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    const timer = setInterval(run, everyMs);
    document.addEventListener('visibilitychange', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [everyMs, ...dependencies]);
}
