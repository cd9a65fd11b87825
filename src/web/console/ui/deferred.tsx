import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { Skeleton } from './skeleton.js';

/**
 * A part of a page that is loaded when it is first shown, so that the page itself does not wait for it.
 * @param rows height of its placeholder; 0: none
 */
export function deferred<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
  rows: number,
): FunctionComponent<P> {
  const loaded = signal<{ Part: FunctionComponent<P> } | undefined>(undefined);
  let loading: Promise<void> | undefined;
  return function Deferred(props) {
    useEffect(() => {
      if (loaded.value !== undefined) return;
      // After a failure the next place that shows the part tries again.
      loading ??= load()
        .then((Part) => void (loaded.value = { Part }))
        .finally(() => (loading = undefined));
    }, []);
    if (loaded.value === undefined) return rows === 0 ? null : <Skeleton rows={rows} />;
    const { Part } = loaded.value;
    return <Part {...props} />;
  };
}
