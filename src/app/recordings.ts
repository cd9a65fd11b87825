import path from 'node:path';
import type { AsteriskPort } from '../asterisk/port.js';
import { recordingAudioPath } from '../calls/present.js';
import type { MessageBoxes } from '../agents/message-box-effects.js';
import type { MessageMark } from '../agents/message-box-flow.js';
import { newMessagesOf } from '../company/message-owners.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { LampProvisioner } from '../directory/lamp-provisioner.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { MessageReader } from '../recordings/message-reader.js';
import { recordingJobs, removeRecording } from '../recordings/jobs.js';
import { RecordingFiles } from '../recordings/files.js';
import { RecordingReader } from '../recordings/reader.js';
import { RecordingStore } from '../recordings/store.js';
import { RecordingImporter } from '../recordings/importer.js';
import { recordAudit } from '../storage/audit-log.js';
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
  companies,
  clock,
  logger,
}: {
  db: Database;
  config: { dataDir: string; http: { publicUrl: string } };
  asterisk: Pick<AsteriskPort, 'recordings' | 'onEvent' | 'usable' | 'putNewMessages'>;
  /** Status of a call. */
  statusOf: SqlFlowStore['statusOf'];
  fanout: EventFanout;
  companies: Pick<CompanyStore, 'company'>;
  clock: Clock;
  logger: Logger;
}) {
  const files = new RecordingFiles(path.join(config.dataDir, 'recordings'));
  const messages = new MessageReader(db.history);
  const lamps = new LampProvisioner({
    asterisk,
    newMessages: async () => newMessagesOf(companies.company, await messages.newByOwner()),
    logger,
  });
  const store = new RecordingStore({
    db,
    fanout,
    urlOf: (id) => config.http.publicUrl + recordingAudioPath(id),
    messagesChanged: () => void lamps.reconcile(),
  });
  const taker = new RecordingImporter({
    recordings: asterisk.recordings,
    files,
    store,
    statusOf,
    clock,
    logger,
  });
  const removeMessage = async (id: string, handset: string) => {
    const row = await messages.get(id);
    if (row === undefined || !(await removeRecording({ store, files }, id, handset, clock.now()))) return;
    const detail = { call: row.call_id, handset };
    await recordAudit(db, { at: clock.now(), action: 'recording_deleted', subject: id, detail });
  };
  let unsubscribe = () => {};
  return {
    reader: new RecordingReader(db.history),
    messages,
    lamps,
    markDone: (id: string, by: string | null) => store.markDone(id, by, clock.now()),
    /** The messages of handsets, for {@link messageBoxHandlers}. */
    boxes: {
      async list(handset: string) {
        const queues = companies.company.queues
          .filter(({ handsets }) => handsets.includes(handset))
          .map(({ id }) => id);
        const found = await messages.openOf({ handset, queues });
        return { ids: found.map(({ id }) => id), fresh: found.filter(({ heard_at: at }) => at === null).length };
      },
      async mark(id: string, handset: string, mark: MessageMark) {
        if (mark === 'deleted') await removeMessage(id, handset);
        else await store.recordAccess(id, 'recording_played', clock.now(), handset);
        if (mark === 'done') await store.markDone(id, handset, clock.now());
      },
    } satisfies MessageBoxes,
    files,
    jobs: recordingJobs({ store, files, keepDays: () => companies.company.keep_days.recordings }),
    remove: (id: string, by: string) => removeRecording({ store, files }, id, by, clock.now()),
    recordAccess: (id: string, action: 'recording_played' | 'recording_downloaded') =>
      store.recordAccess(id, action, clock.now()),
    /** The file of a recording that a call plays. */
    async playable(id: string) {
      const row = await messages.get(id);
      if (row === undefined || !(await files.has(id))) return undefined;
      const { sha256, duration_ms: durationMs, bytes } = row;
      return { audio: { sha256, durationMs, bytes }, path: files.pathOf(id) };
    },
    /** Reason why recordings remain in Asterisk; undefined when none does. */
    error: () => taker.error,
    /** Must be called when a call ends. */
    callOver: () => taker.wake(),
    start: async () => {
      await files.start();
      unsubscribe = asterisk.onEvent(({ type }) => {
        if (type === 'link_up') taker.wake();
      });
      lamps.start();
      taker.start();
    },
    stop: async () => {
      unsubscribe();
      await taker.stop();
      await lamps.stop();
    },
  };
}
