import { computed, signal } from '@preact/signals';
import type { ApiFailure, FieldError } from '../api/client.js';
import type { ConfigItems, ItemAt, ItemChange, StoredItem } from './items.js';
import type { UnsavedInput } from './unsaved.js';
import { isEqual, mergeItem, pathOf, valueAt, withValue, type Path } from './values.js';

/** What a form shows and changes. */
export interface FormState {
  readonly body: { readonly value: unknown };
  /** `field` without the part of the request: `announce.every`. */
  readonly errors: { readonly value: readonly FieldError[] };
  set(path: Path, value: unknown): void;
}

/** Another user has changed the item meanwhile. */
export interface Conflict<T> {
  /** The item as it is; null: it was removed. */
  theirs: T | null;
  etag: string | null;
  changedBy: ItemChange[];
}

/** The name of a property, such as `announce.every`; undefined when it has none. */
export type LabelOf = (path: string) => string | undefined;

/** What a notice is about. */
export interface ItemNotice {
  at: ItemAt;
  /** As it was; null for a new item. */
  before: unknown;
  after: unknown;
}

/** Notices of the editor to the visitor. */
export interface EditorNotices {
  /** @param undo puts the former item back */
  saved(undo: () => void, notice: ItemNotice, labelOf: LabelOf): void;
  removed(undo: () => void, notice: Omit<ItemNotice, 'after'>): void;
  undone(): void;
  /** @param undo brings the visitor's own input back */
  tookTheirs(undo: () => void): void;
  failed(failure: ApiFailure): void;
}

interface EditorOptions<T> {
  items: ConfigItems;
  unsaved: UnsavedInput;
  notices: EditorNotices;
  /** For a new item: its first content, and the property that becomes its key, if any does. */
  fresh?: { body: T; keyField?: (keyof T & string) | undefined } | undefined;
  /** Completes the input before it is saved, such as the notation of a number. */
  prepare?: ((body: T) => T) | undefined;
}

type Phase = 'loading' | 'ready' | 'missing' | 'unreachable';

/**
 * One item of the configuration in a form. Nothing typed is lost: it survives errors, a lost session (see {@link UnsavedInput}) and
 * changes by others, which the visitor decides about. A saved change can be undone.
 */
