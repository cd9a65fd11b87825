import type { Chore } from '../lib/janitor.js';
import type { AudioStore } from './audio-store.js';

const DAY_MS = 86_400_000;

/** Uploaded audio that the company's document no longer names, after a time in which it may come back. */
export function unusedAudio({
  audio,
  isUsed,
  keepDays,
}: {
  audio: Pick<AudioStore, 'uploaded' | 'markUnused' | 'remove'>;
  isUsed: (sha256: string) => boolean;
  keepDays: () => number;
}): Chore {
  return {
    name: 'unused audio',
    async run(now) {
      let removed = 0;
      for (const { sha256, unusedSince } of await audio.uploaded()) {
        if (isUsed(sha256)) {
          if (unusedSince !== null) await audio.markUnused(sha256, null);
        } else if (unusedSince === null) await audio.markUnused(sha256, now);
        else if (unusedSince <= now - keepDays() * DAY_MS) {
          await audio.remove(sha256);
          removed += 1;
        }
      }
      return removed;
    },
  };
}
