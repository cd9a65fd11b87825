import { showDone, SHOWN_MS } from './toasts.js';

/** How long the end of a call, such as a transfer or a hang-up, can be undone. */
export const UNDO_END_MS = 3_000;

/** What has been announced, and is done when it can no longer be undone. */
const pending = new Set<() => void>();

/**
 * Announces an action that cannot be reversed, and does it when it can no longer be undone.
 *
 * @param run must send its request at once: it is also called when the page is left
 * @param undone it will not happen
 * @param undoMs how long it can be undone
 */
export function doLater(text: string, run: () => void, undone: () => void, undoMs = SHOWN_MS): void {
  const finish = () => {
    if (!pending.delete(finish)) return;
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(finish, undoMs);
  pending.add(finish);
  const undo = () => {
    if (!pending.delete(finish)) return;
    clearTimeout(timer);
    undone();
  };
  showDone(text, undo, undoMs);
}

addEventListener('pagehide', () => {
  for (const finish of pending) finish();
});
