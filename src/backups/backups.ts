import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { MINUTE_MS } from '../lib/time.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { Database, DatabaseOptions } from '../storage/database.js';
import { readMeta, writeMeta } from '../storage/meta.js';
import { BackupError } from './backup-error.js';
import { BackupFolder, type StoredBackup } from './backup-folder.js';
import type { BackupProgress } from './create.js';
import type { Encryption } from './encryption.js';
import { backupName } from './names.js';
import type { MakeBackup } from './run-backup.js';
import { isBackupDue } from './schedule.js';

export interface BackupSettings {
  folder: string;
  /** Local time of the daily backup, `HH:MM`; undefined: none. */
  at: string | undefined;
  /** How many are kept. */
  keep: number;
  encryption: Encryption | undefined;
}

interface BackupsOptions {
  db: Database;
  dataDir: string;
  driver: DatabaseOptions['driver'];
  settings: BackupSettings;
  timeZone: () => string;
  make: MakeBackup;
  record: RecordAction;
  onEnded: (result: 'made' | 'failed') => void;
  clock: Clock;
  logger: Logger;
}

const KEY = 'backups';
/** Why the gateway makes no backup of a database in PostgreSQL. */
export const NOT_OF_POSTGRES =
  'the database is in PostgreSQL: back it up with pg_dump, and copy the data folder (docs/databases.md)';

const CHECK_EVERY_MS = MINUTE_MS;

const historySchema = z.object({
  success: z.object({ name: z.string(), at: z.number(), bytes: z.number(), duration_ms: z.number() }).optional(),
  /** The last attempt failed; absent after a success. */
  failure: z.object({ at: z.number(), fault: z.string(), message: z.string() }).optional(),
});
export type BackupHistory = z.output<typeof historySchema>;

export interface RunningBackup {
  name: string;
  startedAt: number;
  progress: BackupProgress | undefined;
}

/** Makes backups of the running gateway, on request and by the schedule, one at a time. */
export class Backups {
  readonly #folder: BackupFolder;
  readonly #job: RepeatingJob;
  readonly #stopped = new AbortController();
  #history: BackupHistory = {};
  #running: { state: RunningBackup; done: Promise<void> } | undefined;

  constructor(private readonly options: BackupsOptions) {
    this.#folder = new BackupFolder(options.settings.folder);
    this.#job = new RepeatingJob({
      clock: options.clock,
      everyMs: CHECK_EVERY_MS,
      run: () => this.runIfDue(),
    });
  }

  /** The outcomes of the last backups, also of those before the start. */
  get history(): BackupHistory {
    return this.#history;
  }

  get settings(): BackupSettings {
    return this.options.settings;
  }

  get running(): RunningBackup | undefined {
    return this.#running?.state;
  }

  async start(): Promise<void> {
    const { db, logger, settings } = this.options;
    const stored = historySchema.safeParse(JSON.parse((await readMeta(db, KEY)) ?? '{}'));
    if (stored.success) this.#history = stored.data;
    await this.#folder
      .prepare()
      .catch((error: unknown) =>
        logger.warn({ err: error, folder: settings.folder }, 'the backup folder is not usable'),
      );
    if (settings.at !== undefined) this.#job.start();
  }

  /** Ends a running backup, which leaves nothing behind. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running?.done;
    await this.#job.stop();
  }

  /** Resolves when no backup is running. */
  async idle(): Promise<void> {
    await this.#running?.done;
  }

  /** Why no backup can be made at all; undefined: it can. */
  get refusal(): string | undefined {
    return this.options.db.kind === 'postgres' ? NOT_OF_POSTGRES : undefined;
  }

  list(): Promise<StoredBackup[]> {
    return this.#folder.list();
  }

  find(name: string): Promise<StoredBackup | undefined> {
    return this.#folder.find(name);
  }

  read(name: string, first: number, last: number) {
    return this.#folder.read(name, first, last);
  }

  /** Begins a backup. @returns undefined when one is running */
  begin(): RunningBackup | undefined {
    if (this.refusal !== undefined || this.#running !== undefined || this.#stopped.signal.aborted) return undefined;
    const startedAt = this.options.clock.now();
    const name = backupName(startedAt, this.settings.encryption !== undefined);
    const state: RunningBackup = { name, startedAt, progress: undefined };
    this.#running = {
      state,
      done: this.#make(state).finally(() => (this.#running = undefined)),
    };
    return state;
  }

  /** Makes the scheduled backup when it is due. */
  async runIfDue(): Promise<void> {
    const { clock, settings, timeZone } = this.options;
    const { success, failure } = this.#history;
    if (settings.at === undefined) return;
    const state = { now: clock.now(), at: settings.at, timeZone: timeZone() };
    if (!isBackupDue({ ...state, succeededAt: success?.at, failedAt: failure?.at })) return;
    this.begin();
    await this.idle();
  }

  async #make(state: RunningBackup): Promise<void> {
    const { clock, logger, record, onEnded } = this.options;
    const { name, startedAt } = state;
    try {
      const bytes = await this.#write(state);
      const duration_ms = clock.now() - startedAt;
      await this.#remember({ success: { name, at: startedAt, bytes, duration_ms } });
      logger.info({ backup: name, bytes, duration_ms }, 'a backup was made');
      onEnded('made');
      await record({ action: 'backup_made', subject: name, detail: { bytes } });
      const removed = await this.#folder.removeOld(this.settings.keep);
      if (removed.length > 0) logger.info({ removed }, 'old backups were removed');
    } catch (error) {
      // The gateway stops: the next start makes it up.
      if (this.#stopped.signal.aborted) return;
      const fault = error instanceof BackupError ? error.fault : 'failed';
      const message = error instanceof Error ? error.message : 'unknown';
      logger.error({ err: error, backup: name }, 'a backup failed');
      onEnded('failed');
      await this.#remember({ ...this.#history, failure: { at: startedAt, fault, message } });
    }
  }

  /** @returns the size of the backup */
  async #write(state: RunningBackup): Promise<number> {
    const { db, dataDir, driver, make, settings } = this.options;
    await this.#folder.prepare();
    const job = { dataDir, target: this.#folder.pathOf(state.name), encryption: settings.encryption, driver };
    const onProgress = (progress: BackupProgress) => (state.progress = progress);
    await db.duringLongRead(() => make(job, onProgress, this.#stopped.signal));
    return (await this.#folder.find(state.name))?.bytes ?? 0;
  }

  async #remember(history: BackupHistory): Promise<void> {
    this.#history = history;
    await writeMeta(this.options.db, KEY, JSON.stringify(history)).catch((error: unknown) =>
      this.options.logger.warn({ err: error }, 'the outcome of a backup was not stored'),
    );
  }
}
