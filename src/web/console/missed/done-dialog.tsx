import { useState } from 'preact/hooks';
import { groupDigits } from '../format.js';
import { Dialog } from '../ui/dialog.js';
import { useKeptText } from '../ui/kept-text.js';
import { showDone } from '../ui/toasts.js';
import { markDone, reopen } from './actions.js';
import { texts } from './texts.js';

const LONGEST_NOTE = 1000;

interface DoneDialogProps {
  number: string;
  onClose: () => void;
  onDone: () => void;
  /** Called after the visitor has taken it back. */
  onUndone: () => void;
}

/** Asks for a note and marks the number as done. A failure keeps the dialog with what was typed. */
export function DoneDialog({ number, onClose, onDone, onUndone }: DoneDialogProps) {
  const { text: note, change, forget } = useKeptText(`note for ${number}`);
  const [isSending, setSending] = useState(false);
  const shown = groupDigits(number);
  const save = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    const isDone = await markDone(number, note.value.trim());
    setSending(false);
    if (!isDone) return;
    forget();
    onDone();
    showDone(texts.isDone(shown), () => void reopen(number).then((isOpen) => isOpen && onUndone()));
  };
  return (
    <Dialog title={texts.doneFor(shown)} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <label>
          {texts.note}
          <input
            type="text"
            autofocus
            maxLength={LONGEST_NOTE}
            value={note.value}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
        </label>
        <p>
          <button type="submit" class="primary" disabled={isSending}>
            {texts.save}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
