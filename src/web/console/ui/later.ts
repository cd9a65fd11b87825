import { showDone, SHOWN_MS } from './toasts.js';

/** What has been announced, and is done when it can no longer be undone. */
const pending = new Set<() => void>();

/**
 * Announces an action that cannot be reversed, and does it when it can no longer be undone.
 *
 * @param run must send its request at once: it is also called when the page is left
 * @param undone it will not happen
 */
export function doLater(text: string, run: () => void, undone: () => void): void {
  const finish = () => {
    if (!pending.delete(finish)) return;
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(finish, SHOWN_MS);
  pending.add(finish);
  showDone(text, () => {
    if (!pending.delete(finish)) return;
    clearTimeout(timer);
    undone();
  });
}

addEventListener('pagehide', () => {
  for (const finish of pending) finish();
});
