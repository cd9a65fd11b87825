import type { Database } from '../storage/database.js';
import { newestFirst, type Cursor, type Page } from '../storage/newest-first.js';
import { jsonText } from '../storage/sql.js';
import type { BridgePeople, BridgeStatus } from './port.js';
import { BRIDGE } from './flow.js';
import type { BridgeFlowState } from './state.js';

interface BridgeFilter extends Page {
  orderId?: string | undefined;
  running?: boolean | undefined;
}

/** With its parties, whose numbers are only for readers that may see them. */
type ListedBridge = BridgeStatus & { people: BridgePeople };

/** Reads the status of bridges from their stored flows. */
export class BridgeReader {
  constructor(private readonly db: Database) {}

  async find(id: string): Promise<ListedBridge | undefined> {
    const row = await this.db
      .selectFrom('flows')
      .where('id', '=', id)
      .where('kind', '=', BRIDGE)
      .select(['id', 'state'])
      .executeTakeFirst();
    return row && listedOf(row);
  }

  /** Newest first. `next`: cursor of the following page; undefined on the last. */
  async list({ orderId, running, ...page }: BridgeFilter): Promise<{
    bridges: ListedBridge[];
    next: Cursor | undefined;
  }> {
    let query = this.db.history.selectFrom('flows').where('kind', '=', BRIDGE).select(['id', 'state', 'started_at']);
    if (orderId !== undefined) query = query.where(jsonText('state', 'standing.orderId'), '=', orderId);
    if (running !== undefined) query = query.where('over', '=', running ? 0 : 1);
    const { rows, next } = await newestFirst(query, page);
    return { bridges: rows.map(listedOf), next };
  }

  /** The running bridge of an order between two phones, in either direction. */
  async findRunning(orderId: string, phones: readonly [string, string]): Promise<BridgeStatus | undefined> {
    const rows = await this.db
      .selectFrom('flows')
      .where('kind', '=', BRIDGE)
      .where('over', '=', 0)
      .select(['id', 'state'])
      .execute();
    const mine = rows.filter(({ state }) => {
      const { standing, phones: both } = JSON.parse(state) as BridgeFlowState;
      return standing.orderId === orderId && phones.includes(both.a) && phones.includes(both.b);
    });
    return mine.map(statusOf).find(({ endedAt }) => endedAt === null);
  }
}

function listedOf({ id, state }: { id: string; state: string }): ListedBridge {
  const { standing, phones, legs } = JSON.parse(state) as BridgeFlowState;
  const person = (leg: 'a' | 'b') => ({ phone: phones[leg], role: legs[leg].role });
  return { id, ...standing, people: { a: person('a'), b: person('b') } };
}

function statusOf({ id, state }: { id: string; state: string }): BridgeStatus {
  return { id, ...(JSON.parse(state) as BridgeFlowState).standing };
}
