import type { Registry } from 'prom-client';
import type { AsteriskPort } from '../asterisk/port.js';
import { LegQualities } from '../calls/leg-qualities.js';
import { RefusedCalls, type RefusedCall } from '../calls/refused-calls.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { State } from '../monitor/protocol.js';
import type { Database } from '../storage/database.js';
import { registerCallMetrics } from './call-metrics.js';

interface Parts {
  config: Pick<Config, 'callQuality'>;
  db: Database;
  companies: Pick<CompanyStore, 'company'>;
  asterisk: Pick<AsteriskPort, 'onEvent'>;
  runtime: { running: readonly unknown[] };
  monitor: () => State;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}

/** What is counted and stored of calls beside their flows: metrics, refused calls, and, unless switched off, how well they were heard. */
export function createCallFigures({
  config,
  db,
  companies,
  asterisk,
  runtime,
  monitor,
  registry,
  clock,
  logger,
}: Parts) {
  const metrics = registerCallMetrics(
    registry,
    () => runtime.running.length,
    () => Object.values(monitor().calls),
  );
  const refused = new RefusedCalls({
    db,
    clock,
    onError: (error) => logger.error({ err: error }, 'refused calls could not be stored'),
  });
  const legQualities = new LegQualities({
    db,
    clock,
    onMeasured: metrics.onMeasured,
    isHandset: (endpoint) => companies.company.handsets.some(({ name }) => name === endpoint),
    onError: (error) => logger.error({ err: error }, 'the quality of calls could not be stored'),
  });
  if (config.callQuality) asterisk.onEvent((event) => legQualities.onEvent(event));
  const onRefused = (call: RefusedCall) => {
    metrics.onRefused(call);
    refused.record(call);
  };
  return { refused, legQualities, onRefused };
}
