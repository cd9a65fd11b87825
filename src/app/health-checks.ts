import { sql } from 'kysely';
import type { HealthCheck } from '../http/health.js';
import { compact } from '../lib/compact.js';
import type { Database } from '../storage/database.js';
import type { BackupParts } from './backups.js';
import type { Certificates } from './certificates.js';
import type { BanParts } from './bans.js';
import type { NotificationParts } from './notifications.js';
import type { Readiness } from './readiness.js';
import type { RecordingFeature } from './recordings.js';
import type { Peers } from './peers.js';

/** The checks of `/readyz`. */
export interface HealthChecks {
  checks: Record<string, HealthCheck>;
  /** Never make the gateway `not ready`. */
  warnings: Record<string, HealthCheck>;
}

interface Parts {
  readiness: Pick<Readiness, 'checks'>;
  runtime: { readonly durable: boolean };
  db: Database;
  recordings: Pick<RecordingFeature, 'error'>;
  notifications: Pick<NotificationParts, 'check'>;
  backups: Pick<BackupParts, 'check'>;
  certificates: Pick<Certificates, 'check'>;
  bans: Pick<BanParts, 'check'>;
  peers: Pick<Peers, 'check'>;
  /** Report of the changes made because the data folder is a copy; undefined when it is not. */
  copied: () => string | undefined;
}

/** Composes the checks of the parts of the gateway. */
export function healthChecks({ readiness, runtime, db, ...parts }: Parts): HealthChecks {
  return {
    checks: {
      ...readiness.checks,
      database: async () => {
        if (!runtime.durable) return 'the database is not writable; running calls are kept in memory';
        await sql`select 1 from flows limit 1`.execute(db);
        return undefined;
      },
    },
    warnings: compact({
      recordings: () => parts.recordings.error(),
      installation: parts.copied,
      backup: parts.backups.check,
      certificates: parts.certificates.check,
      notifications: parts.notifications.check,
      bans: parts.bans.check,
      redis: parts.peers.check,
    }),
  };
}
