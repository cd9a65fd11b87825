import { purgeCalls } from '../calls/purge-calls.js';
import { audioOfConfigurations } from '../company/store/audio-in-use.js';
import type { KeepDays } from '../directory/schema.js';
import type { Clock } from '../lib/clock.js';
import { Janitor, type CleanupJob } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import { OrderBook } from '../orders/order-book.js';
import type { AudioStore } from '../prompts/audio-store.js';
import { createUnusedAudioJob } from '../prompts/unused-audio.js';
import { purgeAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { purgeDeliveries } from '../webhooks/purge-deliveries.js';

/** Creates the janitor, which deletes data older than the company's `keep_days` and unused audio. */
export function createJanitor({
  db,
  company,
  audio,
  usedElsewhere,
  jobs,
  afterCalls = [],
  clock,
  logger,
}: {
  db: Database;
  /** The current settings. */
  company: () => { keep_days: KeepDays };
  audio: AudioStore;
  /** Hashes of audio used outside the company's document and its drafts. */
  usedElsewhere: () => Promise<Iterable<string>>;
  /** Jobs of other areas. */
  jobs: CleanupJob[];
  /** Jobs that run after the purge of calls. */
  afterCalls?: CleanupJob[];
  clock: Clock;
  logger: Logger;
}): Janitor {
  const used = async () => new Set([...(await audioOfConfigurations(db, company())), ...(await usedElsewhere())]);
  return new Janitor({
    jobs: [
      ...jobs,
      purgeCalls({ db, keepDays: () => company().keep_days.calls }),
      ...afterCalls,
      new OrderBook(db).cleanupJob(() => company().keep_days.orders),
      purgeDeliveries({ db, keepDays: () => company().keep_days }),
      purgeAudit({ db, keepDays: () => company().keep_days.audit }),
      createUnusedAudioJob({ audio, used, keepDays: () => company().keep_days.unused_audio }),
    ],
    clock,
    onDone: (job, removed) => logger.info({ job, removed }, 'cleaned up'),
    onError: (job, error) => logger.error({ err: error, job }, 'clean-up failed'),
  });
}
