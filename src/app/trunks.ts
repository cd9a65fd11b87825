import path from 'node:path';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Part } from './parts.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { CallEventRouterOptions } from '../calls/event-router.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { DialPolicy } from '../directory/dial-policy.js';
import type { TrunkProblem } from '../directory/trunk-problem.js';
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
  /** Keeps why a trunk did not carry a call. */
  failed: (trunk: string, problem: TrunkProblem) => void;
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
  config: Pick<Config, 'dataDir' | 'sipFront'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}): TrunkParts {
  const secrets = new TrunkSecrets(path.join(config.dataDir, 'secrets'));
  const { sipFront } = config;
  const front = sipFront && `${sipFront.host}:${sipFront.port}`;
  const provisioner = new TrunkProvisioner({
    asterisk,
    company: () => companies.company,
    secrets,
    front,
    clock,
    logger,
  });
  const states = new TrunkStates({
    asterisk,
    trunks: () => companies.company.trunks,
    failureOf: (trunk) => provisioner.failureOf(trunk),
    clock,
    logger,
  });
  const failures = registerMetrics(registry, states);
  const failed = (trunk: string, problem: TrunkProblem) => {
    states.failed(trunk, problem);
    failures.inc({ trunk });
  };
  return {
    provisioner,
    secrets,
    states,
    failed,
    parts: [provisioner, states],
    legEnded: (dials) => async (legId, failure) => {
      const trunk = failure === undefined ? undefined : await dials.trunkOf(legId);
      if (trunk !== undefined && failure !== undefined) failed(trunk, failure);
      await dials.release(legId);
    },
  };
}

/** Whether a trunk is up is a metric of the facts that alarms look at. @returns the counter of calls that a trunk did not carry */
function registerMetrics(registry: Registry, states: TrunkStates): Counter<'trunk'> {
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
  return new Counter({
    name: 'cordboard_trunk_failures_total',
    help: 'Outgoing calls that the trunk did not carry: no answer, refused, congested or failed',
    labelNames: ['trunk'],
    registers: [registry],
    collect() {
      // Without a first value, nobody would see the first failure increase it.
      for (const { name } of states.list) this.inc({ trunk: name }, 0);
    },
  });
}
