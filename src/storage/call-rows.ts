import type { Insertable, Kysely, Selectable } from 'kysely';
import type { CallAgent, CallOutcome } from '../telephony/call-outcome.js';
import type { FlowChange } from '../kernel/store.js';
import type { CallRow, Tables } from './schema.js';

type OutcomeColumns = Pick<
  Selectable<CallRow>,
  'outcome' | 'reason' | 'queue' | 'waited_ms' | 'agent_kind' | 'agent' | 'talk_ms' | 'ended_at' | 'ended_by'
>;

/** The row of a call: inserted at its start and completed in the transaction that stores its end. */
export function callRow(id: string, step: NonNullable<FlowChange['step']>): Insertable<CallRow> {
  const { kind, startedAt, over, summary } = step;
  const { direction, line, caller, order = null, outcome } = summary;
  return {
    id,
    kind,
    started_at: startedAt,
    direction,
    line,
    over: over ? 1 : 0,
    ...outcomeColumns(outcome),
    number: searchedDigits(caller),
    order_id: order,
  };
}

/** The digits of a number as calls are searched by; empty for other text. */
export function searchedDigits(number: string): string {
  return /^\+?\d+$/.test(number) ? number.replace('+', '') : '';
}

/** Closes the row of a call whose flow failed, unless it ended before. */
export async function failCallRow(tx: Kysely<Tables>, id: string, at: number): Promise<void> {
  await tx.updateTable('calls').set({ over: 1 }).where('id', '=', id).execute();
  await tx
    .updateTable('calls')
    .set({ outcome: 'failed', talk_ms: 0, ended_at: at, ended_by: 'fault' })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute();
}

/** The outcome in a row; undefined for a running call. */
export function outcomeIn(row: OutcomeColumns): CallOutcome | undefined {
  const { outcome, reason, queue, waited_ms, agent_kind, agent, talk_ms, ended_at, ended_by } = row;
  if (outcome === null) return undefined;
  return {
    name: outcome,
    reason,
    queue,
    waitedMs: waited_ms,
    talkMs: talk_ms ?? 0,
    agent: agentIn(agent_kind, agent),
    endedAt: ended_at ?? 0,
    endedBy: ended_by,
  };
}

function outcomeColumns(outcome: CallOutcome | undefined): OutcomeColumns {
  if (outcome === undefined)
    return {
      outcome: null,
      reason: null,
      queue: null,
      waited_ms: null,
      agent_kind: null,
      agent: null,
      talk_ms: null,
      ended_at: null,
      ended_by: null,
    };
  const { name, reason, queue, waitedMs, agent, talkMs, endedAt, endedBy } = outcome;
  return {
    outcome: name,
    reason,
    queue,
    waited_ms: waitedMs,
    talk_ms: talkMs,
    ended_at: endedAt,
    ended_by: endedBy,
    ...agentColumns(agent),
  };
}

function agentColumns(agent: CallAgent | null): Pick<CallRow, 'agent_kind' | 'agent'> {
  if (agent === null) return { agent_kind: null, agent: null };
  if ('handset' in agent) return { agent_kind: 'handset', agent: agent.handset };
  if ('number' in agent) return { agent_kind: 'number', agent: agent.number };
  return { agent_kind: 'party', agent: agent.party };
}

export function agentIn(kind: CallRow['agent_kind'], agent: string | null): CallAgent | null {
  if (kind === null || agent === null) return null;
  if (kind === 'handset') return { handset: agent };
  if (kind === 'number') return { number: agent };
  return { party: agent === 'driver' ? 'driver' : 'client' };
}
