import path from 'node:path';
import { Gauge, type Registry } from 'prom-client';
import type { Part } from './parts.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { CallEventRouterOptions } from '../calls/event-router.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { DialPolicy } from '../directory/dial-policy.js';
import { TrunkProvisioner } from '../directory/trunk-provisioner.js';
import { TrunkSecrets } from '../directory/trunk-secrets.js';
import { TrunkStates } from '../directory/trunk-states.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';

export interface TrunkParts {
  provisioner: TrunkProvisioner;
  secrets: TrunkSecrets;
  states: TrunkStates;
  parts: Part[];
  /** Releases a leg, and keeps why its trunk failed. */
  legEnded: (dials: Pick<DialPolicy, 'trunkOf' | 'release'>) => CallEventRouterOptions['legEnded'];
}

/** Composes the company's trunks: their accounts in Asterisk, passwords, states and metrics. */
export function createTrunks({
  asterisk,
  companies,
  config,
  registry,
  clock,
  logger,
}: {
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  config: Pick<Config, 'dataDir'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}): TrunkParts {
  const secrets = new TrunkSecrets(path.join(config.dataDir, 'secrets'));
  const provisioner = new TrunkProvisioner({ asterisk, company: () => companies.company, secrets, clock, logger });
  const states = new TrunkStates({
    asterisk,
    trunks: () => companies.company.trunks,
    failureOf: (trunk) => provisioner.failureOf(trunk),
    clock,
    logger,
  });
  registerGauge(registry, states);
  return {
    provisioner,
    secrets,
    states,
    parts: [provisioner, states],
    legEnded: (dials) => async (legId, failure) => {
      const trunk = failure === undefined ? undefined : await dials.trunkOf(legId);
      if (trunk !== undefined && failure !== undefined) states.failed(trunk, failure);
      await dials.release(legId);
    },
  };
}

/** Whether a trunk is up is a metric of the facts that alarms look at. */
function registerGauge(registry: Registry, states: TrunkStates): void {
  new Gauge({
    name: 'cordboard_trunk_channels',
    help: 'Calls in progress on the trunk, in both directions',
    labelNames: ['trunk'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, channels } of states.list) this.set({ trunk: name }, channels);
    },
  });
}
