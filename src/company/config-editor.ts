import { etagOf, fulfils, type Precondition } from '../http/etag.js';
import { conflict, invalid, notFound, Problem } from '../http/problem.js';
import type { DocumentChecks } from './document-check-queue.js';
import type { DocumentProblem } from './problem.js';
import { configurationRefused, namedByItem } from './refused-configuration.js';
import type { PublishCause } from './store/audit-entries.js';
import { CompanyRefused, type CompanyStore } from './store/company-store.js';
import { VersionChanged } from './store/config-store.js';
import type { ConfigItem, ConfigStore } from './store/config-store.js';
import type { Change } from './store/diff.js';
import { fromItems, isSettings, keySettingOf, type Section } from './store/items.js';
import type { ConfigVersions, VersionInfo } from './store/versions.js';

/** How often a change is tried again after other people's changes of other items. */
const ATTEMPTS = 5;

interface ConfigEditorOptions {
  companies: Pick<CompanyStore, 'apply' | 'version'>;
  store: Pick<ConfigStore, 'list' | 'get'>;
  versions: ConfigVersions;
  documents: Pick<DocumentChecks<unknown>, 'read'>;
}

export interface ItemAt {
  section: Section;
  key: string;
}

export interface Published {
  changes: Change[];
  warnings: DocumentProblem[];
  version: number;
}

/** Changes the configuration item by item. A change is refused when another user has changed the same item meanwhile. */
export class ConfigEditor {
  constructor(private readonly options: ConfigEditorOptions) {}

  async list(section: Section): Promise<ConfigItem[]> {
    return this.options.store.list(section);
  }

  /** @throws {Problem} 404 */
  async get({ section, key }: ItemAt): Promise<unknown> {
    const body = await this.options.store.get(section, key);
    if (body === undefined) throw notFound('there is no such item of the configuration');
    return body;
  }

  /**
   * Stores or removes an item.
   * @param body undefined removes it
   * @param position in its section, from 0; default: where it is, or at the end
   * @throws {Problem} 412 with the item as it is and who changed it, 422 with what is wrong
   */
  async change(
    at: ItemAt,
    { body, position, precondition }: { body: unknown; position?: number | undefined; precondition: Precondition },
  ): Promise<Published> {
    requireKey(at, body);
    let index = -1;
    const published = this.update(async (items) => {
      const present = items.find((item) => isAt(item, at))?.body;
      const etag = present === undefined ? undefined : etagOf(present);
      if (!fulfils(precondition, etag)) throw await this.#changedMeanwhile(at, present, precondition);
      const next = changed(items, at, body, position);
      index = next.filter(({ section }) => section === at.section).findIndex((item) => isAt(item, at));
      return next;
    });
    return published.catch((error: unknown) => {
      throw error instanceof Problem ? namedByItem(error, at, index) : error;
    });
  }

  /**
   * Changes the present items, again after each change by others meanwhile.
   * @param change of the items of a version
   * @param cause for the audit log
   * @throws {Problem} 409 when others change it all the time, 422 with what is wrong, and what `change` throws
   */
  async update(
    change: (items: ConfigItem[], version: number) => ConfigItem[] | Promise<ConfigItem[]>,
    cause?: PublishCause,
  ): Promise<Published> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { version } = this.options.companies;
      const items = await change(await this.options.store.list(), version);
      const published = await this.apply(items, version, cause);
      if (published !== undefined) return published;
    }
    throw conflict('the configuration is being changed by others; try again', {}, 'busy');
  }

  /**
   * Makes the configuration these items.
   * @param cause for the audit log
   * @returns undefined when the configuration has another version than `ifVersion`
   * @throws {Problem} 422 with what is wrong
   */
  async apply(items: readonly ConfigItem[], ifVersion: number, cause?: PublishCause): Promise<Published | undefined> {
    const { documents, companies } = this.options;
    const document = await documents.read(JSON.stringify(fromItems(items)));
    if (!document.ok) throw configurationRefused(document.problems);
    try {
      return { ...(await companies.apply(document, { ifVersion, cause })), version: companies.version };
    } catch (error) {
      if (error instanceof VersionChanged) return undefined;
      throw error instanceof CompanyRefused ? configurationRefused(error.problems) : error;
    }
  }

  async #changedMeanwhile(at: ItemAt, present: unknown, precondition: Precondition): Promise<Problem> {
    const isKnown = (body: unknown) => fulfils(precondition, body === undefined ? undefined : etagOf(body));
    return changedMeanwhile({
      ...at,
      current: present ?? null,
      etag: present === undefined ? null : etagOf(present),
      changed_by: presentVersions(await this.options.versions.changesOf(at, isKnown)),
    });
  }
}

export function presentVersions(versions: readonly VersionInfo[]) {
  return versions.map(({ version, at, author }) => ({ version, at: new Date(at).toISOString(), author }));
}

/** 412. @param extra what the client needs to decide */
export function changedMeanwhile(extra: Record<string, unknown>): Problem {
  const detail = 'somebody else has changed this meanwhile; look at the present state and send your change again';
  return new Problem(412, 'Precondition failed', detail, { code: 'changed_meanwhile', extra });
}

function isAt(item: Pick<ConfigItem, 'section' | 'key'>, { section, key }: ItemAt): boolean {
  return item.section === section && item.key === key;
}

/** The items with one replaced, added or removed (body undefined). */
export function changed(items: readonly ConfigItem[], at: ItemAt, body: unknown, position?: number): ConfigItem[] {
  const before = items.findIndex((item) => isAt(item, at));
  const others = items.filter((item) => !isAt(item, at));
  if (body === undefined) return others;
  const item = { ...at, body };
  if (position === undefined) return before === -1 ? [...others, item] : items.toSpliced(before, 1, item);
  const places = [...others.keys()].filter((index) => others[index]?.section === at.section);
  return others.toSpliced(places[position] ?? others.length, 0, item);
}

/** @throws {Problem} 422 when the key in the address and the one in the item differ, 409 for the settings' removal */
export function requireKey({ section, key }: ItemAt, body: unknown): void {
  if (body === undefined && isSettings(section)) throw conflict('the settings cannot be removed', {}, 'not_removable');
  if (isSettings(section) && key !== 'company') throw notFound('the settings are the item `company`');
  const setting = keySettingOf(section);
  if (body === undefined || setting === undefined) return;
  const own = (body as Record<string, unknown> | null)?.[setting];
  if (own !== key && !(typeof own === 'number' && String(own) === key))
    throw invalid([
      {
        field: `body.${setting}`,
        detail: `must be ${key}, the key of the item; to rename an item, add the new one and remove this`,
        code: 'key_differs',
        params: { key },
      },
    ]);
}
