import type { DialRow } from './dial-trunk-column.js';
import type { MessageColumns } from './messages-columns.js';
import type { AlarmRow, AlarmSilenceRow } from './alarm-tables.js';
import type { Generated, Insertable, Selectable } from 'kysely';
import type { CallOutcomeName } from '../telephony/call-outcome.js';
import type { LeaseRow } from './node-lease/lease.js';
import type { DutyEventRow, NodeStandingRow } from './node-standings-table.js';

/** The tables for Kysely. Instants are milliseconds since 1970; JSON is stored as text. */
export interface Tables {
  config_items: ConfigItemRow;
  config_versions: ConfigVersionRow;
  config_drafts: ConfigDraftRow;
  audio: AudioRow;
  programs: { hash: string; body: string };
  flows: Omit<FlowRow, 'pending'> & { pending: Generated<string> };
  calls: CallRow;
  /** Written by a trigger on `flows`. */
  call_numbers: { number: number; call_id: string };
  call_notes: CallNoteRow;
  timeline: TimelineRow;
  node_leases: LeaseRow;
  dials: DialRow;
  webhook_deliveries: WebhookDeliveryRow;
  webhook_attempts: WebhookAttemptRow;
  webhook_setups: WebhookSetupRow;
  idempotency_keys: { who: string; key: string; request: string; id: string; at: number };
  passwords: { operator_id: number; hash: string; changed_at: number };
  api_tokens: ApiTokenRow;
  sessions: SessionRow;
  phone_sessions: PhoneSessionRow;
  /** Of versions before `node_standings`. */
  standings: Omit<NodeStandingRow, 'node'>;
  node_standings: NodeStandingRow;
  duty_events: DutyEventRow;
  recordings: RecordingTable;
  spoken_texts: SpokenTextRow;
  orders: OrderRow;
  /** `counted`: 1 when the reports contain it. */
  /** `held_since`: it is due, and a person decides whether it is called. */
  notifications: NotificationRow & { counted: Generated<number>; held_since: Generated<number | null> };
  notification_attempts: NotificationAttemptRow;
  refused_calls: RefusedCallRow;
  leg_qualities: LegQualityRow;
  report_counts: ReportCountRow;
  report_days: ReportDayRow;
  report_hours: ReportHoursRow;
  audit: AuditTable;
  alarms: AlarmRow;
  alarm_silences: AlarmSilenceRow;
  bans: BanRow;
  /** Addresses from which somebody proved a password, a token or a session, with the last time. */
  proved_addresses: { address: string; at: number };
  missed_calls_done: MissedCallsDoneRow;
  enrolled_phones: EnrolledPhoneRow;
  do_not_call: { number: string; reason: string; by: string; at: number };
  recorded_requests: RecordedRequestRow;
  gootax_notices: GootaxNoticeRow;
  /** `sealed`: see accounts/safe.ts. */
  dispatch_tokens: { operator_id: number; sealed: string; set_at: number };
  erasures: ErasureRow;
  /** The index of numbers within text. `digits`: see privacy/indexed-digits.ts; `key`: of the row in which they occur. */
  number_mentions: { source: IndexedSource; digits: string; key: string | number };
  /** Rows that were written since they were indexed. Written by triggers. */
  number_index_pending: { source: IndexedSource; key: string | number; changes: number };
  /** Tables with rows that are older than the index; those up to `done_to` are indexed. */
  number_index_backfill: { source: IndexedSource; done_to: string | number | null };
  meta: { key: string; value: string };
}

/** Rows with an index of the numbers in them. */
export type IndexedSource =
  | 'calls'
  | 'deliveries'
  | 'orders'
  | 'notices'
  | 'notifications'
  | 'recordings'
  | 'refused_calls'
  | 'missed_calls_done';

/** A desk phone that fetches the settings of its handset. `bound_address`: of its first request, while it may be repeated. */
export interface EnrolledPhoneRow {
  handset: string;
  mac: string;
  secret_sha256: string;
  created_at: number;
  bound_at: number | null;
  bound_address: string;
  fetched_at: number | null;
  device: string;
}

/** One item of the company's configuration: a line, a part, a prompt, a handset … `body` is JSON. */
interface ConfigItemRow {
  section: string;
  key: string;
  position: number;
  body: string;
}

/** A version of the whole configuration. `items`: JSON list of its items; `author`: null for the gateway itself. */
interface ConfigVersionRow {
  version: Generated<number>;
  at: number;
  author: string | null;
  items: string;
}

/** A configuration that is not applied yet. `base`: the version that it began with; `revision` counts its changes. */
interface ConfigDraftRow {
  id: string;
  name: string;
  author: string | null;
  base: number;
  items: string;
  revision: number;
  created_at: number;
  updated_at: number;
}

