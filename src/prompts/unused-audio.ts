import type { CleanupJob } from '../lib/janitor.js';
import type { AudioStore } from './audio-store.js';
import { DAY_MS } from '../lib/time.js';

/**
 * Removes uploaded audio that was unused for `keepDays`; audio that is used again within that time is kept.
 * @param used hashes of all audio in use. Expensive: called once, and again before each removal
 */
export function createUnusedAudioJob({
  audio,
  used,
  keepDays,
}: {
  audio: Pick<AudioStore, 'listUploaded' | 'markUnused' | 'remove'>;
  used: () => Promise<ReadonlySet<string>>;
  keepDays: () => number;
}): CleanupJob {
  return {
    name: 'unused audio',
    async run(now) {
      let removed = 0;
      const uploaded = await audio.listUploaded();
      const usedAtFirst = await used();
      for (const { sha256, unusedSince } of uploaded) {
        if (usedAtFirst.has(sha256)) {
          if (unusedSince !== null) await audio.markUnused(sha256, null);
        } else if (unusedSince === null) await audio.markUnused(sha256, now);
        else if (unusedSince <= now - keepDays() * DAY_MS && !(await used()).has(sha256)) {
          await audio.remove(sha256);
          removed += 1;
        }
      }
      return removed;
    },
  };
}
