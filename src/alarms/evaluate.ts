import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../lib/clock.js';
import type { Alarm, AlarmNews, Reading, Readings, Silence } from './rules.js';
import { alarmRules, type AlarmRule, type AlarmSettings } from './schema.js';

/** An alarm that has no id yet. */
type NewAlarm = Omit<Alarm, 'id'> & { id: undefined };

export interface Change {
  alarm: Alarm | NewAlarm;
  /** `dropped`: the condition ceased before the alarm fired. */
  is: 'kept' | 'dropped';
  /** The receivers are told. */
  news: AlarmNews | undefined;
}

interface Known {
  /** Alarms that are not resolved. */
  open: readonly Alarm[];
  silences: readonly Silence[];
}

/**
 * The changes of alarms at an instant. Pure: what is returned must be stored together with the messages about it, so that each message is
 * sent once.
 */
export function evaluate(
  { open, silences }: Known,
  readings: Readings,
  settings: Pick<AlarmSettings, AlarmRule | 'resolve_after'>,
  now: Instant,
): Change[] {
  return alarmRules.flatMap((rule) => {
    const { bad, isGood } = readings[rule];
    const known = open.filter((alarm) => alarm.rule === rule);
    const fresh = bad.filter(({ subject }) => !known.some((alarm) => alarm.subject === subject));
    const alarms = [...known, ...fresh.map((reading) => newAlarm(rule, reading, now))];
    return alarms.flatMap((alarm) => {
      const reading = bad.find(({ subject }) => subject === alarm.subject);
      if (reading === undefined && !isGood(alarm.subject)) return [];
      const isSilent = silences.some((silence) => covers(silence, alarm, now));
      const change =
        reading === undefined
          ? ended(alarm, settings.resolve_after, now)
          : lasting(alarm, reading, { afterMs: settings[rule].after, isSilent, now });
      const isSame = isDeepStrictEqual(change.alarm, alarm) && change.is === 'kept' && alarm.id !== undefined;
      return isSame ? [] : [change];
    });
  });
}

/** Whether a silence keeps an alarm from being sent. */
export function covers(silence: Silence, { rule, subject }: Pick<Alarm, 'rule' | 'subject'>, now: Instant): boolean {
  return silence.rule === rule && (silence.subject ?? subject) === subject && now < silence.until;
}

function newAlarm(rule: AlarmRule, { subject, detail }: Reading, now: Instant): NewAlarm {
  const nothing = { firedAt: null, goodSince: null, resolvedAt: null, sentAt: null, acknowledged: null };
  return { id: undefined, rule, subject, detail, begunAt: now, ...nothing };
}

function lasting(
  alarm: Alarm | NewAlarm,
  { detail }: Reading,
  { afterMs, isSilent, now }: { afterMs: number; isSilent: boolean; now: Instant },
): Change {
  // The clock was set back.
  const begunAt = Math.min(alarm.begunAt, now);
  const firedAt = alarm.firedAt ?? (now - begunAt >= afterMs ? now : null);
  const isSent = alarm.sentAt === null && firedAt !== null && !isSilent;
  const sentAt = isSent ? now : alarm.sentAt;
  const changed = { ...alarm, detail, begunAt, firedAt, sentAt, goodSince: null };
  return { alarm: changed, is: 'kept', news: isSent ? 'fired' : undefined };
}

/** Receivers hear of the end of what they heard of, also while it is silenced. */
function ended(alarm: Alarm | NewAlarm, resolveAfterMs: number, now: Instant): Change {
  if (alarm.firedAt === null) return { alarm, is: 'dropped', news: undefined };
  const goodSince = Math.min(alarm.goodSince ?? now, now);
  const isOver = now - goodSince >= resolveAfterMs;
  const changed = { ...alarm, goodSince, resolvedAt: isOver ? now : null };
  return { alarm: changed, is: 'kept', news: isOver && alarm.sentAt !== null ? 'resolved' : undefined };
}
