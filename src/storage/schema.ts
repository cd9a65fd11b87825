/** The tables, as Kysely sees them. Instants are milliseconds since 1970; JSON is stored as text. */
export interface Tables {
  config_items: ConfigItemRow;
  audio: AudioRow;
  programs: { hash: string; body: string };
  flows: FlowRow;
  intents: IntentRow;
  timeline: TimelineRow;
  dials: DialRow;
  meta: { key: string; value: string };
}

/** One thing that the company set up: a line, a part, a prompt, a handset … `body` is JSON. */
export interface ConfigItemRow {
  section: string;
  key: string;
  position: number;
  body: string;
}

/** Audio by content; the samples are a file of that name below the data folder. */
export interface AudioRow {
  sha256: string;
  duration_ms: number;
  bytes: number;
  created_at: number;
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

/** An effect that a flow asked for. `acked_at` is set when its outcome is known and stored. */
export interface IntentRow {
  flow_id: string;
  id: string;
  effect: string;
  created_at: number;
  acked_at: number | null;
}

export interface TimelineRow {
  flow_id: string;
  seq: number;
  at: number;
  kind: string;
  data: string;
}

/** A call to a number that the dial policy let through: what its limits count. */
export interface DialRow {
  leg_id: string;
  at: number;
  ended_at: number | null;
}