/** Audio by content hash; the samples are a file of that name in the data folder. */
interface AudioRow {
  sha256: string;
  duration_ms: number;
  bytes: number;
  created_at: number;
  /** When the company's document stopped naming it. */
  unused_since: number | null;
}

export interface FlowRow {
  id: string;
  kind: string;
  program: string;
  state: string;
  summary: string;
  /** JSON: the effects without an acknowledgement, in the order of the requests. */
  pending: string;
  /** 0 while the flow runs, 1 after its end. */
  over: number;
  started_at: number;
  updated_at: number;
  /** The node whose Asterisk has its channels. */
  node: Generated<string>;
}

/**
 * Status or outcome of a flow in columns, for lists, searches and reports. `outcome` and the columns after it are null while the call runs.
 */
export interface CallRow {
  /** Id of the flow. */
  id: string;
  kind: string;
  started_at: number;
  direction: 'incoming' | 'outgoing';
  /** E.164; for a feature code, the code. */
  line: string;
  /** As in {@link FlowRow}. */
  over: number;
  outcome: CallOutcomeName | null;
  reason: string | null;
  queue: number | null;
  waited_ms: number | null;
  /** As in {@link CallOutcome}: `handset` and its name, `number` and E.164, `party` and `client` or `driver`. */
  agent_kind: 'handset' | 'number' | 'party' | null;
  agent: string | null;
  talk_ms: number | null;
  ended_at: number | null;
  ended_by: string | null;
  /** Digits of the outside party's number with its country code; empty when withheld or no number. */
  number: string;
  order_id: string | null;
  /** 1 when a recording of the call can be heard. Written by triggers on `recordings`. */
  recorded: Generated<number>;
  /** 1 when the reports contain the call. */
  counted: Generated<number>;
}

/** The audio of a leg of a call. `statistics`: JSON, see asterisk/media-statistics.ts. */
interface LegQualityRow {
  /** Id of its channel. */
  leg_id: string;
  call_id: string;
  kind: 'handset' | 'trunk';
  name: string;
  ended_at: number;
  statistics: string;
  /** 1 when the reports contain the leg. */
  counted: Generated<number>;
}

/** Equal calls that were refused in a row. */
interface RefusedCallRow {
  id: Generated<number>;
  at: number;
  last_at: number;
  reason: string;
  dialled: string;
  caller: string;
  endpoint: string;
  times: number;
}

/** A sum of a report; see reports/contributions.ts. `slot`: quarter hours since 1970. */
interface ReportCountRow {
  report: string;
  slot: number;
  key: string;
  measure: string;
  bucket: number;
  value: number;
}

/** Banned addresses; `until`: null until it is lifted. See bans/ban-list.ts. */
interface BanRow {
  address: string;
  since: number;
  until: number | null;
  cause: 'guessing' | 'manual';
  source: 'sip' | 'sip_udp' | 'http' | null;
  times: number;
  note: string;
}

/** `detail`: JSON. */
interface AuditTable {
  id: Generated<number>;
  at: number;
  actor_kind: 'operator' | 'token' | 'gateway';
  /** Id of the operator. */
  actor_id: number | null;
  actor: string;
  action: string;
  subject: string;
  detail: string;
}
export type AuditRow = Selectable<AuditTable>;

/** The sums of a local day. `day`: days since 1970-01-01; `sums`: JSON list of `[measure, bucket, value]`. */
interface ReportDayRow {
  report: string;
  day: number;
  key: string;
  sums: string;
}

/** The same sums by hour. `hours`: JSON list of `[measure, bucket, values]`, with the values of the hours 0 to 23. */
interface ReportHoursRow {
  report: string;
  key: string;
  day: number;
  hours: string;
}

/** A person's entry that a number with missed calls needs no call back. */
interface MissedCallsDoneRow {
  id: Generated<number>;
  /** As in {@link CallRow}. */
  number: string;
  at: number;
  by: string;
  note: string;
}

/** The note about a call; an empty text: it was removed. */
interface CallNoteRow {
  call_id: string;
  text: string;
  /** The text without case and accents. */
  searched: string;
  by: string;
  at: number;
  /** Number of changes, from 1. */
  changes: number;
}

interface TimelineRow {
  flow_id: string;
  seq: number;
  at: number;
  kind: string;
  data: string;
}

/** A recording imported from Asterisk; the audio is a file of its id in the data folder. */
interface RecordingTable extends MessageColumns {
  id: string;
  /** Its name in Asterisk. */
  name: string;
  call_id: string;
  /** E.164; empty when the call is unknown. */
  line: string;
  /** Null when the talk was not in a queue. */
  queue: number | null;
  /** JSON: `{handset}` or `{number}`; null when unknown. */
  agent: string | null;
  /** Start of the conversation. */
  started_at: number;
  duration_ms: number;
  bytes: number;
  sha256: string;
  stored_at: number;
  /** The row is kept so that the recording is not imported again. */
  deleted_at: number | null;
  /** Name of the token or person; `keep_days` after the retention time. */
  deleted_by: string | null;
}

