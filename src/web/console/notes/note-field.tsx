import { useId } from 'preact/hooks';
import { texts } from '../customer/texts.js';
import { formatWhen } from '../format.js';
import type { Note } from './note-editor.js';
import { useNote } from './use-note.js';
import '../styles/notes.css';

const MAX_LENGTH = 4000;

/** The note about a call: a text field for who may write it, saved while typing; for others the text, if there is one. */
export function NoteField({ call }: { call: string }) {
  const editor = useNote(call);
  const id = useId();
  const { value: status } = editor.status;
  const { value: stored } = editor.stored;
  if (status === 'loading') return null;
  if (!editor.mayWrite.value) return stored === null ? null : <NoteText note={stored} />;
  return (
    <div class="note-field">
      <label for={id}>{texts.note}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={MAX_LENGTH}
        value={editor.text.value}
        onInput={({ currentTarget }) => editor.type(currentTarget.value)}
        onBlur={() => void editor.save()}
      />
      <p class="soft" role="status" data-note={status}>
        {status === 'clean'
          ? stored !== null && texts.writtenBy(authorOf(stored), formatWhen(stored.at))
          : WORDS[status]}
      </p>
      {status === 'changed' && (
        <div class="note-changed">
          {editor.theirs.value === null ? (
            <p>{texts.removed}</p>
          ) : (
            <>
              <p>{texts.changed(authorOf(editor.theirs.value), formatWhen(editor.theirs.value.at))}</p>
              <blockquote>{editor.theirs.value.text}</blockquote>
            </>
          )}
          <p class="actions">
            <button type="button" onClick={() => editor.keepMine()}>
              {texts.keepMine}
            </button>
            <button type="button" onClick={() => editor.takeTheirs()}>
              {texts.takeTheirs}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

const WORDS = {
  unsaved: texts.unsaved,
  saving: texts.saving,
  saved: texts.saved,
  failed: texts.failed,
  refused: texts.refused,
  changed: '',
};

/** A note as it is read: the text, who wrote it and when. */
export function NoteText({ note }: { note: Note }) {
  return (
    <figure class="note-text">
      <blockquote>{note.text}</blockquote>
      <figcaption class="soft">{texts.writtenBy(authorOf(note), formatWhen(note.at))}</figcaption>
    </figure>
  );
}

function authorOf({ by }: Pick<Note, 'by'>): string {
  return by.replace(/^@/, '');
}
