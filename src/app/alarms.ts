import type { Registry } from 'prom-client';
import { AlarmRunner } from '../alarms/runner.js';
import { alarmDeliveries } from '../alarms/deliveries.js';
import { AlarmStore } from '../alarms/store.js';
import type { AsteriskPort } from '../asterisk/port.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import { alarmFacts, type FactSources } from './alarm-facts.js';
import { FactMetrics } from './fact-metrics.js';
import type { Webhooks } from './webhooks.js';

interface Parts extends Omit<FactSources, 'onError' | 'startedAt'> {
  db: Database;
  config: Pick<Config, 'dataDir' | 'trunkEndpoint' | 'http'>;
  companies: Pick<CompanyStore, 'company'>;
  asterisk: FactSources['asterisk'] & Pick<AsteriskPort, 'onEvent'>;
  webhooks: Pick<Webhooks, 'fanout' | 'workers'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}

/** Composes alarms: the facts, the runner and their messages. */
export function createAlarms(parts: Parts): { runner: AlarmRunner; store: AlarmStore; metrics: FactMetrics } {
  const { db, config, companies, webhooks, clock, logger } = parts;
  const store = new AlarmStore(db);
  const company = () => companies.company;
  const onError = (error: unknown, fact?: string) => logger.warn({ err: error, fact }, 'alarms could not be checked');
  const metrics = new FactMetrics(parts.registry, parts.asterisk);
  const read = alarmFacts({ ...parts, startedAt: clock.now(), onError });
  const runner = new AlarmRunner({
    store,
    settings: () => company().alarms,
    look: async (settings, now) => {
      const facts = await read(settings, now);
      metrics.update(facts, now);
      return facts;
    },
    deliveriesOf: (alarm, news) =>
      alarmDeliveries(alarm, news, {
        company: company(),
        outsideUrl: config.http.outsideUrl,
        fanout: webhooks.fanout,
      }),
    onStored: () => webhooks.workers.wake(),
    onError,
    clock,
  });
  return { runner, store, metrics };
}

/** Removes old alarms. */
export function alarmsCleanup(db: Database): CleanupJob {
  return new AlarmStore(db).cleanupJob;
}
