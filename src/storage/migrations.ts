import { addAlarms } from './alarm-tables.js';
import { sql, type Kysely } from 'kysely';
import type { TableMigration } from './compatibility.js';
import { addHeldNotifications } from './held-notifications-column.js';
import { addAudit } from './audit-table.js';
import { addNodeLeases, addOwnerDoor } from './node-lease/lease-rows.js';
import { addNodeStandings } from './node-standings-table.js';
import { addBans } from './bans-table.js';
import { backfillCalls } from './backfill-calls.js';
import { addLegQualities } from './leg-qualities-table.js';
import { addRefusedCalls } from './refused-calls-table.js';
import { addConfigVersions } from './config-version-tables.js';
import { addDialTrunk } from './dial-trunk-column.js';
import { addPausedUntil } from './paused-until-column.js';
import { addReportDays, addReportHours, addReports } from './report-tables.js';
import { addMessageOwners, addMessages } from './messages-columns.js';
import { addMissedCalls, addMissedCallsByTime } from './missed-calls-tables.js';
import { addCallNotes } from './call-notes-table.js';
import { addEnrolledPhones } from './enrolled-phones-table.js';
import { addCallSearchColumns } from './call-search-columns.js';
import { renameCallStates } from './rename-call-state.js';
import { convertPlayEffects } from './convert-play-effects.js';
import { movePendingEffects } from './move-pending-effects.js';
import { addNumberIndex } from './number-index-tables.js';

/**
 * One entry for each change of the tables, in order. A released entry must never be edited. A new one only adds to the tables, or says in
 * `breaks` why the version before cannot go on with them (CONTRIBUTING.md).
 */
