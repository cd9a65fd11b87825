import type { Tables } from '../storage/schema.js';

/** The kind of data that a column can hold. */
type Content =
  /** No phone numbers of people: ids, instants, counts, names in the company's configuration, hashes. */
  | 'none'
  /** Phone numbers of people, alone or within text: searched, exported, erased. */
  | 'numbers'
  /** The company document: searched and reported, but changed by its editors and not by an erasure. */
  | 'configuration'
  /** Derived from columns with numbers, and removed with them. */
  | 'index'
  /** A copy of the configuration for a group of calls; removed with the last of them. */
  | 'program';

const plain = <K extends string>(...columns: K[]) =>
  Object.fromEntries(columns.map((column) => [column, 'none'])) as Record<K, 'none'>;
const numbers = <K extends string>(...columns: K[]) =>
  Object.fromEntries(columns.map((column) => [column, 'numbers'])) as Record<K, 'numbers'>;

/** The kind of every column. Export and erasure read it, so every new column must be added. */
export const COLUMNS: { [T in keyof Tables]: Record<keyof Tables[T], Content> } = {
  config_items: { ...plain('section', 'key', 'position'), body: 'configuration' },
  config_versions: { ...plain('version', 'at', 'author'), items: 'configuration' },
  config_drafts: {
    ...plain('id', 'name', 'author', 'base', 'revision', 'created_at', 'updated_at'),
    items: 'configuration',
  },
  audio: plain('sha256', 'duration_ms', 'bytes', 'created_at', 'unused_since'),
  programs: { ...plain('hash'), body: 'program' },
  flows: {
    ...plain('id', 'kind', 'program', 'over', 'started_at', 'updated_at', 'node'),
    ...numbers('state', 'summary', 'pending'),
  },
  calls: {
    // `line` is the company's own number.
    ...plain('id', 'kind', 'started_at', 'direction', 'line', 'over', 'outcome', 'queue', 'waited_ms', 'agent_kind'),
    ...plain('talk_ms', 'ended_at', 'ended_by', 'recorded', 'counted'),
    ...numbers('reason', 'agent', 'number', 'order_id'),
  },
  call_numbers: plain('number', 'call_id'),
  call_notes: { ...plain('call_id', 'by', 'at', 'changes'), ...numbers('text', 'searched') },
  leg_qualities: plain('leg_id', 'call_id', 'kind', 'name', 'ended_at', 'statistics', 'counted'),
  timeline: { ...plain('flow_id', 'seq', 'at', 'kind'), ...numbers('data') },
  dials: plain('leg_id', 'at', 'ended_at', 'trunk', 'handset', 'operator_id', 'node'),
  webhook_deliveries: {
    ...plain('id', 'hook', 'event_id', 'flow_id', 'seq', 'event', 'state', 'tries', 'created_at', 'expires_at'),
    ...plain('due_at', 'finished_at', 'content_type', 'setup_line', 'setup_mark'),
    ...numbers('body', 'url'),
  },
  webhook_attempts: { ...plain('delivery_id', 'number', 'at', 'latency_ms', 'status'), ...numbers('failed', 'answer') },
  webhook_setups: plain('hook', 'line', 'mark'),
  idempotency_keys: { ...plain('who', 'request', 'id', 'at'), ...numbers('key') },
  passwords: plain('operator_id', 'hash', 'changed_at'),
  api_tokens: plain('name', 'sha256', 'scopes', 'created_at', 'expires_at', 'last_used_at'),
  sessions: plain('id', 'name', 'fingerprint', 'begun_at', 'seen_at'),
  phone_sessions: plain(
    'id',
    'handset',
    'operator_id',
    'origin',
    'issuer',
    'issuer_fingerprint',
    'begun_at',
    'renewed_at',
  ),
  standings: plain('queue', 'handset', 'logged_in', 'paused', 'pause_reason', 'paused_until'),
  node_standings: plain('node', 'queue', 'handset', 'logged_in', 'paused', 'pause_reason', 'paused_until'),
  duty_events: plain('id', 'at', 'handset', 'operator', 'queue', 'event', 'reason', 'by', 'node'),
  recordings: {
    ...plain('id', 'name', 'call_id', 'line', 'queue', 'started_at', 'duration_ms', 'bytes', 'sha256', 'stored_at'),
    ...plain(
      'deleted_at',
      'deleted_by',
      'kind',
      'heard_at',
      'heard_by',
      'done_at',
      'done_by',
      'for_queue',
      'for_handset',
    ),
    ...numbers('agent'),
  },
  // The text itself is not stored; its audio is erased with the calls that played it.
  spoken_texts: plain('id', 'key', 'language', 'sha256', 'used_at'),
  orders: {
    ...plain('status', 'line', 'final', 'updated_at'),
    ...numbers('id', 'raw_status', 'client', 'driver', 'details', 'fields'),
  },
  notifications: {
    ...plain('id', 'digest', 'status', 'line', 'trunk', 'state', 'result', 'withdrawn', 'attempts', 'due_at'),
    ...plain('expires_at', 'created_at', 'finished_at', 'answered_at', 'duration_ms', 'digit', 'action', 'counted'),
    ...plain('held_since'),
    ...numbers('external_id', 'order_id', 'raw_status', 'to_number', 'batch', 'terms'),
  },
  notification_attempts: {
    ...plain('notification_id', 'number', 'flow_id', 'trunk', 'started_at', 'ended_at', 'outcome'),
    ...numbers('order_id'),
  },
  refused_calls: {
    ...plain('id', 'at', 'last_at', 'reason', 'endpoint', 'times'),
    ...numbers('dialled', 'caller'),
  },
  report_counts: plain('report', 'slot', 'key', 'measure', 'bucket', 'value'),
  report_days: plain('report', 'day', 'key', 'sums'),
  report_hours: plain('report', 'key', 'day', 'hours'),
  enrolled_phones: {
    ...plain('handset', 'mac', 'secret_sha256', 'created_at', 'bound_at', 'bound_address', 'fetched_at', 'device'),
  },
  proved_addresses: plain('address', 'at'),
  bans: plain('address', 'since', 'until', 'cause', 'source', 'times', 'note'),
  audit: { ...plain('id', 'at', 'actor_kind', 'actor_id', 'actor', 'action'), ...numbers('subject', 'detail') },
  alarms: {
    ...plain('id', 'rule', 'subject', 'detail', 'begun_at', 'fired_at', 'good_since', 'resolved_at', 'sent_at'),
    ...plain('acknowledged_at', 'acknowledged_by'),
  },
  alarm_silences: plain('id', 'rule', 'subject', 'until', 'reason', 'by', 'at'),
  missed_calls_done: { ...plain('id', 'at', 'by'), ...numbers('number', 'note') },
  do_not_call: { ...plain('by', 'at'), ...numbers('number', 'reason') },
  recorded_requests: {
    ...plain('id', 'at', 'who', 'method', 'bytes', 'status'),
    ...numbers('path', 'query', 'headers', 'body', 'why'),
  },
  gootax_notices: { ...plain('digest', 'at'), ...numbers('order_id', 'name') },
  dispatch_tokens: plain('operator_id', 'sealed', 'set_at'),
  number_mentions: { ...plain('source', 'key'), digits: 'index' },
  number_index_pending: plain('source', 'key', 'changes'),
  number_index_backfill: plain('source', 'done_to'),
  erasures: plain('id', 'at', 'by', 'counts'),
  node_leases: { node: 'none', owner: 'none', epoch: 'none', beat: 'none', url: 'none', peer_key: 'none' },
  meta: plain('key', 'value'),
};

/** The columns of a table that can hold a number. */
export function numberColumns(table: keyof Tables): string[] {
  return Object.entries(COLUMNS[table]).flatMap(([column, content]) => (content === 'numbers' ? [column] : []));
}
