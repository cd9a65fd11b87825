import type { History } from '../storage/database.js';
import { newestFirst, type Cursor, type Page } from '../storage/newest-first.js';
import type { RecordingRow } from '../storage/schema.js';

/** A message of a caller. `number`: digits of the caller's number; empty when withheld. */
export type Message = RecordingRow & { number: string };

interface MessageFilter extends Page {
  /** `open`: not done. */
  state: 'open' | 'done' | 'all';
  /** E.164. */
  line?: string | undefined;
}

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
