import type { Kysely } from 'kysely';
import { messageOf } from '../../lib/error-message.js';
import { recordAudit, type AuditEntry } from '../../storage/audit-log.js';
import type { Database } from '../../storage/database.js';
import type { Tables } from '../../storage/schema.js';
import { readMeta, writeMeta } from '../../storage/meta.js';

/** Older versions are removed. */
const KEPT_VERSIONS = 200;

/** One item of the company's configuration, in document form. */
export interface ConfigItem {
  section: string;
  key: string;
  body: unknown;
}

/** The stored configuration has a form unknown to this version; the message names the place. */
export class ConfigUnreadable extends Error {
  override readonly name = 'ConfigUnreadable';
}

/** The configuration has another version than the client expected; nothing was changed. */
export class VersionChanged extends Error {
  override readonly name = 'VersionChanged';
  constructor(readonly version: number) {
    super(`the configuration has version ${version}`);
  }
}

/** The company's configuration, item by item, in document order. */
export class ConfigStore {
  constructor(private readonly db: Database) {}

  async list(section?: string): Promise<ConfigItem[]> {
    let query = this.db.selectFrom('config_items').selectAll().orderBy('section').orderBy('position');
    if (section !== undefined) query = query.where('section', '=', section);
    return (await query.execute()).map(({ section, key, body }) => ({
      section,
      key,
      body: parse(body, `${section}/${key}`),
    }));
  }

  async get(section: string, key: string): Promise<unknown> {
    const row = await this.db
      .selectFrom('config_items')
      .select('body')
      .where('section', '=', section)
      .where('key', '=', key)
      .executeTakeFirst();
    return row && parse(row.body, `${section}/${key}`);
  }

  /** A new item is appended to its section; an existing one keeps its place. */
  async put({ section, key, body }: ConfigItem): Promise<void> {
    const text = JSON.stringify(body);
    await this.db.transaction().execute(async (tx) => {
      const { last } = await tx
        .selectFrom('config_items')
        .where('section', '=', section)
        .select((expression) => expression.fn.max('position').as('last'))
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('config_items')
        .values({ section, key, position: ((last as number | null) ?? -1) + 1, body: text })
        .onConflict((conflict) => conflict.columns(['section', 'key']).doUpdateSet({ body: text }))
        .execute();
    });
  }

  async remove(section: string, key: string): Promise<void> {
    await this.db.deleteFrom('config_items').where('section', '=', section).where('key', '=', key).execute();
  }

  /**
   * Replaces all items and writes the given entries of `meta`, in one transaction.
   * @param version describes the new version; left out when nothing changes
   * @param from the version that the change is based on. Default: any
   * @returns the number of the version
   * @throws {VersionChanged} when another gateway has stored one since
   */
  async replaceAll(
    items: readonly ConfigItem[],
    meta: Readonly<Record<string, string>> = {},
    version?: {
      at: number;
      author: string | null;
      /** The entries of the audit log. */
      audit?: (version: number) => AuditEntry[];
    },
    from?: number,
  ): Promise<number> {
    const positions = new Map<string, number>();
    return this.db.transaction().execute(async (tx) => {
      if (from !== undefined) {
        const newest = await newestVersion(tx);
        if (newest !== from) throw new VersionChanged(newest);
      }
      await tx.deleteFrom('config_items').execute();
      for (const { section, key, body } of items) {
        const position = positions.get(section) ?? 0;
        positions.set(section, position + 1);
        await tx
          .insertInto('config_items')
          .values({ section, key, position, body: JSON.stringify(body) })
          .execute();
      }
      for (const [key, value] of Object.entries(meta)) await writeMeta(tx, key, value);
      if (version !== undefined) {
        const { at, author, audit } = version;
        await tx
          .insertInto('config_versions')
          .values({ at, author, items: JSON.stringify(items) })
          .execute();
        for (const entry of audit?.(await newestVersion(tx)) ?? []) await recordAudit(tx, entry);
        await removeOldVersions(tx);
      }
      return newestVersion(tx);
    });
  }

  /** Number of the present version; 0 before the first. */
  version(): Promise<number> {
    return newestVersion(this.db);
  }

  async setMeta(key: string, value: string): Promise<void> {
    await writeMeta(this.db, key, value);
  }

  async meta(key: string): Promise<string | undefined> {
    return readMeta(this.db, key);
  }
}

async function newestVersion(db: Kysely<Tables>): Promise<number> {
  const newest = db.selectFrom('config_versions').select((e) => e.fn.max('version').as('version'));
  return ((await newest.executeTakeFirst())?.version as number | null | undefined) ?? 0;
}

/** Drafts are compared with the version that they began with. */
async function removeOldVersions(tx: Kysely<Tables>): Promise<void> {
  await tx
    .deleteFrom('config_versions')
    .where('version', '<=', (await newestVersion(tx)) - KEPT_VERSIONS)
    .where('version', 'not in', (e) => e.selectFrom('config_drafts').select('base'))
    .execute();
}

function parse(body: string, where: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw new ConfigUnreadable(`${where}: ${messageOf(error)}`);
  }
}
