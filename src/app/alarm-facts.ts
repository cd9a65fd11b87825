import { sql } from 'kysely';
import type { Facts, QueueFact, ShopFact, TrunkFact } from '../alarms/facts.js';
import type { AlarmSettings } from '../alarms/schema.js';
import type { AsteriskPort } from '../asterisk/port.js';
import type { InspectionPort } from '../asterisk/inspection.js';
import type { Backups } from '../backups/backups.js';
import type { Company } from '../company/company.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { startOfDay } from '../directory/dial-policy.js';
import { countDials } from '../directory/dial-use.js';
import { runChecks } from '../http/health.js';
import type { Instant } from '../lib/clock.js';
import { diskSpace } from '../lib/disk-space.js';
import type { State } from '../monitor/protocol.js';
import type { Database } from '../storage/database.js';
import { isFaulty, type TrunkStates } from '../directory/trunk-states.js';
import type { HealthChecks } from './health-checks.js';
import { trunkProblem, UNKNOWN } from './readiness.js';

export interface FactSources {
  db: Database;
  config: Pick<Config, 'dataDir' | 'trunkEndpoint'>;
  companies: Pick<CompanyStore, 'company'>;
  asterisk: Pick<AsteriskPort, 'usable' | 'endpointState'> & Pick<InspectionPort, 'registrations'>;
  trunks: { states: Pick<TrunkStates, 'list' | 'refresh'> };
  health: HealthChecks;
  backups: Pick<Backups, 'history' | 'settings'>;
  monitor: () => State;
  shops: { readonly facts: ShopFact[] };
  startedAt: Instant;
  onError: (error: unknown, fact: string) => void;
}

/** Checks that have an alarm of their own. */
const OWN_ALARM = new Set(['trunk', 'backup']);

/** Collects the facts for alarms. What cannot be read now is undefined. */
export function alarmFacts(sources: FactSources): (settings: AlarmSettings, now: Instant) => Promise<Facts> {
  const { onError } = sources;
  const known = <T>(fact: string, read: () => Promise<T> | T): Promise<T | undefined> =>
    Promise.resolve()
      .then(read)
      .catch((error: unknown) => {
        onError(error, fact);
        return undefined;
      });
  return async (settings, now) => {
    const [trunks, deliveries, disk, dials, failedLogins, checks, refused] = await Promise.all([
      known('trunks', () => trunkFacts(sources)),
      known('deliveries', () => lateDeliveries(sources.db)),
      known('disk', () => diskSpace(sources.config.dataDir)),
      known('dials', () => dialFact(sources, now)),
      known('logins', () => failedLoginFacts(sources.db, now - settings.password_guessing.within)),
      known('checks', () => checkFacts(sources)),
      known('refused calls', () => refusedFacts(sources.db, now - settings.calls_refused.within)),
    ]);
    return {
      trunks,
      queues: queueFacts(sources.monitor()),
      shops: sources.shops.facts,
      deliveries,
      disk,
      backups: backupFact(sources),
      dials,
      failedLogins,
      checks: checks ?? [],
      refused,
    };
  };
}

/** The company's trunks; without any, the endpoints of its lines. */
async function trunkFacts({ asterisk, companies, config, trunks: own }: FactSources): Promise<TrunkFact[] | undefined> {
  if (!asterisk.usable) return undefined;
  if (own.states.list.length > 0)
    return (await own.states.refresh())
      .filter(({ state }) => state !== 'disabled' && state !== 'unknown')
      .map((state) => ({ trunk: state.name, problem: isFaulty(state) ? (state.problem ?? state.state) : undefined }));
  const trunks = new Set(companies.company.lines.map(({ trunk }) => trunk ?? config.trunkEndpoint));
  return Promise.all([...trunks].map(async (trunk) => ({ trunk, problem: await trunkProblem(asterisk, trunk) })));
}

/** Exported for tests. */
export function queueFacts({ current, queues, calls, handsets }: State): QueueFact[] | undefined {
  if (!current) return undefined;
  return Object.values(queues).map(({ id, name, waiting }) => {
    const joined = Object.values(calls).flatMap(({ state, queue, since }) =>
      state === 'waiting' && queue === id ? [Date.parse(since)] : [],
    );
    const registered = Object.values(handsets).filter(
      (handset) => handset.state !== 'unavailable' && handset.queues.some(({ queue }) => queue === id),
    );
    const longestSince = joined.length === 0 ? null : Math.min(...joined);
    return { queue: name, waiting, longestSince, registered: registered.length };
  });
}

async function lateDeliveries(db: Database): Promise<NonNullable<Facts['deliveries']>> {
  const rows = await db.history
    .selectFrom('webhook_deliveries')
    .where(sql<boolean>`state = 'waiting'`)
    .groupBy('hook')
    .select((of) => ['hook', of.fn.countAll<number>().as('waiting'), of.fn.min('created_at').as('oldest')])
    .execute();
  return rows.map(({ hook, waiting, oldest }) => ({ receiver: hook, waiting, oldestAt: oldest }));
}

function backupFact({ backups, startedAt }: FactSources): NonNullable<Facts['backups']> {
  const { history, settings } = backups;
  return {
    isScheduled: settings.at !== undefined,
    succeededAt: history.success?.at ?? null,
    problem: history.failure?.message ?? null,
    runsSince: startedAt,
  };
}

async function dialFact({ db, companies }: FactSources, now: Instant): Promise<NonNullable<Facts['dials']>> {
  const { dial_policy, time_zone }: Company = companies.company;
  const counted = await countDials(db, startOfDay(now, time_zone));
  return { ...counted, maxOpen: dial_policy.max_concurrent, maxToday: dial_policy.max_per_day };
}

async function failedLoginFacts(db: Database, since: Instant): Promise<NonNullable<Facts['failedLogins']>> {
  const address = sql<string>`coalesce(json_extract(detail, '$.address'), '')`;
  return db.history
    .selectFrom('audit')
    .where('at', '>=', since)
    .where('action', '=', 'login_failed')
    .groupBy(address)
    .select((of) => [address.as('address'), of.fn.countAll<number>().as('attempts')])
    .execute();
}

async function checkFacts({ health, asterisk }: FactSources): Promise<Facts['checks']> {
  const { rows } = await runChecks(health.checks, health.warnings);
  return rows.flatMap(({ name, problem }) => {
    const isKnown = problem?.problem !== UNKNOWN.problem || asterisk.usable;
    if (OWN_ALARM.has(name) || !isKnown) return [];
    return [{ check: name, problem: problem?.problem, remedy: problem?.remedy ?? '' }];
  });
}

async function refusedFacts(db: Database, since: Instant): Promise<NonNullable<Facts['refused']>> {
  return db.history
    .selectFrom('refused_calls')
    .where('last_at', '>=', since)
    .groupBy('reason')
    .select((of) => ['reason', of.fn.sum<number>('times').as('calls')])
    .execute();
}
