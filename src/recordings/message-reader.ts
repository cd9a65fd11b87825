import type { History } from '../storage/database.js';
import { newestFirst, type Cursor, type Page } from '../storage/newest-first.js';
import type { RecordingRow } from '../storage/schema.js';
import type { MessageOwner } from '../telephony/recording.js';

/** A message of a caller. `number`: digits of the caller's number; empty when withheld. */
export type Message = RecordingRow & { number: string };

interface MessageFilter extends Page {
  /** `open`: not done. */
  state: 'open' | 'done' | 'all';
  /** E.164. */
  line?: string | undefined;
}

/** Messages that a call to the code for messages offers. */
const MOST_HEARD = 100;

/** Reads messages that are not deleted. */
export class MessageReader {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: cursor of the next page; undefined on the last one. */
  async list(filter: MessageFilter): Promise<{ messages: Message[]; next: Cursor | undefined }> {
    const { state, line } = filter;
    let query = this.#messages();
    if (state !== 'all') query = query.where('done_at', state === 'open' ? 'is' : 'is not', null);
    if (line !== undefined) query = query.where('recordings.line', '=', line);
    const { rows, next } = await newestFirst(query, filter, 'recordings');
    return { messages: rows.map(withNumber), next };
  }

  async get(id: string): Promise<Message | undefined> {
    const row = await this.#messages().where('recordings.id', '=', id).executeTakeFirst();
    return row && withNumber(row);
  }

  /** How many are not done, and how many of these nobody has heard. */
  async count(): Promise<{ open: number; unheard: number }> {
    const row = await this.db
      .selectFrom('recordings')
      .where('kind', '=', 'message')
      .where('deleted_at', 'is', null)
      .where('done_at', 'is', null)
      .select((e) => [e.fn.countAll<number>().as('open'), e.fn.count<number>('heard_at').as('heard')])
      .executeTakeFirstOrThrow();
    return { open: row.open, unheard: row.open - row.heard };
  }

  /** How many messages nobody has heard or done, by whose they are; without those that are nobody's. */
  async newByOwner(): Promise<(MessageOwner & { count: number })[]> {
    const rows = await this.db
      .selectFrom('recordings')
      .where('kind', '=', 'message')
      .where('deleted_at', 'is', null)
      .where('done_at', 'is', null)
      .where('heard_at', 'is', null)
      .where((e) => e.or([e('for_queue', 'is not', null), e('for_handset', 'is not', null)]))
      .groupBy(['for_queue', 'for_handset'])
      .select((e) => ['for_queue', 'for_handset', e.fn.countAll<number>().as('count')])
      .execute();
    return rows.map((row) => ({
      queue: row.for_queue ?? undefined,
      handset: row.for_handset ?? undefined,
      count: row.count,
    }));
  }

  /** Messages that are not done, of a handset and of queues: those that nobody has heard, and the others; each oldest first. */
  async openOf({ handset, queues }: { handset: string; queues: readonly number[] }): Promise<Message[]> {
    const rows = await this.#messages()
      .where('done_at', 'is', null)
      .where((e) =>
        e.or([e('for_handset', '=', handset), ...(queues.length === 0 ? [] : [e('for_queue', 'in', [...queues])])]),
      )
      .orderBy((e) => e('heard_at', 'is not', null))
      .orderBy('recordings.started_at')
      .limit(MOST_HEARD)
      .execute();
    return rows.map(withNumber);
  }

  #messages() {
    return this.db
      .selectFrom('recordings')
      .leftJoin('calls', 'calls.id', 'recordings.call_id')
      .where('recordings.kind', '=', 'message')
      .where('recordings.deleted_at', 'is', null)
      .selectAll('recordings')
      .select('calls.number');
  }
}

function withNumber({ number, ...row }: RecordingRow & { number: string | null }): Message {
  return { ...row, number: number ?? '' };
}
