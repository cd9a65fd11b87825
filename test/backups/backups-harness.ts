import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Backups, type BackupSettings } from '../../src/backups/backups.js';
import type { MakeBackup } from '../../src/backups/run-backup.js';
import { createLogger } from '../../src/lib/logger.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import type { AuditEntry } from '../../src/storage/audit-log.js';
import { BackupHarness } from './backup-harness.js';

export const START = Date.parse('2026-01-15T12:00:00Z');

/** The backups of a gateway on a virtual clock, made by a fake unless a test replaces it. */
export class BackupsHarness {
  readonly clock = new VirtualClock(START);
  readonly audit: Pick<AuditEntry, 'action' | 'subject'>[] = [];
  make: MakeBackup = async ({ target }) => {
    await writeFile(target, 'a backup');
    return { calls: 0, audio: 0, recordings: 0, secrets: 0 };
  };

  private constructor(
    readonly folder: BackupHarness,
    readonly db: Database,
  ) {}

  static async make(): Promise<BackupsHarness> {
    const folder = await BackupHarness.make();
    return new BackupsHarness(folder, await openDatabase(path.join(folder.dataDir, 'cordboard.db')));
  }

  /** As after a start of the gateway. */
  async started(settings: Partial<BackupSettings> = {}): Promise<Backups> {
    const backups = new Backups({
      db: this.db,
      dataDir: this.folder.dataDir,
      driver: undefined,
      settings: { folder: this.folder.path('backups'), at: undefined, keep: 2, encryption: undefined, ...settings },
      timeZone: () => 'UTC',
      make: (...job) => this.make(...job),
      record: (entry) => {
        this.audit.push(entry);
        return Promise.resolve();
      },
      onEnded: () => undefined,
      clock: this.clock,
      logger: createLogger({ level: 'silent' }),
    });
    await backups.start();
    return backups;
  }

  async stop(): Promise<void> {
    await this.db.destroy();
    await this.folder.remove();
  }
}
