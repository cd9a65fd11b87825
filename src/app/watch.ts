import type { Registry } from 'prom-client';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { State } from '../monitor/protocol.js';
import type { Database } from '../storage/database.js';
import { createAlarms } from './alarms.js';
import type { BanParts } from './bans.js';
import { createBackups } from './backups.js';
import { createCertificates, type CertificateOptions } from './certificates.js';
import { connectSheetSource } from './connect.js';
import { createDoctor } from './doctor.js';
import { healthChecks } from './health-checks.js';
import type { NotificationParts } from './notifications.js';
import { Readiness, type ReadinessOptions } from './readiness.js';
import type { Prompts } from './prompts.js';
import type { RecordingFeature } from './recordings.js';
import type { Peers } from './peers.js';
import type { Shops } from './shops.js';
import type { Webhooks } from './webhooks.js';

interface Parts extends Pick<ReadinessOptions, 'handsets' | 'queues' | 'trunks'>, Pick<CertificateOptions, 'http'> {
  db: Database;
  config: Config;
  companies: CompanyStore;
  asterisk: Asterisk;
  runtime: { readonly durable: boolean };
  recordings: RecordingFeature;
  notifications: NotificationParts;
  monitor: () => State;
  prompts: Prompts;
  shops: Shops;
  webhooks: Webhooks;
  bans: Pick<BanParts, 'check'>;
  peers: Pick<Peers, 'check'>;
  registry: Registry;
  /** As in {@link healthChecks}. */
  copied: () => string | undefined;
  clock: Clock;
  logger: Logger;
}

export type Watch = ReturnType<typeof createWatch>;

/** Composes what watches the gateway for its operator: readiness, backups, certificates, alarms and the complete check. */
export function createWatch(parts: Parts) {
  const { asterisk, handsets, queues, trunks, config, clock, logger } = parts;
  const readiness = new Readiness({ asterisk, handsets, queues, trunks, trunk: config.trunkEndpoint, clock, logger });
  const backups = createBackups(parts);
  const certificates = createCertificates(parts);
  const health = healthChecks({ ...parts, readiness, backups, certificates });
  const alarms = createAlarms({ ...parts, certificates, health, backups: backups.backups });
  const doctor = createDoctor({ ...parts, backups });
  return {
    readiness,
    doctor,
    connectSheet: connectSheetSource(config, asterisk.names),
    backups,
    certificates,
    health,
    alarms: alarms.store,
    parts: [readiness, backups.backups, ...certificates.parts, alarms.metrics, doctor],
    alarmRunner: alarms.runner,
  };
}
