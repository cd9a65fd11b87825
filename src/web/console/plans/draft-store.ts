import { batch, signal } from '@preact/signals';
import { api, type ApiFailure } from '../api/client.js';
import { session } from '../session.js';
import { keptText } from '../settings/yaml/kept-text.js';
import { offerUndo } from '../ui/undo.js';
import {
  changesBetween,
  inverse,
  isAt,
  itemsOf,
  sameItems,
  SECTIONS,
  withChange,
  type Item,
  type ItemChange,
} from './items.js';
import type { Conflict, Draft, DraftInfo, LintProblem } from './types.js';
import { UnsavedChanges } from './unsaved.js';

/** How long the editor waits for more typing before it saves. */
const SAVE_AFTER_MS = 400;
const RETRY_AFTER_MS = 3_000;
const WATCH_EVERY_MS = 15_000;
const MOST_STEPS_BACK = 100;

type SaveState = 'saved' | 'saving' | 'offline';
type OwnDraft = Pick<DraftInfo, 'id' | 'revision' | 'base_version' | 'created_at'>;

interface UndoStep {
  undo: ItemChange[];
  typing: string | undefined;
  withdraw: () => void;
}

/** The configuration with the visitor's unpublished changes, which the gateway keeps as a draft. */
class DraftStore {
  readonly items = signal<readonly Item[] | undefined>(undefined);
  /** Status of the response when the configuration could not be loaded. */
  readonly failed = signal<number | undefined>(undefined);
  readonly draft = signal<OwnDraft | undefined>(undefined);
  readonly saveState = signal<SaveState>('saved');
  readonly problems = signal<readonly LintProblem[]>([]);
  /** Drafts of other people. */
  readonly others = signal<readonly DraftInfo[]>([]);
  /** Items that others have changed as well. */
  readonly conflicts = signal<readonly Conflict[]>([]);
  readonly version = signal(0);
  /** Counts what was taken over from others while the page was open. */
  readonly takenOver = signal(0);
  /** Unsaved changes of items that others, or the same person in another window, have changed as well. */
  readonly clashes = signal<readonly ItemChange[]>([]);
  readonly #unsaved = new UnsavedChanges(session.operator);
  /** The items as the gateway has them. */
  #confirmed: readonly Item[] = [];
  readonly #steps: UndoStep[] = [];
  #saving: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Loads the configuration, and keeps it up to date until the returned function is called. */
  open(): () => void {
    if (this.items.value === undefined) this.#unsaved.restore();
    void this.load();
    const watch = setInterval(() => document.visibilityState === 'visible' && void this.#watch(), WATCH_EVERY_MS);
    const flush = () => void this.flush();
    addEventListener('pagehide', flush);
    return () => {
      clearInterval(watch);
      removeEventListener('pagehide', flush);
      this.#forgetSteps();
      void this.flush();
    };
  }

  async load(): Promise<void> {
    const { value: before } = this.draft;
    const listed = await api.get('/api/v1/config/drafts');
    if (!listed.ok) return void (this.failed.value = listed.status);
    const { drafts, current_version: version } = listed.data;
    const own = drafts.find((draft) => draft.own);
    const opened = own && (await api.get('/api/v1/config/drafts/{id}', { path: { id: own.id } }));
    if (opened?.ok === true) this.#take(opened.data);
    else {
      const items = await loadCurrent();
      if (!Array.isArray(items)) return void (this.failed.value = items.status);
      // A draft was created meanwhile: it has changes that these items lack.
      if (this.draft.value !== undefined && this.draft.value.id !== before?.id) return this.load();
      batch(() => {
        this.draft.value = undefined;
        this.problems.value = [];
        this.#show(items);
      });
    }
    batch(() => {
      this.failed.value = undefined;
      this.version.value = version;
      this.others.value = drafts.filter((draft) => !draft.own);
    });
    if (this.#unsaved.isEmpty) await this.#catchUp();
    else await this.flush();
  }

  get(at: Pick<Item, 'section' | 'key'>): Item | undefined {
    return this.items.value?.find((item) => isAt(item, at));
  }

  /**
   * Changes items and saves them soon.
   * @param typing what is typed into: changes of the same are taken back together
   * @returns takes the change back, with all later ones
   */
  change(changes: readonly ItemChange[], typing?: string): () => void {
    const undo: ItemChange[] = [];
    let after = this.items.value ?? [];
    for (const each of changes) {
      undo.unshift(inverse(after, each));
      after = withChange(after, each);
    }
    const step = this.#step(undo, typing);
    this.#apply(changes, after);
    return () => this.#undoTo(step);
  }

  #step(undo: ItemChange[], typing: string | undefined): UndoStep {
    const last = this.#steps.at(-1);
    if (last !== undefined && typing !== undefined && last.typing === typing) return last;
    const step: UndoStep = { undo, typing, withdraw: offerUndo(() => this.#undoTo(step)) };
    this.#steps.push(step);
    if (this.#steps.length > MOST_STEPS_BACK) this.#steps.shift()?.withdraw();
    return step;
  }

  #undoTo(step: UndoStep): void {
    if (!this.#steps.includes(step)) return;
    for (let last = this.#steps.pop(); last !== undefined; last = this.#steps.pop()) {
      last.withdraw();
      this.#apply(last.undo, last.undo.reduce(withChange, [...(this.items.value ?? [])]));
      if (last === step) return;
    }
  }

  #forgetSteps(): void {
    for (const { withdraw } of this.#steps.splice(0)) withdraw();
  }

  #apply(changes: readonly ItemChange[], items: readonly Item[]): void {
    for (const change of changes) this.#unsaved.add(change, this.#confirmed);
    batch(() => {
      this.items.value = items;
      this.saveState.value = 'saving';
    });
    this.#saveIn(SAVE_AFTER_MS);
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  /** Saves what is not saved yet. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saving ??= this.#save().finally(() => (this.#saving = undefined));
    return this.#saving;
  }

  async #save(): Promise<void> {
    while (!this.#unsaved.isEmpty) {
      this.clashes.value = this.#unsaved.clashes(this.#confirmed);
      if (this.clashes.value.length > 0) return;
      const sent = this.#unsaved.changes;
      const failure = await this.#send(sent);
      if (failure === 'again') continue;
      if (failure !== undefined) {
        this.saveState.value = 'offline';
        this.#saveIn(RETRY_AFTER_MS);
        return;
      }
      this.#unsaved.confirm(sent);
    }
    this.saveState.value = 'saved';
    void this.lint();
  }

  /** @returns `again` when the gateway has another state than expected, which is loaded now; the failure when it cannot be reached */
  async #send(changes: ItemChange[]): Promise<ApiFailure | 'again' | undefined> {
    if (this.draft.value === undefined) {
      const created = await api.post('/api/v1/config/drafts', { body: {} });
      if (!created.ok) return created;
      this.#take(created.data);
      return 'again';
    }
    const { id, revision } = this.draft.value;
    const body = { changes: changes.map(({ body: wanted = null, ...change }) => ({ ...change, body: wanted })) };
    const saved = await api.patch('/api/v1/config/drafts/{id}', { path: { id }, body, headers: matching(revision) });
    if (saved.ok) {
      this.#confirmed = itemsOf(saved.data.document);
      batch(() => {
        this.draft.value = saved.data;
        this.version.value = saved.data.current_version;
      });
      return undefined;
    }
    // It was changed, published or removed in another window of the same person.
    if (saved.status === 412) await this.#reload();
    else if (saved.status === 404) this.draft.value = undefined;
    else return saved;
    return 'again';
  }

  /** Settles {@link clashes}. */
  async settle(keep: 'mine' | 'theirs'): Promise<void> {
    this.#unsaved.settle(this.#confirmed, keep);
    this.clashes.value = [];
    this.#forgetSteps();
    this.#show(this.#confirmed);
    await this.flush();
  }

  /** Shows the draft as the gateway has it, with what is not saved yet. */
  async #reload(): Promise<void> {
    const { draft } = this;
    if (draft.value === undefined) return this.load();
    const opened = await api.get('/api/v1/config/drafts/{id}', { path: { id: draft.value.id } });
    if (opened.ok) this.#take(opened.data);
  }

  /** An answer that was overtaken by a later one is ignored. */
  #take(draft: Draft): void {
    const { value: present } = this.draft;
    if (present?.id === draft.id && present.revision > draft.revision) return;
    batch(() => {
      this.draft.value = draft;
      this.version.value = draft.current_version;
      this.#show(itemsOf(draft.document));
    });
  }

  /** Shows the items of the gateway with what is not saved yet. */
  #show(confirmed: readonly Item[]): void {
    this.#confirmed = confirmed;
    const items = this.#unsaved.changes.reduce(withChange, [...confirmed]);
    const shown = this.items.value;
    // Undoing would take back what others have changed.
    if (shown !== undefined && !sameItems(shown, items)) this.#forgetSteps();
    this.items.value = items;
  }

