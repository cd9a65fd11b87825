import { sql } from 'kysely';
import { namesHandset } from './names-handset.js';
import type { CallOutcomeName } from '../telephony/call-outcome.js';
import type { History } from '../storage/database.js';

/** A call that rang at a handset, or that the handset made. */
export interface CallOfHandset {
  id: string;
  /** Digits; empty when withheld. */
  number: string;
  direction: 'incoming' | 'outgoing';
  started_at: number;
  outcome: CallOutcomeName | null;
  /** 1 when the handset talked. */
  talked: number;
}

/** The calls that are looked through: those of a handset have no index, and its last ones are among the newest. */
const MAX_SEARCHED = 3_000;

/** The last calls of a handset. */
export class HandsetCalls {
  constructor(private readonly db: History) {}

  /** Its newest call with each number, newest first. */
  async last(handset: string, limit: number): Promise<CallOfHandset[]> {
    const named = namesHandset(handset);
    const entry = (kinds: string) =>
      sql`exists (select 1 from timeline where flow_id = calls.id and kind in (${sql.raw(kinds)}) and ${named})`;
    const isAgent = sql`(agent_kind = 'handset' and agent = ${handset})`;
    const { rows } = await sql<CallOfHandset>`
      with newest as (select * from calls order by started_at desc, id desc limit ${MAX_SEARCHED}),
      own as (
        select id, number, direction, started_at, outcome, kind, agent_kind, agent from newest calls
        where kind = 'plan' and (${isAgent} or ${entry(`'queue_ringing', 'queue_answered', 'dial', 'requested', 'dial_answered', 'talking'`)})
      ),
      numbered as (
        select own.*, row_number() over (partition by number order by started_at desc, id desc) as place from own where number <> ''
      )
      select id, number, direction, started_at, outcome,
        (${isAgent} and outcome = 'answered') or ${entry(`'queue_answered', 'dial_answered', 'talking'`)} as talked
      from numbered calls where place = 1 order by started_at desc limit ${limit}`.execute(this.db);
    return rows;
  }
}
