import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import { keyOfNode, readMeta, writeMeta } from '../storage/meta.js';

/** A text that outlives this process. */
interface StoredValue {
  /** As of this start; empty when there is none yet. */
  known: string;
  /** Stores a new one, and does not wait for it. */
  changed: (value: string) => void;
}

/** The start time of the last connected Asterisk, to detect a restart while the gateway was down. */
export function loadLastStart(db: Database, node: string, logger: Logger): Promise<StoredValue> {
  return storedValue(db, logger, keyOfNode('asterisk_started_at', node));
}

/** The media that this Asterisk has fetched ahead of calls. */
export function loadLastPrefetch(db: Database, node: string, logger: Logger): Promise<StoredValue> {
  return storedValue(db, logger, keyOfNode('prefetched_media', node));
}

async function storedValue(db: Database, logger: Logger, key: string): Promise<StoredValue> {
  return {
    known: (await readMeta(db, key)) ?? '',
    changed: (value) =>
      void writeMeta(db, key, value).catch((error: unknown) =>
        logger.warn({ err: error, key }, 'a value was not stored'),
      ),
  };
}
