import { sql, type Kysely } from 'kysely';
import { currentIdentity, type Actor } from '../http/actor.js';
import type { CleanupJob } from '../lib/janitor.js';
import { DAY_MS, MINUTE_MS } from '../lib/time.js';
import type { Tables } from './schema.js';

export const auditActions = [
  'logged_in',
  'login_failed',
  'password_set',
  'setup_link_created',
  'token_created',
  'token_revoked',
  'screen_pop_token_set',
  'screen_pop_token_removed',
  'configuration_published',
  'configuration_restored',
  'draft_published',
  'account_added',
  'account_changed',
  'account_removed',
  'roles_changed',
  'prompt_added',
  'prompt_replaced',
  'prompt_removed',
  'handset_password_set',
  'handset_password_shown',
  'trunk_password_set',
  'embedded_phone_opened',
  'phone_settings_fetched',
  'phone_settings_refused',
  'phone_enrolled',
  'phone_withdrawn',
  'recording_played',
  'recording_downloaded',
  'recording_deleted',
  'call_listened',
  'call_listen_refused',
  'call_note_changed',
  'calls_exported',
  'report_exported',
  'audit_exported',
  'configuration_exported',
  'webhook_tested',
  'deliveries_resent',
  'hand_over_tested',
  'recorded_requests_removed',
  'do_not_call_added',
  'do_not_call_removed',
  'person_exported',
  'person_erased',
  'backup_made',
  'backup_downloaded',
  'alarm_acknowledged',
  'alarm_silenced',
  'alarm_silence_ended',
  'address_banned',
  'ban_lifted',
  'guesses_not_banned',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Older entries are removed. */
const KEPT = 100_000;
/** Entries that strangers cause, and how many of each action are kept: a flood of them must not push out other entries. */
const BY_STRANGERS: readonly AuditAction[] = ['login_failed', 'address_banned', 'guesses_not_banned'];
const KEPT_BY_STRANGERS = 10_000;
/** A player requests a recording in many parts; they are one entry. */
const REPEATED_MS = 10 * MINUTE_MS;

export interface AuditEntry {
  at: number;
  action: AuditAction;
  /** What was changed or used, such as the id of a recording; empty for none. */
  subject?: string;
  /** Neither secrets nor phone numbers. */
  detail?: Record<string, unknown>;
  /** Default: the one whose request is being handled, or the gateway itself. */
  actor?: Actor;
}

/** Adds an entry. @param db the transaction of the change, or the database when there is none */
export async function recordAudit(db: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const { at, action, subject = '', detail = {}, actor = currentIdentity() } = entry;
  await db
    .insertInto('audit')
    .values({
      at,
      actor_kind: actor?.kind ?? 'gateway',
      actor_id: actor?.id ?? null,
      actor: actor?.name ?? '',
      action,
      subject,
      detail: JSON.stringify(detail),
    })
    .execute();
  await sql`delete from audit where id <= (select max(id) from audit) - ${KEPT}`.execute(db);
  if (BY_STRANGERS.includes(action))
    await sql`delete from audit where action = ${action} and id <= (select id from audit where action = ${action}
      order by id desc limit 1 offset ${KEPT_BY_STRANGERS})`.execute(db);
}

/** Adds an entry on behalf of the client whose request is handled. */
export type RecordAction = (entry: Pick<AuditEntry, 'action' | 'subject' | 'detail' | 'actor'>) => Promise<void>;

/** Adds an entry, unless the same actor has an equal one of the last minutes. */
export async function recordAuditOnce(db: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const { at, action, subject = '', actor = currentIdentity() } = entry;
  const earlier = await db
    .selectFrom('audit')
    .select('id')
    .where('subject', '=', subject)
    .where('action', '=', action)
    .where('actor', '=', actor?.name ?? '')
    .where('at', '>', at - REPEATED_MS)
    .executeTakeFirst();
  if (earlier === undefined) await recordAudit(db, entry);
}

/** Removes old entries. */
export function purgeAudit({ db, keepDays }: { db: Kysely<Tables>; keepDays: () => number }): CleanupJob {
  return {
    name: 'audit',
    run: async (now) => {
      const old = db.deleteFrom('audit').where('at', '<', now - keepDays() * DAY_MS);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}
