import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../shell/texts.js';
import { Icon } from './icon.js';

/** A modal dialog. Escape and a press beside it close it; the browser returns the focus to its cause. */
export function Dialog(props: { title: string; onClose: () => void; class?: string; children: ComponentChildren }) {
  const { title, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
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
          <button type="button" class="icon-only" aria-label={texts.close} title={texts.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
