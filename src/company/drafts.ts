import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { conflict, invalid, notFound, tooLarge, type Problem } from '../http/problem.js';
import { currentActor } from '../http/actor.js';
import type { Database } from '../storage/database.js';
import { AffectedLines } from './affected-lines.js';
import type { Company } from './company.js';
import { changedMeanwhile, presentVersions, type ConfigEditor, type Published } from './config-editor.js';
import type { DocumentChecks } from './document-check-queue.js';
import { writeDocument } from './document/document.js';
import { MAX_BYTES } from './document/limits.js';
import type { DocumentProblem } from './problem.js';
import { configurationRefused } from './refused-configuration.js';
import type { CompanyStore } from './store/company-store.js';
import type { ConfigItem, ConfigStore } from './store/config-store.js';
import { diffItems, type Change } from './store/diff.js';
import { fromItems, toItems } from './store/items.js';
import { keyedPath } from './store/keyed-path.js';
import { mergeItems, type MergeChoice, type MergeConflict } from './store/merge-items.js';
import type { ConfigVersions, VersionInfo } from './store/versions.js';

const MOST_DRAFTS = 100;

export interface DraftInfo {
  id: string;
  name: string;
  author: string | null;
  /** The version that it began with. */
  base: number;
  /** Counts its changes. */
  revision: number;
  createdAt: number;
  updatedAt: number;
}

export interface Draft extends DraftInfo {
  items: ConfigItem[];
}

export interface DraftDiff {
  changes: (Change & { lines: string[] })[];
  conflicts: DraftConflict[];
}

/** An item that the draft and others have changed, with the versions of the others' changes, newest first. */
export interface DraftConflict extends MergeConflict {
  changedBy: VersionInfo[];
}

interface NewDraft {
  name: string;
  /** Default: the present configuration. */
  items?: ConfigItem[] | undefined;
  /** The version that the items began with. Default: the present one. */
  base?: number | undefined;
}

interface ConfigDraftsOptions {
  db: Database;
  companies: Pick<CompanyStore, 'company' | 'version' | 'withMissingAudio'>;
  store: Pick<ConfigStore, 'list'>;
  versions: ConfigVersions;
  editor: Pick<ConfigEditor, 'update'>;
  documents: Pick<DocumentChecks<unknown>, 'read' | 'lint'>;
  now: () => number;
}

/** Configurations that are prepared, checked and compared before they are published. */
export class ConfigDrafts {
  constructor(private readonly options: ConfigDraftsOptions) {}

  /** The version of the configuration that drafts are compared with. */
  get currentVersion(): number {
    return this.options.companies.version;
  }

  async list(): Promise<DraftInfo[]> {
    const rows = await this.options.db
      .selectFrom('config_drafts')
      .select(['id', 'name', 'author', 'base', 'revision', 'created_at', 'updated_at'])
      .orderBy('updated_at', 'desc')
      .execute();
    return rows.map(infoOf);
  }

  /** @throws {Problem} 404 */
  async get(id: string): Promise<Draft> {
    const row = await this.options.db.selectFrom('config_drafts').where('id', '=', id).selectAll().executeTakeFirst();
    if (row === undefined) throw notFound('there is no such draft; it may have been published or removed');
    return { ...infoOf(row), items: JSON.parse(row.items) as ConfigItem[] };
  }

  /**
   * Begins with the present configuration, or with the given items.
   * @throws {Problem} 409 when there are too many drafts, 413 when it is too large, 422 when the base is not known
   */
  async create({ name, items, base = this.currentVersion }: NewDraft): Promise<Draft> {
    const { db, store, versions, now } = this.options;
    if ((await this.list()).length >= MOST_DRAFTS)
      throw conflict(`there are ${MOST_DRAFTS} drafts already; remove one`, {}, 'too_many_drafts');
    if (base !== this.currentVersion && (await versions.get(base)) === undefined) throw unknownBase();
    const at = now();
    const draft = { id: `d_${randomUUID()}`, name, author: currentActor(), base, revision: 1 };
    const stored = items ?? (await store.list());
    await db
      .insertInto('config_drafts')
      .values({ ...draft, items: storedForm(stored), created_at: at, updated_at: at })
      .execute();
    return { ...draft, createdAt: at, updatedAt: at, items: stored };
  }

