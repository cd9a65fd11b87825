import type { FlowChange } from '../kernel/store.js';
import { callRow } from './call-rows.js';
import type { CallRow, NewDelivery } from './schema.js';
import type { Statement } from './connection.js';
import { guardable } from './guard.js';

// Each kind of change has one SQL text, so that it stays prepared. On a conflict the row exists from an earlier attempt.

/** The text of an insertion that can be guarded. */
function insertion(into: string, rows: string, onConflict: string): ReturnType<typeof guardable> {
  return {
    sql: `insert into ${into} values ${rows} on conflict ${onConflict}`,
    conditional: [`insert into ${into} select * from (values ${rows}) where `, ` on conflict ${onConflict}`],
  };
}

const PROGRAM = 'insert into programs (hash, body) values (?, ?) on conflict do nothing';

/** A flow of another node with this id makes the statement fail: no node is no value of the column. */
const NEW_FLOW = insertion(
  'flows (id, kind, program, state, summary, pending, over, started_at, updated_at, node)',
  '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  `(id) do update set state = excluded.state, summary = excluded.summary, pending = excluded.pending, over = excluded.over,
    updated_at = excluded.updated_at, node = case when flows.node = excluded.node then flows.node end`,
);

/** Does not touch the indexed column. */
const RUNNING_FLOW = guardable('update flows set state = ?, pending = ?, summary = ?, updated_at = ? where id = ?');

const SAME_SUMMARY = guardable('update flows set state = ?, pending = ?, updated_at = ? where id = ?');

const OTHER_PROGRAM = 'update flows set program = ? where id = ?';

const ENDED_FLOW = guardable(
  'update flows set state = ?, pending = ?, summary = ?, updated_at = ?, over = 1 where id = ?',
);

const CALL_COLUMNS = [
  ...(['id', 'kind', 'started_at', 'direction', 'line', 'over', 'outcome', 'reason', 'queue', 'waited_ms'] as const),
  ...(['agent_kind', 'agent', 'talk_ms', 'ended_at', 'ended_by', 'number', 'order_id'] as const),
] satisfies (keyof CallRow)[];

/** The row of a running call changes nothing. */
const CALL = `insert into calls (${CALL_COLUMNS.join(', ')}) values (${CALL_COLUMNS.map(() => '?').join(', ')})
  on conflict (id) do update set over = excluded.over, outcome = excluded.outcome, reason = excluded.reason, queue = excluded.queue,
    waited_ms = excluded.waited_ms, agent_kind = excluded.agent_kind, agent = excluded.agent, talk_ms = excluded.talk_ms,
    ended_at = excluded.ended_at, ended_by = excluded.ended_by, order_id = excluded.order_id
  where excluded.outcome is not null or excluded.over = 1`;

/** Maximum number of timeline entries in one statement. */
const MOST_ENTRIES = 16;

const ENTRY_COLUMNS = 5;

/** By number of entries. */
const LOG_ENTRIES = Array.from({ length: MOST_ENTRIES + 1 }, (_, entries) => {
  const rows = Array.from({ length: entries }, () => '(?, ?, ?, ?, ?)').join(', ');
  return insertion('timeline (flow_id, seq, at, kind, data)', rows, 'do nothing');
});

/** Deliveries of one call are sent in order: only the first waiting one has a due time. */
const DELIVERY = `insert into webhook_deliveries (hook, event_id, flow_id, seq, event, content_type, body, state, tries, created_at,
    expires_at, url, setup_line, setup_mark, due_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    case when exists (select 1 from webhook_deliveries where hook = ? and flow_id = ? and state = 'waiting') then null else cast(? as bigint) end)
  on conflict do nothing`;

type Step = NonNullable<FlowChange['step']>;

export function programStatement({ hash, body }: Step['program']): Statement {
  return { sql: PROGRAM, parameters: [hash, JSON.stringify(body)] };
}

/** The texts of a running flow's row. */
export interface FlowTexts {
  /** Its hash. */
  program: string;
  state: string;
  summary: string;
  pending: string;
}

/** The last step of a flow that is to be stored. */
export interface LatestStep {
  flowId: string;
  at: number;
  step: Step;
  texts: FlowTexts;
}

export function flowTexts({ program, state, summary, pending }: Step): FlowTexts {
  return {
    program: program.hash,
    state: JSON.stringify(state),
    summary: JSON.stringify(summary),
    pending: pending.length === 0 ? '[]' : JSON.stringify(pending),
  };
}

/**
 * The last step of a flow wins.
 * @param stored the flow's stored row; undefined: none yet. Unchanged texts are not written again.
 */
export function stepStatements(
  { flowId, at, step, texts }: LatestStep,
  stored: Partial<FlowTexts> | undefined,
  node: string,
): Statement[] {
  const { kind, program, startedAt, over } = step;
  const { state, summary, pending } = texts;
  if (stored === undefined) {
    const parameters = [flowId, kind, program.hash, state, summary, pending, over ? 1 : 0, startedAt, at, node];
    return [{ ...NEW_FLOW, parameters }, callStatement(flowId, step)];
  }
  const other = stored.program === program.hash ? [] : [{ sql: OTHER_PROGRAM, parameters: [program.hash, flowId] }];
  if (over)
    return [
      ...other,
      { ...ENDED_FLOW, parameters: [state, pending, summary, at, flowId] },
      callStatement(flowId, step),
    ];
  const call = step.summary.outcome === undefined ? [] : [callStatement(flowId, step)];
  if (stored.summary !== summary)
    return [...other, { ...RUNNING_FLOW, parameters: [state, pending, summary, at, flowId] }, ...call];
  if (stored.state === state && stored.pending === pending) return [...other, ...call];
  return [...other, { ...SAME_SUMMARY, parameters: [state, pending, at, flowId] }, ...call];
}

function callStatement(flowId: string, step: Step): Statement {
  const row = callRow(flowId, step);
  return { sql: CALL, parameters: CALL_COLUMNS.map((column) => row[column]) };
}

/** Inserts the timeline entries of all changes. */
export function logStatements(changes: readonly FlowChange[]): Statement[] {
  const statements: Statement[] = [];
  let parameters: unknown[] = [];
  const flush = () => {
    const text = LOG_ENTRIES[parameters.length / ENTRY_COLUMNS];
    if (text !== undefined && parameters.length > 0) statements.push({ ...text, parameters });
    parameters = [];
  };
  for (const { flowId, log } of changes)
    for (const { seq, at, kind, data } of log) {
      parameters.push(flowId, seq, at, kind, JSON.stringify(data));
      if (parameters.length === MOST_ENTRIES * ENTRY_COLUMNS) flush();
    }
  flush();
  return statements;
}

export function deliveryStatement(row: NewDelivery): Statement {
  const { hook, event_id, flow_id, seq, event, body, state, tries, created_at, expires_at } = row;
  const { content_type = 'application/json', url = null, setup_line = null, setup_mark = null } = row;
  return {
    sql: DELIVERY,
    parameters: [
      ...[hook, event_id, flow_id, seq, event, content_type, body, state, tries, created_at, expires_at, url],
      ...[setup_line, setup_mark, hook, flow_id, created_at],
    ],
  };
}
