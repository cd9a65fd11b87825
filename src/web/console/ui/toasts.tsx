import { signal } from '@preact/signals';
import { texts } from '../shell/texts.js';
import { Icon } from './icon.js';
import { offerUndo } from './undo.js';

interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'failed';
  undo?: (() => void) | undefined;
  shownMs?: number | undefined;
}

/** How long a toast is shown, and its action can be undone. */
export const SHOWN_MS = 7_000;
const MAX_SHOWN = 4;

const toasts = signal<Toast[]>([]);
let lastId = 0;

/** Says what has changed, and offers to undo it while the toast is shown. */
export function showDone(text: string, undo?: () => void, shownMs?: number): void {
  show({ text, tone: 'done', undo, shownMs });
}

/** Says that an action failed. @param status of the response, 0 without one */
export function showFailure(status: number): void {
  const { failures, failed } = texts;
  show({ text: status in failures ? failures[status as keyof typeof failures] : failed, tone: 'failed' });
}

/** Says why an action failed. */
export function showProblem(text: string): void {
  show({ text, tone: 'failed' });
}

function show(toast: Omit<Toast, 'id'>): void {
  lastId += 1;
  const id = lastId;
  const undo = toast.undo && (() => (remove(id), toast.undo?.()));
  toasts.value = [...toasts.value.slice(1 - MAX_SHOWN), { ...toast, undo, id }];
  const withdraw = undo && offerUndo(undo);
  setTimeout(() => {
    withdraw?.();
    remove(id);
  }, toast.shownMs ?? SHOWN_MS);
}

function remove(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={`toast ${toast.tone}`}>
          <Icon name={toast.tone === 'done' ? 'check' : 'warning'} />
          <span>{toast.text}</span>
          {toast.undo && (
            <button type="button" onClick={toast.undo}>
              {texts.undo}
            </button>
          )}
          <button
            type="button"
            class="icon-only"
            aria-label={texts.dismiss}
            title={texts.dismiss}
            onClick={() => remove(toast.id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