  async lint(): Promise<void> {
    const { value: draft } = this.draft;
    if (draft === undefined) return;
    const outcome = await api.post('/api/v1/config/drafts/{id}/lint', { path: { id: draft.id } });
    // The result of an older state would flicker.
    const isCurrent = this.#unsaved.isEmpty && this.draft.value?.revision === draft.revision;
    if (outcome.ok && isCurrent) this.problems.value = outcome.data.problems;
  }

  /** Looks what others do. */
  async #watch(): Promise<void> {
    if (!this.#unsaved.isEmpty) return;
    const listed = await api.get('/api/v1/config/drafts');
    if (!listed.ok) return;
    const { drafts, current_version: version } = listed.data;
    this.others.value = drafts.filter((draft) => !draft.own);
    const { value: own } = this.draft;
    const present = own && drafts.find(({ id }) => id === own.id);
    if (own === undefined ? version !== this.version.value : present === undefined) {
      this.takenOver.value += 1;
      await this.load();
    } else if (present !== undefined && present.revision !== own?.revision) await this.#reload();
    this.version.value = version;
    await this.#catchUp();
  }

  /** Takes over what others have published, unless they have changed the same items. */
  async #catchUp(): Promise<void> {
    const { value: draft } = this.draft;
    if (draft === undefined || draft.base_version >= this.version.value) return this.lint();
    await this.decide([]);
    await this.lint();
  }

  /**
   * Takes over what others have published.
   * @param choices for the items that both have changed
   * @returns false when the choices are not complete
   */
  async decide(choices: { section: Conflict['section']; key: string; keep: 'draft' | 'current' }[]): Promise<boolean> {
    await this.flush();
    const { value: draft } = this.draft;
    if (draft === undefined) return true;
    if (!this.#unsaved.isEmpty) return false;
    const outcome = await api.post('/api/v1/config/drafts/{id}/rebase', {
      path: { id: draft.id },
      body: { choices: choices as never },
      headers: matching(draft.revision),
    });
    if (outcome.ok) {
      this.conflicts.value = [];
      this.takenOver.value += 1;
      this.#take(outcome.data);
      return true;
    }
    this.#noteConflicts(outcome);
    return false;
  }

  #noteConflicts({ problem }: ApiFailure): void {
    const { conflicts } = (problem ?? {}) as { conflicts?: Conflict[] };
    if (conflicts !== undefined) this.conflicts.value = conflicts;
  }

  /** Publishes the draft. @returns the version; the failure otherwise */
  async publish(): Promise<{ version: number; former: number } | ApiFailure> {
    await this.flush();
    const { value: draft } = this.draft;
    const former = this.version.value;
    if (draft === undefined) return { version: former, former };
    // What is not saved would not be published.
    if (!this.#unsaved.isEmpty) return UNSAVED;
    const outcome = await api.post('/api/v1/config/drafts/{id}/publish', {
      path: { id: draft.id },
      headers: matching(draft.revision),
    });
    if (!outcome.ok) {
      this.#noteConflicts(outcome);
      return outcome;
    }
    keptText.published(draft.id);
    this.#forgetSteps();
    await this.load();
    return { version: outcome.data.version, former };
  }

  /** Removes the draft: the configuration as it is published is shown. @returns brings the draft back; undefined when it failed */
  async discard(): Promise<(() => void) | undefined> {
    await this.flush();
    const { value: draft } = this.draft;
    const former = this.items.value ?? [];
    if (draft === undefined) return undefined;
    const outcome = await api.delete('/api/v1/config/drafts/{id}', { path: { id: draft.id } });
    if (!outcome.ok && outcome.status !== 404) return undefined;
    this.#forgetSteps();
    this.conflicts.value = [];
    await this.load();
    return () => void this.change(changesBetween(this.items.value ?? [], former));
  }
}

const UNSAVED: ApiFailure = {
  ok: false,
  status: 0,
  detail: '',
  code: undefined,
  params: {},
  errors: [],
  problem: undefined,
};

function matching(revision: number): Record<string, string> {
  return { 'if-match': `"${revision}"` };
}

/** The published configuration; the failure when it cannot be read. */
async function loadCurrent(): Promise<Item[] | ApiFailure> {
  const loaded = await Promise.all(
    SECTIONS.map(async (section) => {
      const outcome = await api.get('/api/v1/config/{section}', { path: { section } });
      return outcome.ok ? outcome.data.items.map(({ key, body }): Item => ({ section, key, body })) : outcome;
    }),
  );
  const failure = loaded.find((each): each is ApiFailure => !Array.isArray(each));
  return failure ?? loaded.flatMap((each) => (Array.isArray(each) ? each : []));
}

/** One draft for all pages of call plans, so that going from one to another keeps what was typed. */
export const store = new DraftStore();
