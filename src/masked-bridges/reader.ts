import { sql } from 'kysely';
import type { Database } from '../storage/database.js';
import { newestFirst, type Cursor, type Page } from '../storage/newest-first.js';
import type { BridgeStanding, PartyRole } from './port.js';
import { BRIDGE } from './flow.js';
import type { BridgeFlowState } from './state.js';

interface BridgeFilter extends Page {
  orderId?: string | undefined;
  running?: boolean | undefined;
}

interface Person {
  /** E.164. */
  phone: string;
  role: PartyRole;
}

export type BridgePeople = Record<'a' | 'b', Person>;

/** Reads how bridges stand from what their flows have stored. */
export class BridgeReader {
  constructor(private readonly db: Database) {}

  async find(id: string): Promise<BridgeStanding | undefined> {
    const row = await this.db
      .selectFrom('flows')
      .where('id', '=', id)
      .where('kind', '=', BRIDGE)
      .select(['id', 'state'])
      .executeTakeFirst();
    return row && standingOf(row);
  }

  /** Newest first. `next`: where the following page begins; undefined on the last. */
  async list({ orderId, running, ...page }: BridgeFilter): Promise<{
    bridges: BridgeStanding[];
    next: Cursor | undefined;
  }> {
    let query = this.db.selectFrom('flows').where('kind', '=', BRIDGE).select(['id', 'state', 'started_at']);
    if (orderId !== undefined) query = query.where(sql`state ->> '$.standing.orderId'`, '=', orderId);
    if (running !== undefined) query = query.where('over', '=', running ? 0 : 1);
    const { rows, next } = await newestFirst(query, page);
    return { bridges: rows.map(standingOf), next };
  }

  /** Who is connected with whom, by the bridge's id. Numbers are among it: they are not for everybody. */
  async people(ids: readonly string[]): Promise<Map<string, BridgePeople>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('flows')
      .where('kind', '=', BRIDGE)
      .where('id', 'in', ids)
      .select(['id', 'state'])
      .execute();
    return new Map(rows.map(({ id, state }) => [id, peopleOf(JSON.parse(state) as BridgeFlowState)]));
  }

  /** A bridge of that order between these two, in whichever direction, in which they are being connected or talk. */
  async living(orderId: string, phones: readonly [string, string]): Promise<BridgeStanding | undefined> {
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
    return mine.map(standingOf).find(({ endedAt }) => endedAt === null);
  }
}

function peopleOf({ phones, legs }: BridgeFlowState): BridgePeople {
  const person = (leg: 'a' | 'b') => ({ phone: phones[leg], role: legs[leg].role });
  return { a: person('a'), b: person('b') };
}

function standingOf({ id, state }: { id: string; state: string }): BridgeStanding {
  return { id, ...(JSON.parse(state) as BridgeFlowState).standing };
}
