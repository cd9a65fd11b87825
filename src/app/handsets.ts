import path from 'node:path';
import { Counter, type Registry } from 'prom-client';
import { masksCallers } from '../accounts/roles.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { ForeignPhone } from '../asterisk/names.js';
import type { Company } from '../company/company.js';
import { handsetsWithLamp } from '../company/message-owners.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { DialPolicy } from '../directory/dial-policy.js';
import { HandsetProvisioner } from '../directory/handset-provisioner.js';
import { trunkProblem } from '../directory/trunk-problem.js';
import type { Logger } from '../lib/logger.js';
import { SECOND_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';
import { SILENT_TRUNK_MS } from '../telephony/leg-failover.js';
import type { Peers } from './peers.js';
import type { TrunkParts } from './trunks.js';

/** The handsets that are telephones of the company's own Asterisk. */
export function foreignPhones(company: Company): ForeignPhone[] {
  return company.handsets.flatMap(({ name, endpoint }) =>
    endpoint === undefined ? [] : [{ name, endpoint, masksCallers: masksCallers(company, name) }],
  );
}

/** Composes the dial policy and the accounts of handsets: both know whose phones may be shown numbers. */
export function createHandsets({
  db,
  asterisk,
  companies,
  config,
  trunks,
  peers,
  logger,
  registry,
}: {
  db: Database;
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  config: Config;
  trunks: Pick<TrunkParts, 'states' | 'failed'>;
  peers: Pick<Peers, 'changes'>;
  logger: Logger;
  registry: Registry;
}): { dials: DialPolicy; handsets: HandsetProvisioner } {
  const directory = () => companies.company;
  const isMasked = (handset: string) => masksCallers(directory(), handset);
  const onError = (error: unknown) => logger.error({ err: error }, 'a dial limit could not be reported');
  const dials = new DialPolicy({
    db,
    node: config.node,
    directory,
    trunk: config.trunkEndpoint,
    masksCallers: isMasked,
    names: asterisk.names,
    incomingCalls: (name) => asterisk.trunks.incomingCalls(name),
    isDown: (name) => trunks.states.isDown(name),
    onSilent: (name) => trunks.failed(name, trunkProblem('silent', { seconds: String(SILENT_TRUNK_MS / SECOND_MS) })),
    onError,
  });
  const reached = new Counter({
    name: 'cordboard_dial_limits_reached_total',
    help: 'Daily limits of calls to numbers of which 80 or 100 percent were used, by whose limit it is',
    labelNames: ['of', 'percent'],
    registers: [registry],
  });
  // An increase is counted from zero.
  for (const of of ['company', 'handset', 'operator']) for (const percent of [80, 100]) reached.inc({ of, percent }, 0);
  dials.onLimit(({ of, used, max, isReached }) => {
    reached.inc({ of: of?.kind ?? 'company', percent: isReached ? 100 : 80 });
    const whose =
      of === undefined ? 'the company' : of.kind === 'handset' ? `handset ${of.handset}` : `operator ${of.id}`;
    logger.warn(
      { whose, used, max },
      isReached ? 'a dial limit of the day is used up' : 'a dial limit of the day is nearly used up',
    );
  });
  const secretsDir = path.join(config.dataDir, 'secrets');
  const handsets = new HandsetProvisioner({
    asterisk,
    secretsDir,
    handsets: directory,
    masksCallers: isMasked,
    withLamp: () => handsetsWithLamp(directory()),
    onRenewed: () => peers.changes.announce('handsets'),
    logger,
  });
  peers.changes.onChange('handsets', () => handsets.reconcile());
  return { dials, handsets };
}
