import { sql } from 'kysely';
import type { History } from '../storage/database.js';
import type { CallRow } from '../storage/schema.js';
import type { Selectable } from 'kysely';
import type { CallNote } from './call-notes.js';
import { namesHandset } from './names-handset.js';

type HistoryColumns =
  'id' | 'started_at' | 'direction' | 'line' | 'queue' | 'outcome' | 'talk_ms' | 'agent_kind' | 'agent';

/** An earlier call with the same outside party. */
export type EarlierCall = Pick<Selectable<CallRow>, HistoryColumns>;

/** Kinds of timeline entries that say that a handset talks. */
const TALKS = ['queue_answered', 'dial_answered', 'talking'];

/** What is stored about the outside party of a call. */
export class CallHistory {
  constructor(private readonly db: History) {}

  /** Digits of the outside party, empty when withheld; undefined for an unknown call. */
  async numberOf(callId: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('calls').where('id', '=', callId).select('number').executeTakeFirst();
    return row?.number;
  }

  /** The line of a call, E.164; undefined for an unknown call. */
  async lineOf(callId: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('calls').where('id', '=', callId).select('line').executeTakeFirst();
    return row?.line;
  }

  /** The other calls from and to a number, newest first. @param number digits */
  lastCalls(number: string, except: string, limit: number): Promise<EarlierCall[]> {
    return this.#others(number, except)
      .select([
        ...(['calls.id', 'calls.started_at', 'calls.direction', 'calls.line', 'calls.queue', 'calls.outcome'] as const),
        ...(['calls.talk_ms', 'calls.agent_kind', 'calls.agent'] as const),
      ])
      .limit(limit)
      .execute();
  }

  /** The notes of the other calls from and to a number, newest call first. @param number digits */
  lastNotes(number: string, except: string, limit: number): Promise<(CallNote & { call_id: string })[]> {
    return this.#others(number, except)
      .innerJoin('call_notes', 'call_notes.call_id', 'calls.id')
      .where('text', '<>', '')
      .select(['call_notes.call_id', 'text', 'by', 'at'])
      .limit(limit)
      .execute();
  }

  /** Whether a handset has talked in a call. */
  async hasTalked(callId: string, handset: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('calls')
      .where('id', '=', callId)
      .where((either) =>
        either.or([
          sql<boolean>`(agent_kind = 'handset' and agent = ${handset})`,
          sql<boolean>`exists (select 1 from timeline where flow_id = calls.id and kind in (${sql.join(TALKS)})
            and ${namesHandset(handset)})`,
        ]),
      )
      .select('id')
      .executeTakeFirst();
    return row !== undefined;
  }

  #others(number: string, except: string) {
    return this.db
      .selectFrom('calls')
      .where('number', '=', number)
      .where('calls.id', '<>', except)
      .orderBy('started_at', 'desc')
      .orderBy('calls.id', 'desc');
  }
}
