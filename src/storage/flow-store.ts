import type { Insertable, Kysely } from 'kysely';
import type { DomainEvent } from '../telephony/domain-events.js';
import { RejectedChange, type FlowChange, type FlowStore, type StoredFlow } from '../kernel/store.js';
import { callRow, failCallRow, storeCallRows } from './call-rows.js';
import type { Database } from './database.js';
import { scheduleNext } from './outbox-line.js';
import type { Tables, WebhookDeliveryRow } from './schema.js';
import type { Effect } from '../kernel/event.js';

/** SQLite takes at most 32,766 parameters a statement; rows of the widest table here have 15. */
const ROWS_PER_STATEMENT = 500;

/** A transaction is a moment in which no call is stored. */
const PROGRAMS_AT_ONCE = 200;

export type NewDelivery = Insertable<WebhookDeliveryRow>;

/** Who is to hear of what the flows tell; implemented by webhooks/. */
export interface EventFanout {
  /** Never throws: flows are stored, whatever becomes of their news. */
  deliveries(flowId: string, news: DomainEvent[]): NewDelivery[];
  /** Deliveries have been stored. */
  stored(): void;
}

const NOBODY: EventFanout = { deliveries: () => [], stored: () => undefined };

export class SqlFlowStore implements FlowStore {
  /** Hashes of programs that are stored. */
  readonly #programs = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly desk: EventFanout = NOBODY,
  ) {}

  async commit(changes: FlowChange[]): Promise<void> {
    try {
      await this.#commit(changes);
    } catch (error) {
      throw isFaultOfContent(error) ? new RejectedChange(error.message, { cause: error }) : error;
    }
  }

  async #commit(changes: FlowChange[]): Promise<void> {
    const deliveries = changes.flatMap(({ flowId, news = [] }) => this.desk.deliveries(flowId, news));
    const newPrograms = await this.db.transaction().execute(async (tx) => {
      const programs = changes.flatMap(({ step }) =>
        step && !this.#programs.has(step.program.hash) ? [step.program] : [],
      );
      await insertAll(programs, (some) =>
        tx
          .insertInto('programs')
          .values(some.map(({ hash, body }) => ({ hash, body: JSON.stringify(body) })))
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
      await storeSteps(tx, changes);
      await storeLog(tx, changes);
      await storeIntents(tx, changes);
      await storeDeliveries(tx, deliveries);
      return programs;
    });
    for (const { hash } of newPrograms) this.#programs.add(hash);
    if (deliveries.length > 0) this.desk.stored();
  }

  async loadRunning(): Promise<StoredFlow[]> {
    const rows = await this.db
      .selectFrom('flows')
      .innerJoin('programs', 'programs.hash', 'flows.program')
      .where('over', '=', 0)
      .selectAll('flows')
      .select('programs.body as body')
      .select((expression) =>
        expression
          .selectFrom('timeline')
          .whereRef('timeline.flow_id', '=', 'flows.id')
          .select((e) => e.fn.max('seq').as('seq'))
          .as('lastSeq'),
      )
      .execute();
    const pending = await this.db
      .selectFrom('intents')
      .innerJoin('flows', 'flows.id', 'intents.flow_id')
      .where('flows.over', '=', 0)
      .where('intents.acked_at', 'is', null)
      .select(['flow_id', 'effect', 'intents.id as effectId'])
      .execute();
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      startedAt: row.started_at,
      programHash: row.program,
      nextSeq: (row.lastSeq ?? -1) + 1,
      ...readable(() => ({
        program: JSON.parse(row.body) as unknown,
        state: JSON.parse(row.state) as unknown,
        pending: pending
          .filter((intent) => intent.flow_id === row.id)
          .map((intent) => JSON.parse(intent.effect) as Effect)
          .sort((a, b) => effectOrder(a) - effectOrder(b)),
      })),
    }));
  }

  async abandon(flowId: string, at: number, why: string): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      await tx.updateTable('flows').set({ over: 1, updated_at: at }).where('id', '=', flowId).execute();
      await failCallRow(tx, flowId, at);
      await tx
        .updateTable('intents')
        .set({ acked_at: at })
        .where('flow_id', '=', flowId)
        .where('acked_at', 'is', null)
        .execute();
      const last = await tx
        .selectFrom('timeline')
        .where('flow_id', '=', flowId)
        .select((e) => e.fn.max('seq').as('seq'))
        .executeTakeFirst();
      const data = JSON.stringify({ event: 'start', message: why });
      await tx
        .insertInto('timeline')
        .values({ flow_id: flowId, seq: (last?.seq ?? -1) + 1, at, kind: 'fault', data })
        .execute();
    });
  }

  /** Removes the programs that no flow has any more. Returns how many. */
  async removeUnusedPrograms(): Promise<number> {
    for (let removed = 0; ;) {
      const some = await this.db.transaction().execute(async (tx) => {
        const unused = tx
          .selectFrom('programs')
          .select('hash')
          .where((e) => e.not(e.exists(e.selectFrom('flows').select('id').whereRef('program', '=', 'hash'))))
          .limit(PROGRAMS_AT_ONCE);
        const gone = await tx.deleteFrom('programs').where('hash', 'in', unused).returning('hash').execute();
        // Before anybody else has the database: the next flow with one of them stores it anew.
        for (const { hash } of gone) this.#programs.delete(hash);
        return gone.length;
      });
      if (some === 0) return removed;
      removed += some;
    }
  }

  async statusOf(flowId: string): Promise<'running' | 'over' | undefined> {
    const row = await this.db.selectFrom('flows').where('id', '=', flowId).select('over').executeTakeFirst();
    return row && (row.over ? 'over' : 'running');
  }
}

