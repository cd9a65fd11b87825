import type { Instant } from '../lib/clock.js';
import { HOUR_MS, MINUTE_MS } from '../lib/time.js';
import type { Facts } from './facts.js';
import type { Reading, RuleReading, Readings } from './rules.js';
import { alarmRules, type AlarmSettings } from './schema.js';

/** Judges the facts by the company's settings. Pure. */
export function readingsOf(facts: Facts, settings: AlarmSettings, now: Instant): Readings {
  const read: Readings = {
    trunk_down: judge(facts.trunks, ({ trunk, problem }) => (problem === undefined ? undefined : [trunk, { problem }])),
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
    dial_limit: judge(limitsOf(facts.dials), ({ limit, used, most }) =>
      used * 100 >= most * settings.dial_limit.at_percent ? [limit, { used, most }] : undefined,
    ),
    password_guessing: judge(facts.failedLogins, ({ address, attempts }) =>
      attempts >= settings.password_guessing.attempts
        ? [address, { attempts, minutes: minutes(settings.password_guessing.within) }]
        : undefined,
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

function limitsOf(dials: Facts['dials']) {
  return (
    dials &&
    [
      { limit: 'at_once', used: dials.open, most: dials.maxOpen },
      { limit: 'per_day', used: dials.today, most: dials.maxToday },
    ].filter(({ most }) => most > 0)
  );
}

function one<F>(fact: F | undefined): readonly F[] | undefined {
  return fact === undefined ? undefined : [fact];
}

function minutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}
