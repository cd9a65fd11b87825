import { inEnglish } from '../directory/trunk-problem.js';
import type { Instant } from '../lib/clock.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.js';
import type { CertificateFact, Facts } from './facts.js';
import type { Reading, RuleReading, Readings } from './rules.js';
import { alarmRules, type AlarmSettings } from './schema.js';

/** Judges the facts by the company's settings. Pure. */
export function readingsOf(facts: Facts, settings: AlarmSettings, now: Instant): Readings {
  const read: Readings = {
    trunk_down: judge(facts.trunks, ({ trunk, problem }) =>
      problem === undefined
        ? undefined
        : [trunk, { ...problem.values, code: problem.code, problem: inEnglish(problem) }],
    ),
    queue_unstaffed: judge(facts.queues, ({ queue, waiting, registered }) =>
      waiting > 0 && registered === 0 ? [queue, { waiting }] : undefined,
    ),
    queue_waiting: judge(facts.queues, ({ queue, waiting, longestSince }) =>
      longestSince !== null && now - longestSince > settings.queue_waiting.longer_than
        ? [queue, { waiting, minutes: minutes(now - longestSince) }]
        : undefined,
    ),
    shop_failing: listed(
      facts.shops,
      ({ shop }) => shop,
      ({ shop, failingSince, failures, problem }) =>
        failingSince === null ? undefined : [shop, { failures, problem }],
    ),
    deliveries_late: judge(facts.deliveries, ({ receiver, waiting, oldestAt }) =>
      now - oldestAt > settings.deliveries_late.longer_than
        ? [receiver, { waiting, minutes: minutes(now - oldestAt) }]
        : undefined,
    ),
    disk_low: judge(one(facts.disk), ({ freeBytes, totalBytes }) =>
      freeBytes * 100 < totalBytes * settings.disk_low.below_percent
        ? ['', { percent: Math.floor((freeBytes / totalBytes) * 100), megabytes: Math.floor(freeBytes / 1e6) }]
        : undefined,
    ),
    backup_old: judge(one(facts.backups), (backups) => oldBackup(backups, settings.backup_old.older_than_hours, now)),
    dial_limit: judge(limitsOf(facts), ({ limit, used, most, ...whose }) =>
      used * 100 >= most * settings.dial_limit.at_percent ? [limit, { used, most, ...whose }] : undefined,
    ),
    password_guessing: judge(facts.failedLogins, ({ address, attempts }) =>
      attempts >= settings.password_guessing.attempts
        ? [address, { attempts, minutes: minutes(settings.password_guessing.within) }]
        : undefined,
    ),
    address_banned: judge(facts.bans, ({ source, addresses }) =>
      addresses >= settings.address_banned.addresses
        ? [source, { addresses, minutes: minutes(settings.address_banned.within) }]
        : undefined,
    ),
    certificate: listed(
      facts.certificates,
      ({ service }) => service,
      (fact) => badCertificate(fact, settings.certificate.expires_within_days, now),
    ),
    gateway_degraded: listed(
      facts.checks,
      ({ check }) => check,
      ({ check, problem, remedy }) => (problem === undefined ? undefined : [check, { problem, remedy }]),
    ),
    calls_refused: judge(facts.refused, ({ reason, calls }) =>
      calls >= settings.calls_refused.calls
        ? [reason, { calls, minutes: minutes(settings.calls_refused.within) }]
        : undefined,
    ),
  };
  const off = alarmRules.filter((rule) => !settings[rule].on).map((rule) => [rule, NOTHING] as const);
  return { ...read, ...Object.fromEntries(off) };
}

/** A rule that is off. */
const NOTHING: RuleReading = { bad: [], isGood: () => true };

type Verdict = [subject: string, detail: Reading['detail']] | undefined;

function judge<F>(facts: readonly F[] | undefined, verdictOf: (fact: F) => Verdict): RuleReading {
  const bad = (facts ?? []).flatMap((fact): Reading[] => {
    const [subject, detail] = verdictOf(fact) ?? [];
    return subject === undefined || detail === undefined ? [] : [{ subject, detail }];
  });
  return { bad, isGood: () => facts !== undefined };
}

/** Of what is not listed nothing is known. */
function listed<F>(facts: readonly F[], subjectOf: (fact: F) => string, verdictOf: (fact: F) => Verdict): RuleReading {
  const isListed = (subject: string) => facts.some((fact) => subjectOf(fact) === subject);
  return { ...judge(facts, verdictOf), isGood: isListed };
}

function oldBackup(backups: NonNullable<Facts['backups']>, hours: number, now: Instant): Verdict {
  const { isScheduled, succeededAt, problem, runsSince } = backups;
  if (problem !== null) return ['', { case: 'failed', problem }];
  const age = now - (succeededAt ?? runsSince);
  return isScheduled && age > hours * HOUR_MS ? ['', { case: 'old', hours: Math.floor(age / HOUR_MS) }] : undefined;
}

/** Those of everybody, and of single handsets and people. Undefined when any is not known. */
function limitsOf({ dials, ownDials }: Facts) {
  if (dials === undefined || ownDials === undefined) return undefined;
  return [
    { case: 'all', limit: 'at_once', used: dials.open, most: dials.maxOpen },
    { case: 'all', limit: 'per_day', used: dials.today, most: dials.maxToday },
    ...ownDials.map(({ of, whose, today, maxToday }) => ({
      case: of,
      limit: `${of} ${whose}`,
      used: today,
      most: maxToday,
      whose,
    })),
  ].filter(({ most }) => most > 0);
}

function badCertificate({ service, expiresAt, problem }: CertificateFact, days: number, now: Instant): Verdict {
  if (problem !== undefined) return [service, { case: 'unusable', problem }];
  if (expiresAt === undefined || expiresAt - now > days * DAY_MS) return undefined;
  const fullDays = Math.floor(Math.abs(expiresAt - now) / DAY_MS);
  return [service, { case: expiresAt > now ? 'expires' : 'expired', days: fullDays }];
}

function one<F>(fact: F | undefined): readonly F[] | undefined {
  return fact === undefined ? undefined : [fact];
}

function minutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}
