import { sql } from 'kysely';
import type { Database } from '../storage/database.js';
import { isAfter, pageOf, type Cursor } from '../storage/newest-first.js';
import type { BridgeStanding } from './port.js';
import type { BridgeProgram } from './program.js';
import { BRIDGE } from './flow.js';
import type { BridgeFlowState } from './state.js';

export interface BridgeFilter {
  orderId?: string | undefined;
  running?: boolean | undefined;
  after?: Cursor | undefined;
  limit: number;
}

type Person = Pick<BridgeProgram['a'], 'phone' | 'role'>;
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
  async list({ orderId, running, after, limit }: BridgeFilter): Promise<{
    bridges: BridgeStanding[];
    next: Cursor | undefined;
  }> {
    let query = this.db.selectFrom('flows').where('kind', '=', BRIDGE).select(['id', 'state', 'started_at']);
    if (orderId !== undefined) query = query.where(sql`state ->> '$.standing.orderId'`, '=', orderId);
    if (running !== undefined) query = query.where('over', '=', running ? 0 : 1);
    if (after !== undefined) query = query.where(isAfter(after));
    const found = await query
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const { rows, next } = pageOf(found, limit);
    return { bridges: rows.map(standingOf), next };
  }

  /** Who is connected with whom, by the bridge's id. Numbers are among it: they are not for everybody. */
  async people(ids: readonly string[]): Promise<Map<string, BridgePeople>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('flows')
      .innerJoin('programs', 'programs.hash', 'flows.program')
      .where('kind', '=', BRIDGE)
      .where('flows.id', 'in', ids)
      .select(['flows.id as id', 'body'])
      .execute();
    return new Map(
      rows.map(({ id, body }) => {
        const { a, b } = JSON.parse(body) as BridgeProgram;
        return [id, { a: personOf(a), b: personOf(b) }];
      }),
    );
  }

  /** A bridge of that order between these two, in whichever direction, in which they are being connected or talk. */
  async living(orderId: string, phones: readonly [string, string]): Promise<BridgeStanding | undefined> {
    const rows = await this.db
      .selectFrom('flows')
      .innerJoin('programs', 'programs.hash', 'flows.program')
      .where('kind', '=', BRIDGE)
      .where('over', '=', 0)
      .select(['flows.id as id', 'state', 'body'])
      .execute();
    return rows
      .filter(({ body }) => {
        const { orderId: order, a, b } = JSON.parse(body) as BridgeProgram;
        return order === orderId && phones.includes(a.phone) && phones.includes(b.phone);
      })
      .map(standingOf)
      .find(({ endedAt }) => endedAt === null);
  }
}

function personOf({ phone, role }: Person): Person {
  return { phone, role };
}

function standingOf({ id, state }: { id: string; state: string }): BridgeStanding {
  return { id, ...(JSON.parse(state) as BridgeFlowState).standing };
}
