import type { Kysely } from 'kysely';
import type { DomainEvent } from '../telephony/domain-events.js';
import { RejectedChange, type FlowChange, type FlowStore, type StoredFlow } from '../kernel/store.js';
import { failCallRow } from './call-rows.js';
import type { Database } from './database.js';
import {
  deliveryStatement,
  flowTexts,
  type FlowTexts,
  type LatestStep,
  logStatements,
  programStatement,
  stepStatements,
} from './flow-statements.js';
import { runStatement } from './run-statement.js';
import { fencedTransaction, NO_FENCE, type Fence } from './node-lease/fence.js';
import { MAIN_NODE } from './node-lease/lease-rows.js';
import type { NewDelivery, Tables } from './schema.js';
import type { Statement } from './connection.js';
import type { Effect } from '../kernel/event.js';

/** Maximum number of programs checked in one transaction: no call is stored during it. */
const PROGRAMS_AT_ONCE = 200;

/** Converts domain events of flows into webhook deliveries; implemented by webhooks/. */
export interface EventFanout {
  /** Must never throw: flows are stored even when their events cannot be delivered. */
  deliveries(flowId: string, news: DomainEvent[]): NewDelivery[];
  /** Called after deliveries were stored. @param hooks the webhooks with new deliveries; default: any */
  stored(hooks?: ReadonlySet<string>): void;
}

const NO_FANOUT: EventFanout = { deliveries: () => [], stored: () => undefined };

export class SqlFlowStore implements FlowStore {
  /** Hashes of stored programs. */
  readonly #programs = new Set<string>();
  /** Stored rows of running flows, by id. Empty: the row exists with unknown contents. */
  readonly #stored = new Map<string, Partial<FlowTexts>>();

  constructor(
    private readonly db: Database,
    private readonly fanout: EventFanout = NO_FANOUT,
    private readonly fence: Fence = NO_FENCE,
    /** Whose flows these are. */
    private readonly node: string = MAIN_NODE,
  ) {}

  async commit(changes: FlowChange[]): Promise<void> {
    try {
      await this.#commit(changes);
    } catch (error) {
      throw isFaultOfContent(error) ? new RejectedChange(error.message, { cause: error }) : error;
    }
  }

  async #commit(changes: FlowChange[]): Promise<void> {
    const deliveries = changes.flatMap(({ flowId, news = [] }) => this.fanout.deliveries(flowId, news));
    const steps = latestSteps(changes);
    await this.fence((guards) =>
      this.db.write(() => [
        ...guards,
        ...this.#newPrograms(steps).map(programStatement),
        ...steps.flatMap((step) => this.#stepStatements(step)),
        ...logStatements(changes),
        ...deliveries.map(deliveryStatement),
      ]),
    );
    for (const { flowId, step, texts } of steps) {
      this.#programs.add(step.program.hash);
      if (step.over) this.#stored.delete(flowId);
      else this.#stored.set(flowId, texts);
    }
    if (deliveries.length > 0) this.fanout.stored(new Set(deliveries.map(({ hook }) => hook)));
  }

  #newPrograms(steps: readonly LatestStep[]): Step['program'][] {
    const programs = new Map<string, Step['program']>();
    for (const { program } of steps.map(({ step }) => step))
      if (!this.#programs.has(program.hash)) programs.set(program.hash, program);
    return [...programs.values()];
  }

  #stepStatements(latest: LatestStep): Statement[] {
    const stored = this.#stored.get(latest.flowId);
    // After a failure either of the two may be stored.
    if (stored !== undefined) this.#stored.set(latest.flowId, {});
    return stepStatements(latest, stored, this.node);
  }

  /** The unfinished flows of the node. */
  async loadRunning(): Promise<StoredFlow[]> {
    const rows = await this.db
      .selectFrom('flows')
      .innerJoin('programs', 'programs.hash', 'flows.program')
      .where('over', '=', 0)
      .where('node', '=', this.node)
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
    for (const { id, program, state, summary, pending } of rows)
      this.#stored.set(id, { program, state, summary, pending });
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      startedAt: row.started_at,
      programHash: row.program,
      nextSeq: (row.lastSeq ?? -1) + 1,
      ...readable(() => ({
        program: JSON.parse(row.body) as unknown,
        state: JSON.parse(row.state) as unknown,
        pending: JSON.parse(row.pending) as Effect[],
      })),
    }));
  }

  async abandon(flowId: string, at: number, why: string): Promise<void> {
    await fencedTransaction(this.db, this.fence, async (tx) => {
      await tx.updateTable('flows').set({ over: 1, pending: '[]', updated_at: at }).where('id', '=', flowId).execute();
      await failCallRow(tx, flowId, at);
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

  /** Removes programs without a flow. @returns the number of removed programs */
  async removeUnusedPrograms(): Promise<number> {
    for (let removed = 0; ;) {
      const some = await this.db.transaction().execute(async (tx) => {
        const unused = tx
          .selectFrom('programs')
          .select('hash')
          .where((e) => e.not(e.exists(e.selectFrom('flows').select('id').whereRef('program', '=', 'hash'))))
          .limit(PROGRAMS_AT_ONCE);
        const gone = await tx.deleteFrom('programs').where('hash', 'in', unused).returning('hash').execute();
        // Before the database is released: the next flow with such a program stores it again.
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

const FAULTS_OF_CONTENT = new Set(['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'POSTGRES_CONSTRAINT']);

/** True for an error of the stored values and not of the database: not serializable, or rejected by a constraint. */
function isFaultOfContent(error: unknown): error is Error {
  const { code = '' } = error as { code?: string };
  return error instanceof TypeError || FAULTS_OF_CONTENT.has(code);
}

type Content = Pick<StoredFlow, 'program' | 'state' | 'pending' | 'damaged'>;

function readable(read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    return { program: undefined, state: undefined, pending: [], damaged: `it cannot be read: ${String(error)}` };
  }
}

type Step = NonNullable<FlowChange['step']>;

/** The last step of each flow, as text. */
function latestSteps(changes: readonly FlowChange[]): LatestStep[] {
  const latest = new Map<string, { flowId: string; at: number; step: Step }>();
  for (const { flowId, at, step } of changes) if (step !== undefined) latest.set(flowId, { flowId, at, step });
  return [...latest.values()].map((one) => ({ ...one, texts: flowTexts(one.step) }));
}

/** Stores deliveries in the transaction of their events. */
export async function storeDeliveries(tx: Kysely<Tables>, deliveries: NewDelivery[]): Promise<void> {
  for (const delivery of deliveries) await runStatement(tx, deliveryStatement(delivery));
}
