import { signal } from '@preact/signals';

/** A stored note. */
export interface Note {
  text: string;
  by: string;
  at: string;
}

/** `text` before it is saved, and the note that it is based on: its `at`, null for none. */
export interface NoteDraft {
  text: string;
  base: string | null;
}

export type SaveOutcome =
  | { ok: true; note: Note | null }
  /** Somebody else has changed the note. */
  | { ok: false; why: 'changed'; note: Note | null }
  | { ok: false; why: 'refused' | 'failed' };

export interface NotePorts {
  load: () => Promise<{ note: Note | null; mayWrite: boolean } | undefined>;
  save: (text: string, base: string | null) => Promise<SaveOutcome>;
  /** Keeps unsaved text over a reload and a lost session. */
  drafts: { read: () => NoteDraft | undefined; write: (draft: NoteDraft) => void; clear: () => void };
  /** @returns cancels */
  later: (ms: number, run: () => void) => () => void;
}

type Status = 'loading' | 'clean' | 'unsaved' | 'saving' | 'saved' | 'failed' | 'refused' | 'changed';

/** The text is saved when nobody has typed for this long. */
const PAUSE_MS = 800;
const RETRY_MS = 3_000;

/** The note of one call while somebody writes it: saved by itself, and kept until it is. */
export class NoteEditor {
  readonly text = signal('');
  readonly status = signal<Status>('loading');
  /** The stored note. */
  readonly stored = signal<Note | null>(null);
  /** What somebody else has written meanwhile, when the status is `changed`. */
  readonly theirs = signal<Note | null>(null);
  readonly mayWrite = signal(false);
  #base: string | null = null;
  #cancel: () => void = () => undefined;
  #isSaving = false;
  #isClosed = false;

  constructor(private readonly ports: NotePorts) {}

  /** Loads the note, and continues a draft that was not saved. */
  async open(): Promise<void> {
    const loaded = await this.ports.load();
    if (this.#isClosed) return;
    if (loaded === undefined) {
      this.#schedule(RETRY_MS, () => void this.open());
      return;
    }
    this.#take(loaded.note);
    this.mayWrite.value = loaded.mayWrite;
    this.status.value = 'clean';
    const draft = this.ports.drafts.read();
    if (draft === undefined || !loaded.mayWrite) return;
    this.#base = draft.base;
    this.type(draft.text);
  }

  type(text: string): void {
    this.text.value = text;
    this.ports.drafts.write({ text, base: this.#base });
    if (this.status.value === 'changed') return;
    this.status.value = 'unsaved';
    this.#schedule(PAUSE_MS, () => void this.save());
  }

  async save(): Promise<void> {
    const text = this.text.value;
    const { value: status } = this.status;
    if (this.#isSaving || (status !== 'unsaved' && status !== 'failed')) return;
    this.#cancel();
    this.#isSaving = true;
    this.status.value = 'saving';
    const outcome = await this.ports.save(text, this.#base);
    this.#isSaving = false;
    this.#settle(text, outcome);
  }

  /** Replaces what somebody else has written by the own text. */
  keepMine(): void {
    this.#base = this.theirs.value?.at ?? null;
    this.status.value = 'unsaved';
    this.type(this.text.value);
    void this.save();
  }

  takeTheirs(): void {
    this.#take(this.theirs.value);
    this.ports.drafts.clear();
    this.status.value = 'clean';
  }

  /** The note is no longer shown: what was typed is saved at once. */
  close(): void {
    void this.save();
    this.#isClosed = true;
    this.#cancel();
  }

  #take(note: Note | null): void {
    this.stored.value = note;
    this.text.value = note?.text ?? '';
    this.#base = note?.at ?? null;
  }

  #settle(text: string, outcome: SaveOutcome): void {
    if (outcome.ok) {
      this.stored.value = outcome.note;
      this.#base = outcome.note?.at ?? null;
      // Typed meanwhile.
      if (this.text.value !== text) {
        this.type(this.text.value);
        return;
      }
      this.ports.drafts.clear();
      this.status.value = 'saved';
      return;
    }
    this.status.value = outcome.why;
    if (outcome.why === 'changed') this.theirs.value = outcome.note;
    if (outcome.why === 'failed') this.#schedule(RETRY_MS, () => void this.save());
  }

  #schedule(ms: number, run: () => void): void {
    this.#cancel();
    if (this.#isClosed) return;
    this.#cancel = this.ports.later(ms, run);
  }
}