export class ItemEditor<T extends object> implements FormState {
  readonly phase = signal<Phase>('loading');
  readonly body = signal<T>({} as T);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly conflict = signal<Conflict<T> | undefined>(undefined);
  readonly isSaving = signal(false);
  /** The form shows input from before: the session ended, or the page was left. */
  readonly isRestored = signal(false);
  /** The item as it was read or saved last; null for a new one. */
  readonly #base = signal<{ body: T; etag: string } | null>(null);
  readonly isChanged = computed(() => !isEqual(this.body.value, this.#base.value?.body ?? this.options.fresh?.body));
  #key: string;

  constructor(
    private readonly at: ItemAt,
    private readonly options: EditorOptions<T>,
  ) {
    this.#key = at.key;
  }

  get isNew(): boolean {
    return this.#base.value === null;
  }

  /** The item as it is stored. */
  get stored(): T | undefined {
    return this.#base.value?.body;
  }

  get key(): string {
    return this.#key;
  }

  get #name(): string {
    return `${this.at.section}/${this.at.key}`;
  }

  async load(): Promise<void> {
    const { items, unsaved, fresh } = this.options;
    const kept = unsaved.read<T>(this.#name);
    if (fresh !== undefined) this.#show(null, kept?.body ?? fresh.body);
    else {
      const outcome = await items.read(this.at);
      if (!outcome.ok) this.phase.value = outcome.status === 404 ? 'missing' : 'unreachable';
      if (!outcome.ok) return;
      const read = baseOf<T>(outcome.data);
      // The input keeps its base: saving it reports what others have changed since.
      this.#show(kept?.base ?? read, kept?.body ?? read.body);
    }
    this.isRestored.value = kept !== undefined && this.isChanged.value;
  }

  set(path: Path, value: unknown): void {
    this.body.value = withValue(this.body.value, path, value);
    const changed = path.join('.');
    this.errors.value = this.errors.value.filter(({ field }) => field !== changed && !field.startsWith(`${changed}.`));
    this.options.unsaved.write(this.#name, { body: this.body.value, base: this.#base.value });
  }

  /** Forgets the input. */
  reset(): void {
    const { fresh, unsaved } = this.options;
    const body = this.#base.value?.body ?? fresh?.body;
    if (body !== undefined) this.body.value = body;
    this.errors.value = [];
    this.isRestored.value = false;
    unsaved.clear(this.#name);
  }

  /** @param labelOf for the notice @returns whether the item is stored now */
  async save(labelOf: LabelOf = () => undefined): Promise<boolean> {
    const { items, fresh, notices } = this.options;
    const former = this.#base.value;
    this.body.value = this.options.prepare?.(this.body.value) ?? this.body.value;
    const body = this.body.value;
    if (former === null && fresh?.keyField !== undefined) {
      const key = body[fresh.keyField] as string | number | undefined;
      this.#key = String(key ?? '').trim();
      if (this.#key === '') return this.#refuseKey(fresh.keyField, 'missing');
    }
    const at = { ...this.at, key: this.#key };
    this.isSaving.value = true;
    const outcome = await items.write(at, body, former?.etag ?? null);
    this.isSaving.value = false;
    if (!outcome.ok) {
      this.#refused(outcome);
      return false;
    }
    const saved = baseOf<T>(outcome.data);
    this.#showSaved(saved, isEqual(this.body.value, body) ? saved.body : this.body.value);
    this.isRestored.value = false;
    const notice = { at, before: former?.body ?? null, after: saved.body };
    notices.saved(() => void this.#undoSave(at, former, saved), notice, labelOf);
    return true;
  }

  /** @returns whether it is gone */
  async remove(): Promise<boolean> {
    const { items, notices, unsaved } = this.options;
    const base = this.#base.value;
    if (base === null) return false;
    const at = { ...this.at, key: this.#key };
    const listed = await items.list(at.section);
    const position = listed.ok ? listed.data.findIndex(({ key }) => key === at.key) : -1;
    const outcome = await items.remove(at, base.etag);
    if (!outcome.ok) {
      this.#refused(outcome);
      return false;
    }
    unsaved.clear(this.#name);
    const undo = () =>
      void items.write(at, base.body, null, position === -1 ? undefined : position).then((back) => {
        if (back.ok) notices.undone();
        else notices.failed(back);
      });
    notices.removed(undo, { at, before: base.body });
    return true;
  }

  /** Resolves a conflict: saves what the visitor changed, and keeps what only others have changed. */
  async keepMine(labelOf?: LabelOf): Promise<boolean> {
    const conflict = this.conflict.value;
    if (conflict === undefined) return false;
    const base = this.#base.value;
    this.conflict.value = undefined;
    if (conflict.theirs !== null && base !== null)
      this.body.value = mergeItem(base.body, this.body.value, conflict.theirs);
    this.#base.value =
      conflict.theirs === null || conflict.etag === null ? null : { body: conflict.theirs, etag: conflict.etag };
    return this.save(labelOf);
  }

  /** Resolves a conflict: shows the item as it is. The visitor's input can be brought back. */
  takeTheirs(): void {
    const conflict = this.conflict.value;
    if (conflict === undefined) return;
    const [mine, base] = [this.body.value, this.#base.value];
    this.conflict.value = undefined;
    this.options.unsaved.clear(this.#name);
    if (conflict.theirs === null || conflict.etag === null) this.phase.value = 'missing';
    else this.#show({ body: conflict.theirs, etag: conflict.etag }, conflict.theirs);
    this.options.notices.tookTheirs(() => {
      this.#show(base, mine);
      this.options.unsaved.write(this.#name, { body: mine, base });
    });
  }

  /** Leaves the conflict undecided; the input stays. */
  decideLater(): void {
    this.conflict.value = undefined;
  }

  async #undoSave(
    at: ItemAt,
    former: { body: T; etag: string } | null,
    saved: { body: T; etag: string },
  ): Promise<void> {
    const { items, notices } = this.options;
    const { etag } = saved;
    const outcome = former === null ? await items.remove(at, etag) : await items.write(at, former.body, etag);
    if (!outcome.ok) {
      notices.failed(outcome);
      return;
    }
    if (former === null) this.phase.value = 'missing';
    else {
      const base = baseOf<T>((outcome as { data: StoredItem }).data);
      this.#showSaved(base, mergeItem(saved.body, this.body.value, former.body));
    }
    notices.undone();
  }

  /** Shows an item that was stored now, with what was typed since. */
  #showSaved(base: { body: T; etag: string }, body: T): void {
    this.#show(base, body);
    if (this.isChanged.value) this.options.unsaved.write(this.#name, { body, base });
    else this.options.unsaved.clear(this.#name);
  }

  #show(base: { body: T; etag: string } | null, body: T): void {
    this.#base.value = base;
    this.body.value = body;
    this.errors.value = [];
    this.phase.value = 'ready';
  }

  #refuseKey(field: string, code: 'missing' | 'duplicate'): false {
    this.errors.value = [{ field, code, detail: code, params: { value: this.#key } }];
    return false;
  }

  #refused(failure: ApiFailure): void {
    const { fresh } = this.options;
    if (failure.status === 412 && this.isNew && fresh !== undefined) {
      this.#refuseKey(fresh.keyField ?? '', 'duplicate');
      return;
    }
    if (failure.status === 412) {
      const { current, etag, changed_by } = failure.problem as {
        current: T | null;
        etag: string | null;
        changed_by: ItemChange[];
      };
      this.conflict.value = { theirs: current, etag, changedBy: changed_by };
      return;
    }
    this.errors.value = failure.errors.map((error) => this.#fieldError(error));
    if (failure.errors.length === 0 && failure.status !== 401) this.options.notices.failed(failure);
  }

  /** Of an empty field, the limits and the form of its value are no news. */
  #fieldError(error: FieldError): FieldError {
    const field = error.field.replace(/^body\.?/, '');
    const isEmpty = field !== '' && !field.includes('/') && (valueAt(this.body.value, pathOf(field)) ?? '') === '';
    return { ...error, field, code: isEmpty && ABOUT_VALUES.has(error.code) ? 'missing' : error.code };
  }
}

const ABOUT_VALUES = new Set(['too_small', 'invalid_format', 'invalid_type']);

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names the type of an item that was read
function baseOf<T>({ body, etag }: StoredItem): { body: T; etag: string } {
  return { body: body as T, etag };
}