  /**
   * Stores a changed draft.
   * @param revision the one that the change is based on
   * @throws {Problem} 412 when it has another revision, 413 when it is too large, 404
   */
  async save(
    id: string,
    revision: number,
    change: { name?: string | undefined; items: ConfigItem[]; base?: number },
  ): Promise<Draft> {
    const { numUpdatedRows } = await this.options.db
      .updateTable('config_drafts')
      .set({ items: storedForm(change.items), revision: revision + 1, updated_at: this.options.now() })
      .$if(change.name !== undefined, (query) => query.set({ name: change.name ?? '' }))
      .$if(change.base !== undefined, (query) => query.set({ base: change.base ?? 0 }))
      .where('id', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst();
    const draft = await this.get(id);
    if (numUpdatedRows === 0n) throw changedMeanwhile({ current: draft.revision });
    return draft;
  }

  /** False when it did not exist. */
  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.options.db
      .deleteFrom('config_drafts')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /**
   * Takes over what others have published since the draft began: it then begins with the present version.
   * @param choices for the items that both have changed
   * @throws {Problem} 412 with the items that still need a choice, 412 when the draft has another revision
   */
  async rebase(draft: Draft, choices: readonly MergeChoice[]): Promise<Draft> {
    // Read before the items: a version that is too old only repeats changes, one that is too new would undo them.
    const base = this.currentVersion;
    const merged = mergeItems(await this.#base(draft), draft.items, await this.options.store.list(), choices);
    if (!merged.ok) throw await this.#conflicting(base, merged.conflicts);
    return this.save(draft.id, draft.revision, { items: merged.items, base });
  }

  /** The problems that the configuration would have with the draft, with their remedies. Paths name items by their keys. */
  async lint(draft: Draft): Promise<DocumentProblem[]> {
    const document = await this.#document(draft);
    const linted = await this.options.documents.lint(JSON.stringify(document));
    const problems = linted.ok ? await this.options.companies.withMissingAudio(linted.checked) : linted.problems;
    return problems.map((problem) => ({ ...problem, path: keyedPath(document, problem.path) }));
  }

  /** The draft with the configuration that publishing it would make, in JSON. @throws {Problem} 404 */
  async withSource(id: string): Promise<DraftInfo & { source: string }> {
    const draft = await this.get(id);
    return { ...draft, source: JSON.stringify(await this.#document(draft)) };
  }

  /** What publishing would change in the present configuration, and for whom. */
  async diff(draft: Draft): Promise<DraftDiff> {
    const { companies, store } = this.options;
    const current = await store.list();
    const { items, company } = await this.#normal(draft);
    const merged = mergeItems(await this.#base(draft), items, current);
    const changes = diffItems(current, merged.ok ? merged.items : items);
    const affected = new AffectedLines(company === undefined ? [companies.company] : [companies.company, company]);
    return {
      changes: changes.map((change) => ({ ...change, lines: affected.of(change) })),
      conflicts: merged.ok ? [] : await this.#withAuthors(merged.conflicts),
    };
  }

  /**
   * Applies the draft to the present configuration and removes it.
   * @throws {Problem} 412 when another user has changed the same items, 422 with what is wrong
   */
  async publish(draft: Draft): Promise<Published> {
    const { items } = await this.#normal(draft);
    const base = await this.#base(draft);
    const published = await this.options.editor.update(
      async (current, version) => {
        const merged = mergeItems(base, items, current);
        if (!merged.ok) throw await this.#conflicting(version, merged.conflicts);
        return merged.items;
      },
      { action: 'draft_published', detail: { draft: draft.id, name: draft.name } },
    );
    await this.remove(draft.id);
    return published;
  }

  /** The items of a document from outside. @param source YAML or JSON @throws {Problem} 422 when it cannot be read */
  async itemsOf(source: string): Promise<ConfigItem[]> {
    const read = await this.options.documents.read(source);
    if (!read.ok) throw configurationRefused(read.problems);
    return normalItems(read.company) ?? [];
  }

  /** The items as they would be stored; as they are when they cannot be read. */
  async #normal({ items }: Draft): Promise<{ items: ConfigItem[]; company?: Company }> {
    const read = await this.options.documents.read(JSON.stringify(fromItems(items)));
    if (!read.ok) return { items };
    return { items: normalItems(read.company) ?? items, company: read.company };
  }

  async #conflicting(current: number, conflicts: readonly MergeConflict[]) {
    return changedMeanwhile({ current, conflicts: (await this.#withAuthors(conflicts)).map(presentConflict) });
  }

  #withAuthors(conflicts: readonly MergeConflict[]): Promise<DraftConflict[]> {
    const { versions } = this.options;
    return Promise.all(
      conflicts.map(async ({ section, key, ...bodies }) => {
        const isBase = (body: unknown) => isDeepStrictEqual(body ?? null, bodies.base);
        return { section, key, ...bodies, changedBy: await versions.changesOf({ section, key }, isBase) };
      }),
    );
  }

  /** The draft with what others have published meanwhile; without that when both have changed the same items. */
  async #document(draft: Draft) {
    const merged = mergeItems(await this.#base(draft), draft.items, await this.options.store.list());
    return fromItems(merged.ok ? merged.items : draft.items);
  }

  async #base({ base }: Draft): Promise<ConfigItem[]> {
    return (await this.options.versions.get(base))?.items ?? [];
  }
}

export function presentConflict({ changedBy, ...conflict }: DraftConflict) {
  return { ...conflict, changed_by: presentVersions(changedBy) };
}

function unknownBase(): Problem {
  const detail = 'there is no such version, or it was removed; begin with the current document';
  return invalid([{ field: 'body.base_version', detail, code: 'invalid' }]);
}

/** @throws {Problem} 413 for more than a configuration can have: many small changes must not make a draft that is slow to read */
function storedForm(items: readonly ConfigItem[]): string {
  if (Buffer.byteLength(JSON.stringify(fromItems(items))) > MAX_BYTES) throw tooLarge('body', MAX_BYTES);
  return JSON.stringify(items);
}

function normalItems(company: Company): ConfigItem[] | undefined {
  const written = writeDocument(company, 'draft');
  return written.ok ? toItems(written.value) : undefined;
}

function infoOf(row: {
  id: string;
  name: string;
  author: string | null;
  base: number;
  revision: number;
  created_at: number;
  updated_at: number;
}): DraftInfo {
  const { id, name, author, base, revision, created_at: createdAt, updated_at: updatedAt } = row;
  return { id, name, author, base, revision, createdAt, updatedAt };
}