export type RecordingRow = Selectable<RecordingTable>;

/** A call allowed by the dial policy, counted by its limits. */
/** One event for one of the company's webhooks. */
export interface WebhookDeliveryRow {
  /** Order of the events within a call. */
  id: Generated<number>;
  /** Name of the webhook. */
  hook: string;
  event_id: string;
  flow_id: string;
  seq: number;
  event: string;
  body: string;
  /** `dropped`: superseded by a later event of its call. `dead`: expired, or refused by the shop. */
  state: 'waiting' | 'delivered' | 'dropped' | 'dead';
  /** Attempts since it was last queued. */
  tries: number;
  created_at: number;
  /** No attempt starts after this time. */
  expires_at: number;
  /** Null while an earlier event of the same call is waiting. */
  due_at: number | null;
  finished_at: number | null;
  content_type: Generated<string>;
  /** Target URL; null for the webhook's own address. */
  url: Generated<string | null>;
  /** The line whose setup the body contains, and a hash of that setup. */
  setup_line: Generated<string | null>;
  setup_mark: Generated<string | null>;
}

export type NewDelivery = Insertable<WebhookDeliveryRow>;

/** The setup of a line last accepted by a webhook. */
interface WebhookSetupRow {
  hook: string;
  line: string;
  mark: string;
}

export interface WebhookAttemptRow {
  delivery_id: number;
  /** From 1. */
  number: number;
  at: number;
  latency_ms: number;
  status: number | null;
  /** Reason for a missing response. */
  failed: string | null;
  /** Beginning of the response. */
  answer: string;
}

/** A machine's token; `scopes` is a JSON list. */
interface ApiTokenRow {
  name: string;
  sha256: string;
  scopes: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

/** A logged-in browser; `id` is the hash of its cookie. */
interface PhoneSessionRow {
  /** Hash of the session's token. */
  id: string;
  handset: string;
  operator_id: number;
  origin: string;
  /** Token or person that gave the permission. */
  issuer: string;
  issuer_fingerprint: string;
  begun_at: number;
  renewed_at: number;
}

interface SessionRow {
  id: string;
  name: string;
  /** Role at the time of the login. */
  fingerprint: string;
  begun_at: number;
  seen_at: number;
}

/** A spoken text; the text itself is not kept. */
interface SpokenTextRow {
  id: Generated<number>;
  /** Hash of voice and text. */
  key: string;
  language: string;
  sha256: string;
  used_at: number;
}

/** A rejected request of an integration; `query`, `headers` and `body` are JSON without personal data. */
export interface RecordedRequestRow {
  id: Generated<number>;
  at: number;
  who: string;
  method: string;
  path: string;
  query: string;
  headers: string;
  body: string;
  bytes: number;
  status: number;
  why: string;
}

/** Hash of the dispatch's last message about an order, and the name of its notification. */
interface GootaxNoticeRow {
  order_id: string;
  digest: string;
  name: string;
  at: number;
}

/** An order reported by the dispatch. Numbers are E.164. */
export interface OrderRow {
  id: string;
  status: string | null;
  raw_status: string;
  client: string | null;
  driver: string | null;
  line: string | null;
  details: string;
  fields: string;
  /** 1 when its status is final. */
  final: number;
  updated_at: number;
}

/** A notification: a call that speaks an order's status. Numbers are E.164. */
export interface NotificationRow {
  id: string;
  external_id: string;
  /** Hash of the request with that external id. */
  digest: string;
  order_id: string;
  status: string | null;
  raw_status: string;
  to_number: string;
  line: string;
  trunk: string;
  batch: string | null;
  /** JSON: the call's message and keys, its retries and calling hours. */
  terms: string;
  state: 'waiting' | 'calling' | 'done';
  result: string | null;
  /** No further call: a newer status arrived during the call, or the notification was canceled. */
  withdrawn: 'superseded' | 'canceled' | null;
  attempts: number;
  /** Time of the next check, while it waits. */
  due_at: number;
  expires_at: number;
  created_at: number;
  finished_at: number | null;
  answered_at: number | null;
  duration_ms: number | null;
  digit: string | null;
  action: string | null;
}

/** One call of a notification; `flow_id` is the call's id. */
export interface NotificationAttemptRow {
  notification_id: string;
  /** From 1. */
  number: number;
  flow_id: string;
  order_id: string;
  trunk: string;
  started_at: number;
  ended_at: number | null;
  /** Null while the call runs. */
  outcome: string | null;
}

/** Record of an erasure of personal data, without naming the person. */
interface ErasureRow {
  id: string;
  at: number;
  /** Name of the requesting token or person. */
  by: string;
  /** JSON: number of erased rows by kind. */
  counts: string;
}
