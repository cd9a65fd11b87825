import type { Section } from '../../../company/store/items.js';
import { api, type ApiOutcome } from '../api/client.js';

export interface ItemAt {
  section: Section;
  key: string;
}

export interface StoredItem {
  body: unknown;
  /** Identifies this state of the item; sent back with a change. */
  etag: string;
}

export interface Saved {
  /** The item as it is stored: in the notation of an export, without defaults. */
  body: unknown;
  etag: string;
  version: number;
}

/** Who changed an item, and when. `author` is null for the gateway itself. */
export interface ItemChange {
  version: number;
  at: string;
  author: string | null;
}

/** Reads and changes single items of the configuration. */
export interface ConfigItems {
  read(at: ItemAt): Promise<ApiOutcome<StoredItem>>;
  list(section: Section): Promise<ApiOutcome<(StoredItem & { key: string })[]>>;
  /** @param etag of the item that was read; null for a new item @param position in its section, from 0 */
  write(at: ItemAt, body: unknown, etag: string | null, position?: number): Promise<ApiOutcome<Saved>>;
  remove(at: ItemAt, etag: string): Promise<ApiOutcome<object>>;
}

/** The configuration of the gateway, over its API. */
export const configItems: ConfigItems = {
  async read(at) {
    return api.get('/api/v1/config/{section}/{key}', { path: at });
  },
  async list(section) {
    const outcome = await api.get('/api/v1/config/{section}', { path: { section } });
    return outcome.ok ? { ...outcome, data: outcome.data.items } : outcome;
  },
  async write(at, body, etag, position) {
    const outcome = await api.put('/api/v1/config/{section}/{key}', {
      path: at,
      query: position === undefined ? {} : { position },
      body,
      headers: etag === null ? { 'if-none-match': '*' } : { 'if-match': etag },
    });
    if (!outcome.ok) return outcome;
    const { changes, version, etag: fresh } = outcome.data;
    const own = changes.find(({ section, key }) => section === at.section && key === at.key);
    return { ...outcome, data: { body: own?.after ?? body, etag: fresh, version } };
  },
  async remove(at, etag) {
    return api.delete('/api/v1/config/{section}/{key}', { path: at, headers: { 'if-match': etag } });
  },
};
