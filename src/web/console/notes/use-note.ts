import { useLayoutEffect, useMemo } from 'preact/hooks';
import { api } from '../api/client.js';
import { unsavedInput } from '../config/unsaved.js';
import { session } from '../session.js';
import { NoteEditor, type Note, type NotePorts } from './note-editor.js';

/** The notes that are shown. Several places can show the same one, one after another or at once. */
const shown = new Map<string, { editor: NoteEditor; places: number }>();

function editorOf(call: string): { editor: NoteEditor; places: number } {
  const known = shown.get(call);
  if (known !== undefined) return known;
  const opened = { editor: new NoteEditor(portsOf(call)), places: 0 };
  shown.set(call, opened);
  void opened.editor.open();
  return opened;
}

/** Another place may show the note in the next moment. */
function closeSoon(call: string): void {
  setTimeout(() => {
    const opened = shown.get(call);
    if (opened === undefined || opened.places > 0) return;
    shown.delete(call);
    opened.editor.close();
  });
}

/** The note of a call, loaded and saved over the API. */
export function useNote(call: string): NoteEditor {
  const opened = useMemo(() => editorOf(call), [call]);
  const { editor } = opened;
  // Before the timer of `closeSoon`, also when another component shows the note now.
  useLayoutEffect(() => {
    opened.places += 1;
    const save = () => void editor.save();
    // Requests of commands are completed although the page is left.
    addEventListener('pagehide', save);
    return () => {
      removeEventListener('pagehide', save);
      opened.places -= 1;
      closeSoon(call);
    };
  }, [opened]);
  return editor;
}

function portsOf(call: string): NotePorts {
  const name = `note ${call}`;
  const path = { id: call };
  const unsaved = unsavedInput(sessionStorage, session.operator);
  return {
    async load() {
      const outcome = await api.get('/api/v1/calls/{id}/note', { path });
      return outcome.ok ? { note: outcome.data.note, mayWrite: outcome.data.may_write } : undefined;
    },
    async save(text, base) {
      const outcome = await api.put('/api/v1/calls/{id}/note', { path, body: { text, replaces: base } });
      if (outcome.ok) return { ok: true, note: outcome.data.note };
      if (outcome.status === 412)
        return { ok: false, why: 'changed', note: (outcome.problem as { note: Note | null }).note };
      return { ok: false, why: outcome.status === 403 ? 'refused' : 'failed' };
    },
    drafts: {
      read() {
        const kept = unsaved.read<string>(name);
        return kept && { text: kept.body, base: kept.base?.etag ?? null };
      },
      write: ({ text, base }) =>
        unsaved.write(name, { body: text, base: base === null ? null : { body: '', etag: base } }),
      clear: () => unsaved.clear(name),
    },
    later(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
}
