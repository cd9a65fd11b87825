import { purgeCalls } from '../calls/purge-calls.js';
import type { KeepDays } from '../directory/schema.js';
import type { Clock } from '../lib/clock.js';
import { Janitor, type Chore } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import { OrderBook } from '../orders/order-book.js';
import type { AudioStore } from '../prompts/audio-store.js';
import { unusedAudio } from '../prompts/unused-audio.js';
import type { Database } from '../storage/database.js';
import { purgeDeliveries } from '../webhooks/purge-deliveries.js';

const SHA256 = /[0-9a-f]{64}/g;

/** Removes what is older than the company wants to keep, and what nobody uses. */
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
  /** As it is set up now. */
  company: () => { keep_days: KeepDays };
  audio: AudioStore;
  /** Hashes of audio that somebody else than the company's document uses. */
  usedElsewhere: () => Iterable<string>;
  /** Of other areas. */
  chores: Chore[];
  /** For when the calls of which they are have been removed. */
  afterCalls?: Chore[];
  clock: Clock;
  logger: Logger;
}): Janitor {
  // Wherever the document names audio, it does so by its hash.
  const used = () => new Set([...(JSON.stringify(company()).match(SHA256) ?? []), ...usedElsewhere()]);
  return new Janitor({
    chores: [
      ...chores,
      purgeCalls({ db, keepDays: () => company().keep_days.calls }),
      ...afterCalls,
      new OrderBook(db).chore(() => company().keep_days.orders),
      purgeDeliveries({ db, keepDays: () => company().keep_days }),
      unusedAudio({ audio, used, keepDays: () => company().keep_days.unused_audio }),
    ],
    clock,
    onDone: (chore, removed) => logger.info({ chore, removed }, 'cleaned up'),
    onTrouble: (chore, error) => logger.error({ err: error, chore }, 'could not clean up'),
  });
}
