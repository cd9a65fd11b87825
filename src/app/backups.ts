import { Counter, Gauge, type Registry } from 'prom-client';
import { Backups } from '../backups/backups.js';
import { runBackup } from '../backups/run-backup.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { CheckFailure } from '../http/health.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { recordAudit, recordAuditOnce, type RecordAction } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { remedyOf } from './remedies.js';

export interface BackupParts {
  backups: Backups;
  recordOnce: RecordAction;
  /** Whether the last backup failed. */
  check: () => CheckFailure | undefined;
}

/** Composes backups: on request, by the schedule, with their metrics. */
export function createBackups({
  db,
  config,
  companies,
  registry,
  clock,
  logger,
}: {
  db: Database;
  config: Pick<Config, 'dataDir' | 'backups' | 'sqlite'>;
  companies: Pick<CompanyStore, 'company'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}): BackupParts {
  const ended = new Counter({
    name: 'cordboard_backups_total',
    help: 'Ended backups, by result',
    labelNames: ['result'],
    registers: [registry],
  });
  const backups = new Backups({
    db,
    dataDir: config.dataDir,
    driver: config.sqlite.driver,
    settings: config.backups,
    timeZone: () => companies.company.time_zone,
    make: runBackup,
    record: (entry) => recordAudit(db, { ...entry, at: clock.now() }),
    onEnded: (result) => ended.inc({ result }),
    clock,
    logger,
  });
  registerGauges(registry, backups, clock);
  return {
    backups,
    recordOnce: (entry) => recordAuditOnce(db, { ...entry, at: clock.now() }),
    check() {
      const { failure } = backups.history;
      if (failure === undefined) return undefined;
      const problem = `the last backup failed: ${failure.message}`;
      return { problem, remedy: remedyOf('backup', problem), degraded: true };
    },
  };
}

/** Without a sample until there is a backup. */
function registerGauges(registry: Registry, backups: Backups, clock: Clock): void {
  new Gauge({
    name: 'cordboard_backup_age_seconds',
    help: 'Time since the last successful backup was begun',
    registers: [registry],
    collect() {
      const { success } = backups.history;
      if (success === undefined) this.remove();
      else this.set((clock.now() - success.at) / 1000);
    },
  });
  new Gauge({
    name: 'cordboard_backup_bytes',
    help: 'Size of the last successful backup',
    registers: [registry],
    collect() {
      const { success } = backups.history;
      if (success === undefined) this.remove();
      else this.set(success.bytes);
    },
  });
}
