import { isDeepStrictEqual } from 'node:util';
import type { History } from '../../storage/database.js';
import type { ConfigItem } from './config-store.js';

export interface VersionInfo {
  version: number;
  at: number;
  /** `@login`, or the name of a token; null for the gateway itself. */
  author: string | null;
}

export interface ConfigVersion extends VersionInfo {
  items: ConfigItem[];
}

/** Reads former versions of the configuration. */
export class ConfigVersions {
  constructor(private readonly db: History) {}

  /** Newest first. @param before only older ones than this version */
  async list({ before, limit }: { before?: number | undefined; limit: number }): Promise<VersionInfo[]> {
    let query = this.db.selectFrom('config_versions').select(['version', 'at', 'author']);
    if (before !== undefined) query = query.where('version', '<', before);
    return query.orderBy('version', 'desc').limit(limit).execute();
  }

  async get(version: number): Promise<ConfigVersion | undefined> {
    const row = await this.db
      .selectFrom('config_versions')
      .where('version', '=', version)
      .selectAll()
      .executeTakeFirst();
    return row && { ...row, items: JSON.parse(row.items) as ConfigItem[] };
  }

  /** The version before; undefined for the oldest. */
  async before(version: number): Promise<ConfigVersion | undefined> {
    const [info] = await this.list({ before: version, limit: 1 });
    return info && this.get(info.version);
  }

  /**
   * The versions that changed an item, newest first, as far back as the item was what the client had read.
   * @param isKnown true for the item that the client had read; undefined: there was none
   */
  async changesOf(
    { section, key }: Pick<ConfigItem, 'section' | 'key'>,
    isKnown: (body: unknown) => boolean,
  ): Promise<VersionInfo[]> {
    const changes: VersionInfo[] = [];
    const bodyIn = (one: ConfigVersion | undefined) =>
      one?.items.find((item) => item.section === section && item.key === key)?.body;
    for (let current = await this.#newest(); current !== undefined;) {
      if (isKnown(bodyIn(current))) return changes;
      const former = await this.before(current.version);
      const { version, at, author } = current;
      if (!isDeepStrictEqual(bodyIn(current), bodyIn(former))) changes.push({ version, at, author });
      if (changes.length === MOST_CHANGES) return changes;
      current = former;
    }
    return changes;
  }

  async #newest(): Promise<ConfigVersion | undefined> {
    const [info] = await this.list({ limit: 1 });
    return info && this.get(info.version);
  }
}

/** Changes of one item that are reported. */
const MOST_CHANGES = 20;
