import type { Generated } from 'kysely';
import type { CallOutcomeName } from '../telephony/call-outcome.js';

/** The tables, as Kysely sees them. Instants are milliseconds since 1970; JSON is stored as text. */
export interface Tables {
  config_items: ConfigItemRow;
  audio: AudioRow;
  programs: { hash: string; body: string };
  flows: FlowRow;
  calls: CallRow;
  /** Written by a trigger on `flows`. */
  call_numbers: { number: number; call_id: string };
  intents: IntentRow;
  timeline: TimelineRow;
  dials: DialRow;
  webhook_deliveries: WebhookDeliveryRow;
  webhook_attempts: WebhookAttemptRow;
  webhook_setups: WebhookSetupRow;
  idempotency_keys: { who: string; key: string; request: string; id: string; at: number };
  passwords: { operator_id: number; hash: string; changed_at: number };
  api_tokens: ApiTokenRow;
  sessions: SessionRow;
  standings: StandingRow;
  duty_events: DutyEventRow;
  recordings: RecordingRow;
  spoken_texts: SpokenTextRow;
  orders: OrderRow;
  notifications: NotificationRow;
  notification_attempts: NotificationAttemptRow;
  do_not_call: { number: string; reason: string; by: string; at: number };
  recorded_requests: RecordedRequestRow;
  gootax_notices: GootaxNoticeRow;
  /** `sealed`: see accounts/safe.ts. */
  dispatch_tokens: { operator_id: number; sealed: string; set_at: number };
  erasures: ErasureRow;
  meta: { key: string; value: string };
}

/** One thing that the company set up: a line, a part, a prompt, a handset … `body` is JSON. */
interface ConfigItemRow {
  section: string;
  key: string;
  position: number;
  body: string;
}

/** Audio by content; the samples are a file of that name below the data folder. */
interface AudioRow {
  sha256: string;
  duration_ms: number;
  bytes: number;
  created_at: number;
  /** Since when nothing in the company's document names it. */
  unused_since: number | null;
}

export interface FlowRow {
  id: string;
  kind: string;
  program: string;
  state: string;
  summary: string;
  /** 0 while it runs, 1 when it is over. */
  over: number;
  started_at: number;
  updated_at: number;
}

/**
 * How a flow stands, or ended, in columns: what lists, searches and reports read. `outcome` and what follows is null while the call goes on.
 */
export interface CallRow {
  /** Of the flow. */
  id: string;
  kind: string;
  started_at: number;
  direction: 'incoming' | 'outgoing';
  /** E.164; of a feature code the code. */
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
}

/** An effect that a flow asked for. `acked_at` is set when its outcome is known and stored. */
interface IntentRow {
  flow_id: string;
  id: string;
  effect: string;
  created_at: number;
  acked_at: number | null;
}

interface TimelineRow {
  flow_id: string;
  seq: number;
  at: number;
  kind: string;
  data: string;
}

/** A recorded talk that was taken over from Asterisk; the sound is a file of its id below the data folder. */
export interface RecordingRow {
  id: string;
  /** What it was called in Asterisk. */
  name: string;
  call_id: string;
  /** E.164; empty when the call is not known. */
  line: string;
  /** Null when the talk was not in a queue. */
  queue: number | null;
  /** JSON: `{handset}` or `{number}`; null when nobody here saw it. */
  agent: string | null;
  /** When the talk began. */
  started_at: number;
  duration_ms: number;
  bytes: number;
  sha256: string;
  stored_at: number;
  /** The row stays, so that the recording never comes back. */
  deleted_at: number | null;
  /** Name of the token or person; `keep_days` when its time was over. */
  deleted_by: string | null;
}

/** A call to a number that the dial policy let through: what its limits count. */
interface DialRow {
  leg_id: string;
  at: number;
  ended_at: number | null;
}

/** One event for one of the company's webhooks. */
export interface WebhookDeliveryRow {
  /** In the order in which the events happened, within a call. */
  id: Generated<number>;
  /** Name of the webhook. */
  hook: string;
  event_id: string;
  flow_id: string;
  seq: number;
  event: string;
  body: string;
  /** `dropped`: overtaken by a later event of its call. `dead`: its time is over, or the shop wants it no more. */
  state: 'waiting' | 'delivered' | 'dropped' | 'dead';
  /** Attempts since it was last put in line. */
  tries: number;
  created_at: number;
  /** No attempt begins after that. */
  expires_at: number;
  /** Null while an earlier event of the same call waits. */
  due_at: number | null;
  finished_at: number | null;
  content_type: Generated<string>;
  /** Where it goes; null for the webhook's own address. */
  url: Generated<string | null>;
  /** The line whose setup the body tells, and a mark of that setup. */
  setup_line: Generated<string | null>;
  setup_mark: Generated<string | null>;
}

/** The setup of a line that a webhook has taken last. */
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
  /** Why there is no answer. */
  failed: string | null;
  /** The beginning of the answer. */
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

/** A browser that is logged in; `id` is the hash of what its cookie holds. */
interface SessionRow {
  id: string;
  name: string;
  /** Of whoever logged in, at that time. */
  fingerprint: string;
  begun_at: number;
  seen_at: number;
}

/** How a handset stands in a queue that it has been put into once. Booleans are 0 and 1. */
interface StandingRow {
  queue: number;
  handset: string;
  logged_in: number;
  paused: number;
  pause_reason: string;
}

/** Who logged in, out or paused when. */
interface DutyEventRow {
  id: Generated<number>;
  at: number;
  handset: string;
  operator: string | null;
  queue: number;
  event: 'logged_in' | 'logged_out' | 'paused' | 'unpaused';
  reason: string;
  by: string;
}

/** A text that was spoken; the text itself is not kept. */
interface SpokenTextRow {
  id: Generated<number>;
  /** Hash of voice and text. */
  key: string;
  language: string;
  sha256: string;
  used_at: number;
}

/** A request of an integration that was not understood; `query`, `headers` and `body` are JSON without anything personal. */
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

/** What the dispatch told last of an order, as a mark, and the name of the notification that it was. */
interface GootaxNoticeRow {
  order_id: string;
  digest: string;
  name: string;
  at: number;
}

/** An order that the dispatch told us of. Numbers are E.164. */
export interface OrderRow {
  id: string;
  status: string | null;
  raw_status: string;
  client: string | null;
  driver: string | null;
  line: string | null;
  details: string;
  fields: string;
  /** 1 when its status is the last one. */
  final: number;
  updated_at: number;
}

/** A call that is to speak an order's status. Numbers are E.164. */
export interface NotificationRow {
  id: string;
  external_id: string;
  /** Hash of what was asked for under that external id. */
  digest: string;
  order_id: string;
  status: string | null;
  raw_status: string;
  to_number: string;
  line: string;
  trunk: string;
  batch: string | null;
  /** JSON: what the call speaks and offers, how it is repeated and when. */
  terms: string;
  state: 'waiting' | 'calling' | 'done';
  result: string | null;
  /** It is not called again: a newer status of its order came while it was called, or somebody does not want it any more. */
  withdrawn: 'superseded' | 'canceled' | null;
  attempts: number;
  /** When it is to be looked at; of what waits. */
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
  /** Null while it goes on. */
  outcome: string | null;
}

/** That a person's data was erased; says nothing of who the person was. */
interface ErasureRow {
  id: string;
  at: number;
  /** Name of the token or person who asked for it. */
  by: string;
  /** JSON: how many of each kind. */
  counts: string;
}
