import type { CleanupJob } from '../lib/janitor.js';
import type { RecordingFiles } from './files.js';
import type { RecordingStore } from './store.js';
import { DAY_MS, HOUR_MS } from '../lib/time.js';

const PAGE = 100;
/** Age of a file without a row that is removed: a new file is stored shortly before its row. */
const ORPHAN_AGE_MS = HOUR_MS;
/** `deleted_by` of recordings deleted by age. */
const BY_AGE = 'keep_days';

interface RecordingJobOptions {
  store: RecordingStore;
  files: RecordingFiles;
  keepDays: () => number;
}

/** Deletes a recording: its row first, so that it cannot be played even if a crash leaves the file. False when it was deleted before. */
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

/** Jobs that delete old recordings, and files without a recording. */
export function recordingJobs({ store, files, keepDays }: RecordingJobOptions): CleanupJob[] {
  return [
    {
      name: 'recordings',
      async run(now) {
        let removed = 0;
        for (;;) {
          const ids = await store.listOlderThan(now - keepDays() * DAY_MS, PAGE);
          for (const id of ids) if (await removeRecording({ store, files }, id, BY_AGE, now)) removed += 1;
          if (ids.length < PAGE) return removed;
        }
      },
    },
    {
      name: 'files of deleted recordings',
      async run(now) {
        let removed = 0;
        const all = await files.list(now - ORPHAN_AGE_MS);
        for (let start = 0; start < all.length; start += PAGE) {
          const some = all.slice(start, start + PAGE);
          const present = await store.filterExisting(some);
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
