import { sql } from 'kysely';
import type { Facts, HandsetFact, QueueFact, ShopFact, TrunkFact } from '../alarms/facts.js';
import type { AlarmSettings } from '../alarms/schema.js';
import type { AsteriskPort, HandsetContact } from '../asterisk/port.js';
import type { InspectionPort } from '../asterisk/inspection.js';
import type { Backups } from '../backups/backups.js';
import type { Company } from '../company/company.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { startOfDay } from '../directory/dial-policy.js';
import { limitHolders } from '../directory/dial-limits.js';
import { countDials } from '../directory/dial-use.js';
import { runChecks } from '../http/health.js';
import { greater, jsonText } from '../storage/sql.js';
import type { Instant } from '../lib/clock.js';
import { diskSpace } from '../lib/disk-space.js';
import type { State } from '../monitor/protocol.js';
import type { Database } from '../storage/database.js';
import { isFaulty, type TrunkStates } from '../directory/trunk-states.js';
import type { Certificates } from './certificates.js';
import type { HealthChecks } from './health-checks.js';
import { endpointProblem, UNKNOWN } from './readiness.js';

export interface FactSources {
  db: Database;
  config: Pick<Config, 'dataDir' | 'trunkEndpoint'>;
  companies: Pick<CompanyStore, 'company'>;
  asterisk: Pick<AsteriskPort, 'usable' | 'endpointState' | 'listContacts'> & Pick<InspectionPort, 'registrations'>;
  trunks: { states: Pick<TrunkStates, 'list' | 'refresh'> };
  health: HealthChecks;
  backups: Pick<Backups, 'history' | 'settings'>;
  monitor: () => State;
  shops: { readonly facts: ShopFact[] };
  certificates: Pick<Certificates, 'facts'>;
  startedAt: Instant;
  onError: (error: unknown, fact: string) => void;
}

/** Checks that have an alarm of their own. */
const OWN_ALARM = new Set(['trunk', 'backup', 'certificates']);

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
    const [trunks, handsets, deliveries, disk, dials, ownDials, failedLogins, bans, checks, refused] =
      await Promise.all([
        known('trunks', () => trunkFacts(sources)),
        known('handsets', () => registeredHandsets(sources)),
        known('deliveries', () => lateDeliveries(sources.db)),
        known('disk', () => diskSpace(sources.config.dataDir)),
        known('dials', () => dialFact(sources, now)),
        known('dial limits', () => ownDialFacts(sources, now)),
        known('logins', () => failedLoginFacts(sources.db, now - settings.password_guessing.within)),
        known('bans', () => banFacts(sources.db, now - settings.address_banned.within)),
        known('checks', () => checkFacts(sources)),
        known('refused calls', () => refusedFacts(sources.db, now - settings.calls_refused.within)),
      ]);
    return {
      trunks,
      queues: queueFacts(sources.monitor()),
      handsets,
      shops: sources.shops.facts,
      deliveries,
      disk,
      backups: backupFact(sources),
      dials,
      ownDials,
      failedLogins,
      bans,
      certificates: sources.certificates.facts(),
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
      .map((state) => ({ trunk: state.name, problem: isFaulty(state) ? (state.problem ?? undefined) : undefined }));
  const trunks = new Set(companies.company.lines.map(({ trunk }) => trunk ?? config.trunkEndpoint));
  return Promise.all([...trunks].map(async (trunk) => ({ trunk, problem: await endpointProblem(asterisk, trunk) })));
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

async function registeredHandsets({ asterisk, companies }: FactSources): Promise<HandsetFact | undefined> {
  if (!asterisk.usable) return undefined;
  return handsetFact(companies.company.handsets, await asterisk.listContacts());
}

/** Exported for tests. */
export function handsetFact(
  handsets: readonly { name: string }[],
  contacts: readonly Pick<HandsetContact, 'handset' | 'state'>[],
): HandsetFact {
  const phones = new Set(contacts.map(({ handset }) => handset));
  const reached = new Set(contacts.filter(({ state }) => state !== 'unreachable').map(({ handset }) => handset));
  const withPhone = handsets.filter(({ name }) => phones.has(name));
  const registered = withPhone.filter(({ name }) => reached.has(name)).length;
  return {
    registered,
    unreachable: withPhone.length - registered,
    notRegistered: handsets.length - withPhone.length,
  };
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

async function ownDialFacts({ db, companies }: FactSources, now: Instant): Promise<NonNullable<Facts['ownDials']>> {
  const { handsets, operators, time_zone } = companies.company;
  const today = startOfDay(now, time_zone);
  const holders = limitHolders({ handsets, operators }).filter(({ limits }) => limits.max_per_day !== undefined);
  return Promise.all(
    holders.map(async (holder) => ({
      of: holder.kind,
      whose: holder.kind === 'handset' ? holder.handset : `${holder.name} (${holder.id})`,
      today: (await countDials(db, today, holder)).today,
      maxToday: holder.limits.max_per_day ?? 0,
    })),
  );
}

/** The audit log has wrong passwords at the login, and all others of addresses that are not banned for them; the login is among both. */
async function failedLoginFacts(db: Database, since: Instant): Promise<NonNullable<Facts['failedLogins']>> {
  const address = sql<string>`coalesce(${jsonText('detail', 'address')}, '')`;
  const guessed = sql`count(*) filter (where action = 'login_failed')`;
  const summed = sql`sum(cast(coalesce(${jsonText('detail', 'failures')}, '0') as bigint))`;
  const attempts = greater(guessed, summed);
  return db.history
    .selectFrom('audit')
    .where('at', '>=', since)
    .where('action', 'in', ['login_failed', 'guesses_not_banned'])
    .groupBy(address)
    .select([address.as('address'), attempts.as('attempts')])
    .execute();
}

/** Also of bans that have ended since, but of none that a person lifted. */
async function banFacts(db: Database, since: Instant): Promise<NonNullable<Facts['bans']>> {
  return db.history
    .selectFrom('bans')
    .where('cause', '=', 'guessing')
    .where('since', '>=', since)
    .groupBy('source')
    .select((of) => [sql<string>`coalesce(source, '')`.as('source'), of.fn.countAll<number>().as('addresses')])
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
