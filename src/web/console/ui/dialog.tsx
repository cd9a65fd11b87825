import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../shell/texts.js';
import { Icon } from './icon.js';

/** A modal dialog. Escape and a press beside it close it; the browser returns the focus to its cause. */
export function Dialog(props: { title: string; onClose: () => void; class?: string; children: ComponentChildren }) {
  const { title, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const closing = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    if (document.activeElement === closing.current) firstField(dialog.current)?.focus();
    return () => dialog.current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.class}
      aria-label={title}
      // Before the event `close`, which arrives later: meanwhile the visitor may have opened the dialog again.
      onCancel={onClose}
      onClose={() => dialog.current !== null && onClose()}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div class="inside">
        <div class="head">
          <h2>{title}</h2>
          <button
            ref={closing}
            type="button"
            class="icon-only"
            aria-label={texts.close}
            title={texts.close}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** The browser gives the focus to the button that closes the dialog, which is first in it. */
function firstField(dialog: HTMLElement | null): HTMLElement | null | undefined {
  const first = dialog?.querySelector<HTMLInputElement>('input, select, textarea');
  return first?.type === 'radio' ? dialog?.querySelector<HTMLInputElement>('input[type=radio]:checked') : first;
}