export const migrations: Record<string, TableMigration> = {
  '0001_start': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        'create table config_items (section text not null, key text not null, position integer not null, body text not null, primary key (section, key)) without rowid',
        'create table audio (sha256 text primary key, duration_ms integer not null, bytes integer not null, created_at integer not null) without rowid',
        'create table programs (hash text primary key, body text not null) without rowid',
        `create table flows (id text primary key, kind text not null, program text not null references programs (hash), state text not null,
           summary text not null, over integer not null, started_at integer not null, updated_at integer not null)`,
        'create index flows_running on flows (over) where over = 0',
        'create index flows_by_time on flows (started_at, id)',
        `create table intents (flow_id text not null references flows (id) on delete cascade, id text not null, effect text not null,
           created_at integer not null, acked_at integer, primary key (flow_id, id)) without rowid`,
        `create table timeline (flow_id text not null references flows (id) on delete cascade, seq integer not null, at integer not null,
           kind text not null, data text not null, primary key (flow_id, seq)) without rowid`,
        'create table dials (leg_id text primary key, at integer not null, ended_at integer) without rowid',
        'create index dials_by_time on dials (at)',
        'create index dials_open on dials (leg_id) where ended_at is null',
        'create table meta (key text primary key, value text not null) without rowid',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0002_webhooks': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table webhook_deliveries (id integer primary key autoincrement, hook text not null, event_id text not null, flow_id text not null,
           seq integer not null, event text not null, body text not null, state text not null, tries integer not null, created_at integer not null,
           expires_at integer not null, due_at integer, finished_at integer, unique (hook, event_id))`,
        "create index webhook_due on webhook_deliveries (hook, due_at) where state = 'waiting' and due_at is not null",
        "create index webhook_waiting on webhook_deliveries (hook, flow_id, id) where state = 'waiting'",
        'create index webhook_by_call on webhook_deliveries (flow_id, id)',
        'create index webhook_by_state on webhook_deliveries (state, id)',
        `create table webhook_attempts (delivery_id integer not null references webhook_deliveries (id) on delete cascade, number integer not null,
           at integer not null, latency_ms integer not null, status integer, failed text, answer text not null, primary key (delivery_id, number)) without rowid`,
        // Calls in progress during an upgrade of the gateway.
        `update flows set state = json_set(state, '$.agent', null, '$.talkedAt', null, '$.result', null, '$.told', 0)
           where over = 0 and kind = 'plan'`,
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0003_queue_news': {
    async up(db: Kysely<unknown>) {
      await sql`update flows set state = json_set(state, '$.label', null, '$.queue', null) where over = 0 and kind = 'plan'`.execute(
        db,
      );
    },
  },
  '0004_webhook_setups': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        "alter table webhook_deliveries add column content_type text not null default 'application/json'",
        'alter table webhook_deliveries add column setup_line text',
        'alter table webhook_deliveries add column setup_mark text',
        'create table webhook_setups (hook text not null, line text not null, mark text not null, primary key (hook, line)) without rowid',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0005_call_control': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table idempotency_keys (who text not null, key text not null, request text not null, id text not null, at integer not null,
           primary key (who, key)) without rowid`,
        'create index idempotency_keys_by_time on idempotency_keys (at)',
        // Calls in progress during an upgrade of the gateway.
        `update flows set state = json_set(state, '$.direction', 'incoming', '$.dialling', null, '$.handset', null, '$.rejected', json('false'),
           '$.order', null, '$.ordered', json('[]'), '$.asides', json('[]')) where over = 0 and kind = 'plan'`,
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0006_accounts': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        'create table passwords (operator_id integer primary key, hash text not null, changed_at integer not null)',
        `create table api_tokens (name text primary key, sha256 text not null unique, scopes text not null, created_at integer not null,
           expires_at integer, last_used_at integer) without rowid`,
        `create table sessions (id text primary key, name text not null, fingerprint text not null, begun_at integer not null,
           seen_at integer not null) without rowid`,
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0007_operators': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table standings (queue integer not null, handset text not null, logged_in integer not null, paused integer not null,
           pause_reason text not null, primary key (queue, handset)) without rowid`,
        `create table duty_events (id integer primary key autoincrement, at integer not null, handset text not null, operator text,
           queue integer not null, event text not null, reason text not null, "by" text not null)`,
        'create index duty_events_by_handset on duty_events (handset, id)',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0008_recordings': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table recordings (id text primary key, name text not null, call_id text not null, line text not null, queue integer, agent text,
           started_at integer not null, duration_ms integer not null, bytes integer not null, sha256 text not null, stored_at integer not null,
           deleted_at integer, deleted_by text) without rowid`,
        'create index recordings_by_time on recordings (started_at, id) where deleted_at is null',
        'create index recordings_by_call on recordings (call_id)',
        'alter table audio add column unused_since integer',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0009_spoken_texts': {
    async up(db: Kysely<unknown>) {
      await sql`create table spoken_texts (id integer primary key autoincrement, key text not null unique, language text not null,
        sha256 text not null, used_at integer not null)`.execute(db);
    },
  },
  '0010_orders': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table orders (id text primary key, status text, raw_status text not null, client text, driver text, line text,
           details text not null, fields text not null, final integer not null, updated_at integer not null) without rowid`,
        'create index orders_by_client on orders (client) where final = 0',
        'create index orders_by_driver on orders (driver) where final = 0',
        'create index orders_by_time on orders (updated_at)',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0011_callbacks': {
    async up(db: Kysely<unknown>) {
      await sql`alter table webhook_deliveries add column url text`.execute(db);
    },
  },
  '0012_notifications': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table notifications (id text primary key, external_id text not null unique, digest text not null, order_id text not null,
           status text, raw_status text not null, to_number text not null, line text not null, trunk text not null, batch text,
           terms text not null, state text not null, result text, withdrawn text, attempts integer not null,
           due_at integer not null, expires_at integer not null, created_at integer not null, finished_at integer,
           answered_at integer, duration_ms integer, digit text, action text) without rowid`,
        "create index notifications_due on notifications (trunk, due_at, created_at) where state = 'waiting'",
        "create index notifications_calling on notifications (id) where state = 'calling'",
        "create index notifications_expiring on notifications (expires_at) where state = 'waiting'",
        'create index notifications_by_order on notifications (order_id, state)',
        'create index notifications_by_time on notifications (created_at, id)',
        'create index notifications_by_batch on notifications (batch) where batch is not null',
        `create table notification_attempts (notification_id text not null references notifications (id) on delete cascade,
           number integer not null, flow_id text not null unique, order_id text not null, trunk text not null, started_at integer not null,
           ended_at integer, outcome text, primary key (notification_id, number)) without rowid`,
        'create index notification_attempts_by_time on notification_attempts (started_at)',
        'create index notification_attempts_by_order on notification_attempts (order_id, started_at)',
        'create table do_not_call (number text primary key, reason text not null, "by" text not null, at integer not null) without rowid',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0013_integrations': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table recorded_requests (id integer primary key autoincrement, at integer not null, who text not null, method text not null,
           path text not null, query text not null, headers text not null, body text not null, bytes integer not null,
           status integer not null, why text not null)`,
        'create index recorded_requests_by_path on recorded_requests (method, path, id)',
        'create table gootax_notices (order_id text primary key, digest text not null, name text not null, at integer not null) without rowid',
        'create index gootax_notices_by_time on gootax_notices (at)',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0014_dispatch_tokens': {
    async up(db: Kysely<unknown>) {
      await sql`create table dispatch_tokens (operator_id integer primary key, sealed text not null, set_at integer not null)`.execute(
        db,
      );
    },
  },
  '0015_programs': {
    async up(db: Kysely<unknown>) {
      await sql`create index flows_by_program on flows (program)`.execute(db);
    },
  },
  '0016_calls': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        `create table calls (id text primary key references flows (id) on delete cascade, kind text not null, started_at integer not null,
           direction text not null, line text not null, over integer not null, outcome text, reason text, queue integer, waited_ms integer,
           agent_kind text, agent text, talk_ms integer, ended_at integer, ended_by text) without rowid`,
        backfillCalls,
        'create index calls_by_time on calls (started_at, id)',
        'create index calls_running on calls (started_at, id) where over = 0',
        'create index calls_by_outcome on calls (outcome, started_at, id)',
        'create index calls_by_direction on calls (direction, started_at, id)',
        'create index calls_by_line on calls (line, started_at, id)',
        'create index calls_by_queue on calls (queue, started_at, id) where queue is not null',
        'create index calls_by_agent on calls (agent_kind, agent, started_at, id) where agent is not null',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0017_call_numbers': {
    async up(db: Kysely<unknown>) {
      for (const statement of [
        'create table call_numbers (number integer primary key autoincrement, call_id text not null unique references flows (id) on delete cascade)',
        'insert into call_numbers (call_id) select id from flows order by started_at, id',
        'create trigger flows_number after insert on flows begin insert into call_numbers (call_id) values (new.id); end',
      ]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
  '0018_erasures': {
    async up(db: Kysely<unknown>) {
      await sql`create table erasures (id text primary key, at integer not null, "by" text not null, counts text not null) without rowid`.execute(
        db,
      );
    },
  },
  '0019_call_state_names': { up: renameCallStates },
  '0020_play_effects': { up: convertPlayEffects },
  '0021_call_search': { up: addCallSearchColumns },
  '0022_missed_calls': { up: addMissedCalls },
  '0023_reports': { up: addReports },
  '0024_config_versions': { up: addConfigVersions },
  '0025_refused_calls': { up: addRefusedCalls },
  '0026_pending_effects': { up: movePendingEffects },
  '0027_report_days': { up: addReportDays },
  '0028_number_index': { up: addNumberIndex },
  '0029_audit': { up: addAudit },
  '0030_report_hours': { up: addReportHours },
  '0031_missed_calls_by_time': { up: addMissedCallsByTime },
  '0032_call_notes': { up: addCallNotes },
  '0033_leg_qualities': { up: addLegQualities },
  '0034_enrolled_phones': { up: addEnrolledPhones },
  '0035_held_notifications': { up: addHeldNotifications },
  '0036_phone_sessions': {
    async up(db: Kysely<unknown>) {
      await sql`create table phone_sessions (id text primary key, handset text not null, operator_id integer not null, origin text not null,
        issuer text not null, issuer_fingerprint text not null, begun_at integer not null, renewed_at integer not null) without rowid`.execute(
        db,
      );
    },
  },
  '0037_paused_until': { up: addPausedUntil },
  '0038_alarms': { up: addAlarms },
  '0039_dial_trunk': { up: addDialTrunk },
  '0040_bans': { up: addBans },
  '0041_dials_by_handset': {
    async up(db: Kysely<unknown>) {
      await sql`alter table dials add column handset text`.execute(db);
      await sql`alter table dials add column operator_id integer`.execute(db);
    },
  },
  '0042_node_leases': { up: addNodeLeases },
  '0043_owner_door': { up: addOwnerDoor },
  '0044_messages': { up: addMessages },
  '0045_nodes': {
    async up(db: Kysely<unknown>) {
      for (const table of ['flows', 'dials'])
        await sql.raw(`alter table ${table} add column node text not null default 'main'`).execute(db);
    },
  },
  '0046_message_owners': { up: addMessageOwners },
  '0047_node_standings': { up: addNodeStandings },
};
