import type { FlowChange } from '../kernel/store.js';
import { callRow } from './call-rows.js';
import type { CallRow, NewDelivery } from './schema.js';
import type { Statement } from './sqlite/connection.js';

// Each kind of change has one SQL text, so that it stays prepared. On a conflict the row exists from an earlier attempt.

const PROGRAM = 'insert into programs (hash, body) values (?, ?) on conflict do nothing';

const NEW_FLOW = `insert into flows (id, kind, program, state, summary, over, started_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (id) do update set state = excluded.state, summary = excluded.summary, over = excluded.over, updated_at = excluded.updated_at`;

/** Does not touch the indexed column. */
const RUNNING_FLOW = 'update flows set state = ?, summary = ?, updated_at = ? where id = ?';

const STATE_ALONE = 'update flows set state = ?, updated_at = ? where id = ?';

const ENDED_FLOW = 'update flows set state = ?, summary = ?, updated_at = ?, over = 1 where id = ?';

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

const LOG_ENTRY = 'insert into timeline (flow_id, seq, at, kind, data) values (?, ?, ?, ?, ?) on conflict do nothing';

const INTENT = 'insert into intents (flow_id, id, effect, created_at) values (?, ?, ?, ?) on conflict do nothing';

/** An acknowledged intent is never read again. */
const ACKNOWLEDGED = 'delete from intents where flow_id = ? and id = ?';

/** Deliveries of one call are sent in order: only the first waiting one has a due time. */
const DELIVERY = `insert into webhook_deliveries (hook, event_id, flow_id, seq, event, content_type, body, state, tries, created_at,
    expires_at, url, setup_line, setup_mark, due_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    case when exists (select 1 from webhook_deliveries where hook = ? and flow_id = ? and state = 'waiting') then null else ? end)
  on conflict do nothing`;

type Step = NonNullable<FlowChange['step']>;

export function programStatement({ hash, body }: Step['program']): Statement {
  return { sql: PROGRAM, parameters: [hash, JSON.stringify(body)] };
}

/** The texts of a running flow's row. */
export interface FlowTexts {
  state: string;
  summary: string;
}

export function flowTexts({ state, summary }: Step): FlowTexts {
  return { state: JSON.stringify(state), summary: JSON.stringify(summary) };
}

/**
 * The last step of a flow wins.
 * @param stored the flow's stored row; undefined: none yet. Unchanged texts are not written again.
 */
export function stepStatements(
  flowId: string,
  at: number,
  step: Step,
  texts: FlowTexts,
  stored: Partial<FlowTexts> | undefined,
): Statement[] {
  const { kind, program, startedAt, over } = step;
  const { state, summary } = texts;
  if (stored === undefined) {
    const parameters = [flowId, kind, program.hash, state, summary, over ? 1 : 0, startedAt, at];
    return [{ sql: NEW_FLOW, parameters }, callStatement(flowId, step)];
  }
  if (over) return [{ sql: ENDED_FLOW, parameters: [state, summary, at, flowId] }, callStatement(flowId, step)];
  const call = step.summary.outcome === undefined ? [] : [callStatement(flowId, step)];
  if (stored.summary !== summary) return [{ sql: RUNNING_FLOW, parameters: [state, summary, at, flowId] }, ...call];
  return stored.state === state ? call : [{ sql: STATE_ALONE, parameters: [state, at, flowId] }, ...call];
}

function callStatement(flowId: string, step: Step): Statement {
  const row = callRow(flowId, step);
  return { sql: CALL, parameters: CALL_COLUMNS.map((column) => row[column]) };
}

export function logStatements({ flowId, log }: FlowChange): Statement[] {
  return log.map(({ seq, at, kind, data }) => ({
    sql: LOG_ENTRY,
    parameters: [flowId, seq, at, kind, JSON.stringify(data)],
  }));
}

/** Inserts effects that these changes request and do not acknowledge, and deletes acknowledged ones that may be stored. */
export function intentStatements(changes: readonly FlowChange[]): Statement[] {
  const acknowledged = new Set(changes.flatMap(({ flowId, acknowledged: ids }) => ids.map((id) => `${flowId} ${id}`)));
  const requested = changes.flatMap(({ flowId, requested: effects, at }) =>
    effects
      .filter(({ id }) => !acknowledged.has(`${flowId} ${id}`))
      .map((effect) => ({ sql: INTENT, parameters: [flowId, effect.id, JSON.stringify(effect), at] })),
  );
  const deleted = changes.flatMap(({ flowId, acknowledged: ids }) =>
    ids.map((id) => ({ sql: ACKNOWLEDGED, parameters: [flowId, id] })),
  );
  return [...requested, ...deleted];
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
