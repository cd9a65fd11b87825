import type { Selectable, Transaction } from 'kysely';
import type { Instant } from '../lib/clock.js';
import { DAY_MS } from '../lib/time.js';
import type { CleanupJob } from '../lib/janitor.js';
import { recordAudit, type AuditAction } from '../storage/audit-log.js';
import type { AlarmRow, AlarmSilenceRow } from '../storage/alarm-tables.js';
import type { Database } from '../storage/database.js';
import { storeDeliveries } from '../storage/flow-store.js';
import type { NewDelivery, Tables } from '../storage/schema.js';
import type { Change } from './evaluate.js';
import type { Alarm, AlarmDetail, Silence } from './rules.js';
import { alarmRules, type AlarmRule } from './schema.js';

/** How long alarms and silences are kept after their end. */
const KEEP_MS = 365 * DAY_MS;

type DeliveriesOf = (alarm: Alarm, news: NonNullable<Change['news']>) => readonly NewDelivery[];

/** Alarms and silences in the database. */
export class AlarmStore {
  constructor(private readonly db: Database) {}

  /** Alarms that are not resolved, also those that have not fired yet; the oldest first. */
  async open(): Promise<Alarm[]> {
    const rows = await this.db
      .selectFrom('alarms')
      .where('resolved_at', 'is', null)
      .selectAll()
      .orderBy('id')
      .execute();
    return rows.flatMap(alarmOf);
  }

  async find(id: number): Promise<Alarm | undefined> {
    const row = await this.db.selectFrom('alarms').where('id', '=', id).selectAll().executeTakeFirst();
    return row && alarmOf(row)[0];
  }

  /** Resolved alarms, newest first. `next`: `before` of the following page; undefined on the last. */
  async history(before: number | undefined, limit: number): Promise<{ alarms: Alarm[]; next: number | undefined }> {
    let query = this.db.history.selectFrom('alarms').where('resolved_at', 'is not', null).selectAll();
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return {
      alarms: rows.slice(0, limit).flatMap(alarmOf),
      next: rows.length > limit ? rows[limit - 1]?.id : undefined,
    };
  }

  /** Silences that have not ended, newest first. */
  async silences(now: Instant): Promise<Silence[]> {
    const rows = await this.db
      .selectFrom('alarm_silences')
      .where('until', '>', now)
      .selectAll()
      .orderBy('id', 'desc')
      .execute();
    return rows.flatMap(silenceOf);
  }

  /** Stores changes and the messages about them in one transaction, so that each message is sent once, whatever happens. */
  async apply(changes: readonly Change[], deliveriesOf: DeliveriesOf): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      for (const change of changes) await applyChange(tx, change, deliveriesOf);
    });
  }

  /** @returns false when there is no such open alarm */
  async acknowledge(id: number, by: string, at: Instant): Promise<boolean> {
    return this.db.transaction().execute(async (tx) => {
      const changed = await tx
        .updateTable('alarms')
        .set({ acknowledged_at: at, acknowledged_by: by })
        .where('id', '=', id)
        .where('fired_at', 'is not', null)
        .where('resolved_at', 'is', null)
        .returning(['rule', 'subject'])
        .executeTakeFirst();
      if (changed === undefined) return false;
      await audit(tx, 'alarm_acknowledged', changed, at);
      return true;
    });
  }

  /** Replaces an earlier silence of the same alarms. */
  async silence(silence: Omit<Silence, 'id'>): Promise<Silence> {
    return this.db.transaction().execute(async (tx) => {
      const { rule, subject, until, reason, at } = silence;
      await tx
        .updateTable('alarm_silences')
        .set({ until: at })
        .where('rule', '=', rule)
        .where((row) => (subject === null ? row('subject', 'is', null) : row('subject', '=', subject)))
        .where('until', '>', at)
        .execute();
      const { id } = await tx.insertInto('alarm_silences').values(silence).returning('id').executeTakeFirstOrThrow();
      await audit(tx, 'alarm_silenced', { rule, subject }, at, { until: new Date(until).toISOString(), reason });
      return { id, ...silence };
    });
  }

  /** Ends a silence. @returns false when there is none with that id, or it has ended */
  async unsilence(id: number, at: Instant): Promise<boolean> {
    return this.db.transaction().execute(async (tx) => {
      const ended = await tx
        .updateTable('alarm_silences')
        .set({ until: at })
        .where('id', '=', id)
        .where('until', '>', at)
        .returning(['rule', 'subject'])
        .executeTakeFirst();
      if (ended === undefined) return false;
      await audit(tx, 'alarm_silence_ended', ended, at);
      return true;
    });
  }

  get cleanupJob(): CleanupJob {
    return {
      name: 'alarms',
      run: async (now) => {
        const before = now - KEEP_MS;
        const alarms = await this.db.deleteFrom('alarms').where('resolved_at', '<', before).executeTakeFirst();
        const silences = await this.db.deleteFrom('alarm_silences').where('until', '<', before).executeTakeFirst();
        return Number(alarms.numDeletedRows + silences.numDeletedRows);
      },
    };
  }
}

async function applyChange(tx: Transaction<Tables>, { alarm, is, news }: Change, deliveriesOf: DeliveriesOf) {
  if (is === 'dropped') {
    if (alarm.id !== undefined) await tx.deleteFrom('alarms').where('id', '=', alarm.id).execute();
    return;
  }
  const row = rowOf(alarm);
  const id = alarm.id ?? (await tx.insertInto('alarms').values(row).returning('id').executeTakeFirstOrThrow()).id;
  if (alarm.id !== undefined) await tx.updateTable('alarms').set(row).where('id', '=', id).execute();
  if (news !== undefined) await storeDeliveries(tx, [...deliveriesOf({ ...alarm, id }, news)]);
}

async function audit(
  tx: Transaction<Tables>,
  action: AuditAction,
  { rule, subject }: { rule: string; subject: string | null },
  at: Instant,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await recordAudit(tx, { at, action, subject: subject ? `${rule} ${subject}` : rule, detail });
}

/** Without `acknowledged`, which changes meanwhile. */
function rowOf({ rule, subject, detail, begunAt, firedAt, goodSince, resolvedAt, sentAt }: Change['alarm']) {
  return {
    rule,
    subject,
    detail: JSON.stringify(detail),
    begun_at: begunAt,
    fired_at: firedAt,
    good_since: goodSince,
    resolved_at: resolvedAt,
    sent_at: sentAt,
  };
}

/** Nothing for a rule that this version does not know. */
function alarmOf(row: Selectable<AlarmRow>): Alarm[] {
  const { id, rule, subject, acknowledged_at: at, acknowledged_by: by } = row;
  if (!isRule(rule)) return [];
  return [
    {
      id,
      rule,
      subject,
      detail: JSON.parse(row.detail) as AlarmDetail,
      begunAt: row.begun_at,
      firedAt: row.fired_at,
      goodSince: row.good_since,
      resolvedAt: row.resolved_at,
      sentAt: row.sent_at,
      acknowledged: at === null ? null : { at, by: by ?? '' },
    },
  ];
}

function silenceOf({ rule, ...row }: Selectable<AlarmSilenceRow>): Silence[] {
  return isRule(rule) ? [{ ...row, rule }] : [];
}

function isRule(rule: string): rule is AlarmRule {
  return (alarmRules as readonly string[]).includes(rule);
}
