import { purgeCalls } from '../calls/purge-calls.js';
import type { KeepDays } from '../directory/schema.js';
import type { Clock } from '../lib/clock.js';
import { Janitor, type Chore } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import { OrderBook } from '../orders/order-book.js';
import type { AudioStore } from '../prompts/audio-store.js';
import { unusedAudioChore } from '../prompts/unused-audio.js';
import type { Database } from '../storage/database.js';
import { purgeDeliveries } from '../webhooks/purge-deliveries.js';

const SHA256 = /[0-9a-f]{64}/g;

/** Creates the janitor, which deletes data older than the company's `keep_days` and unused audio. */
export function createJanitor({
  db,
  company,
  audio,
  usedElsewhere,
  chores,
  afterCalls = [],
  clock,
  logger,
}: {
  db: Database;
  /** The current settings. */
  company: () => { keep_days: KeepDays };
  audio: AudioStore;
  /** Hashes of audio used outside the company's document. */
  usedElsewhere: () => Iterable<string>;
  /** Jobs of other areas. */
  chores: Chore[];
  /** Jobs that run after the purge of calls. */
  afterCalls?: Chore[];
  clock: Clock;
  logger: Logger;
}): Janitor {
  // The document refers to audio by its hash only.
  const used = () => new Set([...(JSON.stringify(company()).match(SHA256) ?? []), ...usedElsewhere()]);
  return new Janitor({
    chores: [
      ...chores,
      purgeCalls({ db, keepDays: () => company().keep_days.calls }),
      ...afterCalls,
      new OrderBook(db).chore(() => company().keep_days.orders),
      purgeDeliveries({ db, keepDays: () => company().keep_days }),
      unusedAudioChore({ audio, used, keepDays: () => company().keep_days.unused_audio }),
    ],
    clock,
    onDone: (chore, removed) => logger.info({ chore, removed }, 'cleaned up'),
    onTrouble: (chore, error) => logger.error({ err: error, chore }, 'clean-up failed'),
  });
}
