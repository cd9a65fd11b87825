import { Counter, Gauge, type Registry } from 'prom-client';
import type { Asterisk } from '../asterisk/asterisk.js';
import { BanList, type BanSource } from '../bans/ban-list.js';
import { BanStore } from '../bans/ban-store.js';
import { Exemptions } from '../bans/exemptions.js';
import { Failures } from '../bans/failures.js';
import { SipBans } from '../bans/sip-bans.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { sourcesOf } from '../directory/trunk-sources.js';
import type { AddressBans } from '../http/address-bans.js';
import { subscriberOf } from '../http/address.js';
import type { CheckFailure } from '../http/health.js';
import type { Clock } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import { recordAudit, type AuditAction } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import type { Part } from './parts.js';
import type { Peers } from './peers.js';
import { remedyOf } from './remedies.js';

interface Parts {
  db: Database;
  companies: Pick<CompanyStore, 'company' | 'onChange'>;
  asterisk: Asterisk;
  config: Pick<Config, 'trunkEndpoint' | 'sipFront'>;
  registry: Registry;
  peers: Peers;
  clock: Clock;
  logger: Logger;
}

export interface BanParts {
  list: BanList;
  /** In the order of their start. */
  parts: Part[];
  cleanupJob: CleanupJob;
  /** For the HTTP server and everything that checks passwords or tokens itself. */
  http: AddressBans;
  sip: SipBans;
  /** Whether bans work for SIP. */
  check: () => CheckFailure | undefined;
}

/** Composes bans: what fails and succeeds over SIP and HTTP, who is exempt, and who enforces them. */
export function createBans({ db, companies, asterisk, config, registry, peers, clock, logger }: Parts): BanParts {
  const settings = () => companies.company.bans;
  /** Endpoints of Asterisk's own files. */
  const endpoints = () => [
    ...new Set([config.trunkEndpoint, ...companies.company.lines.flatMap(({ trunk }) => trunk ?? [])]),
  ];
  /** Where the company's trunks call from, also while Asterisk cannot be asked. */
  const sources = async () => (await Promise.all(companies.company.trunks.map(sourcesOf))).flatMap((of) => of.sources);
  let inUse: readonly string[] = [];
  const onError = (error: unknown) => logger.error({ err: error }, 'the bans could not be updated');
  const exemptions = new Exemptions({
    db,
    allow: () => settings().allow,
    async inUse() {
      // Without a link, the last known addresses.
      if (asterisk.usable) inUse = await asterisk.addresses.inUse(endpoints());
      return [...inUse, ...(await sources())];
    },
    front: config.sipFront?.host,
    clock,
    onError,
  });
  const list = new BanList({
    store: new BanStore(db),
    failures: new Failures(clock, peers.counts?.of('failed_logins_for_bans')),
    settings,
    exemption: (address, manual) => exemptions.reasonFor(address, manual),
    onStored: () => peers.changes.announce('bans'),
    clock,
    onError,
  });
  peers.changes.onChange('bans', () => list.reload());
  const sip = new SipBans({ asterisk, addresses: () => list.active.map(({ address }) => address), clock, logger });
  const failed = registerMetrics(registry, list);
  const report = (source: BanSource) => (address: string) => {
    failed.inc({ source });
    list.failed(address, source);
  };
  const failedOver = { http: report('http'), sip: report('sip'), udp: report('sip_udp') };
  asterisk.addresses.onLogin(({ address, succeeded, isProven }) => {
    if (succeeded) exemptions.proved(subscriberOf(address));
    else if (isProven) failedOver.sip(address);
    else failedOver.udp(address);
  });
  const audit = (action: AuditAction, subject: string, detail: Record<string, unknown>) => {
    recordAudit(db, { at: clock.now(), action, subject, detail }).catch(onError);
  };
  list.onEvent((event) => {
    sip.wake();
    if (event.type === 'reloaded') return;
    if (event.type === 'guessing') {
      const { address, source, exempt } = event;
      logger.warn({ address, source, exempt }, 'many wrong passwords or tokens from an address that is not banned');
      const detail = { address, source, exempt, failures: settings().failures };
      audit('guesses_not_banned', address, detail);
      return;
    }
    const { address, cause, source, times, until } = event.ban;
    if (event.type === 'lifted') {
      logger.info({ address }, 'the ban of an address has ended');
      return;
    }
    logger.warn({ address, cause, source, times }, 'an address is banned');
    if (cause === 'manual') return;
    const detail = { source, times, until: until === null ? null : new Date(until).toISOString() };
    audit('address_banned', address, detail);
  });
  companies.onChange(() => void list.applySettings().catch(onError));
  return {
    list,
    parts: [exemptions, list, sip],
    cleanupJob: exemptions.cleanupJob,
    http: {
      bannedUntil: (address) => list.findForHttp(address)?.until,
      failed: failedOver.http,
      proved: (address) => exemptions.proved(address),
    },
    sip,
    check() {
      const { problem } = sip;
      return problem === undefined ? undefined : { problem, remedy: remedyOf('bans', problem), degraded: true };
    },
  };
}

function registerMetrics(registry: Registry, list: BanList): Counter<'source'> {
  const failed = new Counter({
    name: 'cordboard_failed_logins_total',
    help: 'Wrong passwords and tokens; the address of sip_udp may be forged',
    labelNames: ['source'],
    registers: [registry],
  });
  const banned = new Counter({
    name: 'cordboard_bans_total',
    help: 'Bans of addresses, by cause',
    labelNames: ['cause'],
    registers: [registry],
  });
  // An increase is counted from zero.
  for (const cause of ['guessing', 'manual'] as const) banned.inc({ cause }, 0);
  list.onEvent((event) => {
    if (event.type === 'banned') banned.inc({ cause: event.ban.cause });
  });
  new Gauge({
    name: 'cordboard_banned_addresses',
    help: 'Addresses that are banned now',
    registers: [registry],
    collect() {
      this.set(list.active.length);
    },
  });
  return failed;
}
