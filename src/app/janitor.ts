import { oldCalls } from '../calls/old-calls.js';
import type { KeepDays } from '../directory/schema.js';
import type { Clock } from '../lib/clock.js';
import { Janitor, type Chore } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import { OrderBook } from '../orders/order-book.js';
import type { AudioStore } from '../prompts/audio-store.js';
import { unusedAudio } from '../prompts/unused-audio.js';
import type { Database } from '../storage/database.js';
import { oldDeliveries } from '../webhooks/old-deliveries.js';

/** Removes what is older than the company wants to keep, and what nobody uses. */
export function makeJanitor({
  db,
  company,
  audio,
  uses,
  chores,
  clock,
  logger,
}: {
  db: Database;
  /** As it is set up now. */
  company: () => { keep_days: KeepDays };
  audio: AudioStore;
  /** Whether somebody else than the company's document uses audio. */
  uses: (sha256: string) => boolean;
  /** Of other areas. */
  chores: Chore[];
  clock: Clock;
  logger: Logger;
}): Janitor {
  // Wherever the document names audio, it does so by its hash.
  const isUsed = (sha256: string) => JSON.stringify(company()).includes(sha256) || uses(sha256);
  return new Janitor({
    chores: [
      ...chores,
      oldCalls({ db, keepDays: () => company().keep_days.calls }),
      new OrderBook(db).chore(() => company().keep_days.orders),
      oldDeliveries({ db, keepDays: () => company().keep_days }),
      unusedAudio({ audio, isUsed, keepDays: () => company().keep_days.unused_audio }),
    ],
    clock,
    onDone: (chore, removed) => logger.info({ chore, removed }, 'cleaned up'),
    onTrouble: (chore, error) => logger.error({ err: error, chore }, 'could not clean up'),
  });
}
