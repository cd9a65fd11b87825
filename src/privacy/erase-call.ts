import type { Kysely, Selectable } from 'kysely';
import type { FlowSummary } from '../kernel/flow.js';
import { recordingIdOf } from '../recordings/store.js';
import type { Database } from '../storage/database.js';
import type { FlowRow, Tables } from '../storage/schema.js';
import { SOURCES } from './find.js';
import type { Person } from './person.js';
import { redactRow } from './redact.js';

/** Hash of the empty program that replaces the program of an erased call. */
const NO_PROGRAM = 'erased';
const BRIDGE = 'bridge';
/** Prompt ids of spoken texts (see prompts/speech). */
const SPOKEN_ID = /(?<!\d)1\d{9}(?!\d)/g;

interface ErasedCall {
  /** `mention`: a call of other people, from which only the number was removed. */
  as: 'party' | 'mention';
  /** Number of removed webhook deliveries. */
  deliveries: number;
  /** Ids of spoken texts that the call played. */
  spoken: number[];
}

/** True when the person was a party of the call, by the call's summary. */
export function isParty({ kind, summary }: Pick<FlowRow, 'kind' | 'summary'>, person: Person): boolean {
  return kind === BRIDGE || person.isIn(summary);
}

/**
 * Erases an ended call in one transaction. The person's own calls keep what statistics count: time, line and outcome. The call's
 * recordings must be removed before.
 * @param by name of the token or person that requested the erasure
 */
export async function eraseCall(
  db: Database,
  person: Person,
  id: string,
  { at, by }: { at: number; by: string },
): Promise<ErasedCall | undefined> {
  return db.transaction().execute(async (tx) => {
    const flow = await tx.selectFrom('flows').where('id', '=', id).where('over', '=', 1).selectAll().executeTakeFirst();
    if (flow === undefined) return undefined;
    if (!isParty(flow, person)) {
      await replaceProgram(tx, id);
      await redactRow(tx, SOURCES.calls, person, id);
      return { as: 'mention', deliveries: 0, spoken: [] };
    }
    const spoken = await spokenTextsOf(tx, id);
    await rejectLateRecordings(tx, flow, { at, by });
    await replaceProgram(tx, id);
    await clearFlow(tx, flow, person);
    await clearTimeline(tx, id, at);
    // A note of a call is about its outside party, also where it does not name the number.
    await tx.deleteFrom('call_notes').where('call_id', '=', id).execute();
    await redactRow(tx, SOURCES.calls, person, id);
    const removed = await tx.deleteFrom('webhook_deliveries').where('flow_id', '=', id).executeTakeFirst();
    return { as: 'party', deliveries: Number(removed.numDeletedRows), spoken };
  });
}

async function spokenTextsOf(tx: Kysely<Tables>, id: string): Promise<number[]> {
  const rows = await tx.selectFrom('timeline').where('flow_id', '=', id).select('data').execute();
  return [...new Set(rows.flatMap(({ data }) => data.match(SPOKEN_ID) ?? []))].map(Number);
}

/** Marks recordings that Asterisk still has as deleted, so that they are removed there and not imported. */
async function rejectLateRecordings(
  tx: Kysely<Tables>,
  { id, summary }: Selectable<FlowRow>,
  { at, by }: { at: number; by: string },
): Promise<void> {
  const { recordings = [], line } = JSON.parse(summary) as FlowSummary;
  for (const { id: name, startedAt } of recordings)
    await tx
      .insertInto('recordings')
      .values({
        id: recordingIdOf(name),
        name,
        call_id: id,
        line,
        queue: null,
        agent: null,
        started_at: startedAt ?? at,
        duration_ms: 0,
        bytes: 0,
        sha256: '',
        stored_at: at,
        deleted_at: at,
        deleted_by: by,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Replaces the program, which may have been compiled for this call with numbers in it. It is not needed after the end. */
async function replaceProgram(tx: Kysely<Tables>, id: string): Promise<void> {
  await tx
    .insertInto('programs')
    .values({ hash: NO_PROGRAM, body: '{}' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx.updateTable('flows').set({ program: NO_PROGRAM }).where('id', '=', id).execute();
}

async function clearFlow(tx: Kysely<Tables>, flow: Selectable<FlowRow>, person: Person): Promise<void> {
  const summary = JSON.parse(flow.summary) as FlowSummary;
  const caller = person.isIn(summary.caller) ? '' : summary.caller;
  await tx
    .updateTable('flows')
    .set({
      summary: JSON.stringify({ ...summary, caller, recordings: [] }),
      // The API reads the status of a masked bridge from its state.
      state: flow.kind === BRIDGE ? flow.state : '{}',
      pending: '[]',
    })
    .where('id', '=', flow.id)
    .execute();
  // Not a marker, because calls are searched and grouped by this column.
  if (caller === '') await tx.updateTable('calls').set({ number: '' }).where('id', '=', flow.id).execute();
}

async function clearTimeline(tx: Kysely<Tables>, id: string, at: number): Promise<void> {
  const last = await tx
    .selectFrom('timeline')
    .where('flow_id', '=', id)
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst();
  await tx.deleteFrom('timeline').where('flow_id', '=', id).execute();
  await tx
    .insertInto('timeline')
    .values({ flow_id: id, seq: (last?.seq ?? -1) + 1, at, kind: 'erased', data: '{}' })
    .execute();
}
