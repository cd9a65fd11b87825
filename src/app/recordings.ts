import path from 'node:path';
import type { AsteriskPort } from '../asterisk/port.js';
import { recordingAudioPath } from '../calls/present.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { MessageReader } from '../recordings/message-reader.js';
import { recordingJobs, removeRecording } from '../recordings/jobs.js';
import { RecordingFiles } from '../recordings/files.js';
import { RecordingReader } from '../recordings/reader.js';
import { RecordingStore } from '../recordings/store.js';
import { RecordingImporter } from '../recordings/importer.js';
import type { Database } from '../storage/database.js';
import type { EventFanout, SqlFlowStore } from '../storage/flow-store.js';

export type RecordingFeature = ReturnType<typeof createRecordings>;

/** Composes recordings: imported from Asterisk, stored below the data folder, reported to webhooks. */
export function createRecordings({
  db,
  config,
  asterisk,
  statusOf,
  fanout,
  keepDays,
  clock,
  logger,
}: {
  db: Database;
  config: { dataDir: string; http: { publicUrl: string } };
  asterisk: Pick<AsteriskPort, 'recordings' | 'onEvent'>;
  /** Status of a call. */
  statusOf: SqlFlowStore['statusOf'];
  fanout: EventFanout;
  keepDays: () => number;
  clock: Clock;
  logger: Logger;
}) {
  const files = new RecordingFiles(path.join(config.dataDir, 'recordings'));
  const store = new RecordingStore({ db, fanout, urlOf: (id) => config.http.publicUrl + recordingAudioPath(id) });
  const taker = new RecordingImporter({
    recordings: asterisk.recordings,
    files,
    store,
    statusOf,
    clock,
    logger,
  });
  let unsubscribe = () => {};
  return {
    reader: new RecordingReader(db.history),
    messages: new MessageReader(db.history),
    markDone: (id: string, by: string | null) => store.markDone(id, by, clock.now()),
    files,
    jobs: recordingJobs({ store, files, keepDays }),
    remove: (id: string, by: string) => removeRecording({ store, files }, id, by, clock.now()),
    recordAccess: (id: string, action: 'recording_played' | 'recording_downloaded') =>
      store.recordAccess(id, action, clock.now()),
    /** Reason why recordings remain in Asterisk; undefined when none does. */
    error: () => taker.error,
    /** Must be called when a call ends. */
    callOver: () => taker.wake(),
    start: async () => {
      await files.start();
      unsubscribe = asterisk.onEvent(({ type }) => {
        if (type === 'link_up') taker.wake();
      });
      taker.start();
    },
    stop: async () => {
      unsubscribe();
      await taker.stop();
    },
  };
}