/** Of what was to be stored, and not of the database: what JSON cannot hold, or a table does not take. */
function isFaultOfContent(error: unknown): error is Error {
  const { code = '' } = error as { code?: string };
  return error instanceof TypeError || ['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG'].includes(code);
}

type Content = Pick<StoredFlow, 'program' | 'state' | 'pending' | 'damaged'>;

function readable(read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    return { program: undefined, state: undefined, pending: [], damaged: `it cannot be read: ${String(error)}` };
  }
}

/** Ids of effects end in the number of the effect within its flow. */
function effectOrder(effect: Effect): number {
  return Number(/\d+$/.exec(effect.id)?.[0] ?? 0);
}

async function storeSteps(tx: Kysely<Tables>, changes: FlowChange[]): Promise<void> {
  const latest = new Map(
    changes.flatMap((change) => (change.step ? [[change.flowId, { ...change.step, at: change.at }] as const] : [])),
  );
  const rows = [...latest].map(([id, step]) => ({
    id,
    kind: step.kind,
    program: step.program.hash,
    state: JSON.stringify(step.state),
    summary: JSON.stringify(step.summary),
    over: step.over ? 1 : 0,
    started_at: step.startedAt,
    updated_at: step.at,
  }));
  await insertAll(rows, (some) =>
    tx
      .insertInto('flows')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((e) => ({
          state: e.ref('excluded.state'),
          summary: e.ref('excluded.summary'),
          over: e.ref('excluded.over'),
          updated_at: e.ref('excluded.updated_at'),
        })),
      )
      .execute(),
  );
  const calls = [...latest].map(([id, step]) => callRow(id, step));
  await insertAll(calls, (some) => storeCallRows(tx, some));
}

async function storeLog(tx: Kysely<Tables>, changes: FlowChange[]): Promise<void> {
  const rows = changes.flatMap(({ flowId, log }) =>
    log.map(({ seq, at, kind, data }) => ({ flow_id: flowId, seq, at, kind, data: JSON.stringify(data) })),
  );
  await insertAll(rows, (some) =>
    tx
      .insertInto('timeline')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

async function storeIntents(tx: Kysely<Tables>, changes: FlowChange[]): Promise<void> {
  const acknowledged = new Map(
    changes.flatMap((change) => change.acknowledged.map((id) => [`${change.flowId} ${id}`, change] as const)),
  );
  const asked = changes.flatMap((change) =>
    change.requested.map((effect) => ({
      flow_id: change.flowId,
      id: effect.id,
      effect: JSON.stringify(effect),
      created_at: change.at,
      acked_at: acknowledged.get(`${change.flowId} ${effect.id}`)?.at ?? null,
    })),
  );
  await insertAll(asked, (some) =>
    tx
      .insertInto('intents')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  for (const change of changes) {
    if (change.acknowledged.length === 0) continue;
    await tx
      .updateTable('intents')
      .set({ acked_at: change.at })
      .where('flow_id', '=', change.flowId)
      .where('id', 'in', change.acknowledged)
      .execute();
  }
}

/** In the transaction of what they tell. */
export async function storeDeliveries(tx: Kysely<Tables>, deliveries: NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await insertAll(deliveries, (some) =>
    tx
      .insertInto('webhook_deliveries')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  for (const flowId of new Set(deliveries.map(({ flow_id }) => flow_id))) await scheduleNext(tx, flowId);
}

async function insertAll<T>(rows: T[], insert: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await insert(rows.slice(start, start + ROWS_PER_STATEMENT));
}
