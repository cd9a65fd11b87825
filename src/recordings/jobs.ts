import type { Chore } from '../lib/janitor.js';
import type { RecordingFiles } from './files.js';
import type { RecordingStore } from './store.js';
import { DAY_MS, HOUR_MS } from '../lib/time.js';

const AT_ONCE = 100;
/** A file is there a moment before its recording is known. */
const IN_THE_MAKING_MS = HOUR_MS;
/** Who deleted what its time was over for. */
const BY_AGE = 'keep_days';

interface RecordingJobOptions {
  store: RecordingStore;
  files: RecordingFiles;
  keepDays: () => number;
}

/** Deletes one recording: from now on nobody hears it, whatever a crash leaves of its file. False when it was gone already. */
export async function removeRecording(
  { store, files }: Pick<RecordingJobOptions, 'store' | 'files'>,
  id: string,
  by: string,
  at: number,
): Promise<boolean> {
  const removed = await store.markDeleted(id, by, at);
  await files.remove(id);
  return removed;
}

/** Recordings whose time is over, and files that no recording is known of. */
export function recordingJobs({ store, files, keepDays }: RecordingJobOptions): Chore[] {
  return [
    {
      name: 'recordings',
      async run(now) {
        let removed = 0;
        for (;;) {
          const ids = await store.olderThan(now - keepDays() * DAY_MS, AT_ONCE);
          for (const id of ids) if (await removeRecording({ store, files }, id, BY_AGE, now)) removed += 1;
          if (ids.length < AT_ONCE) return removed;
        }
      },
    },
    {
      name: 'files of deleted recordings',
      async run(now) {
        let removed = 0;
        const all = await files.list(now - IN_THE_MAKING_MS);
        for (let start = 0; start < all.length; start += AT_ONCE) {
          const some = all.slice(start, start + AT_ONCE);
          const present = await store.known(some);
          for (const id of some.filter((one) => !present.has(one))) {
            await files.remove(id);
            removed += 1;
          }
        }
        return removed;
      },
    },
  ];
}
