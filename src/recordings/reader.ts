import type { History } from '../storage/database.js';
import { newestFirst, type Cursor, type Page } from '../storage/newest-first.js';
import type { RecordingRow } from '../storage/schema.js';

interface RecordingFilter extends Page {
  call?: string | undefined;
  queue?: number | undefined;
  /** E.164. */
  line?: string | undefined;
  kind?: RecordingRow['kind'] | undefined;
  /** Recordings that began at `since` or later, and before `until`. */
  since?: number | undefined;
  until?: number | undefined;
}

/** Reads the rows of recordings that are not deleted. */
export class RecordingReader {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: cursor of the next page; undefined on the last one. */
  async list(filter: RecordingFilter): Promise<{ recordings: RecordingRow[]; next: Cursor | undefined }> {
    const { call, queue, line, kind, since, until } = filter;
    let query = this.db.selectFrom('recordings').selectAll().where('deleted_at', 'is', null);
    if (call !== undefined) query = query.where('call_id', '=', call);
    if (queue !== undefined) query = query.where('queue', '=', queue);
    if (line !== undefined) query = query.where('line', '=', line);
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (since !== undefined) query = query.where('started_at', '>=', since);
    if (until !== undefined) query = query.where('started_at', '<', until);
    const { rows, next } = await newestFirst(query, filter);
    return { recordings: rows, next };
  }

  /** Recordings by call, in order of their start. */
  async ofCalls(callIds: readonly string[]): Promise<Map<string, RecordingRow[]>> {
    if (callIds.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('recordings')
      .selectAll()
      .where('call_id', 'in', [...callIds])
      .where('deleted_at', 'is', null)
      .orderBy('started_at')
      .execute();
    const byCall = new Map<string, RecordingRow[]>();
    for (const row of rows) byCall.set(row.call_id, [...(byCall.get(row.call_id) ?? []), row]);
    return byCall;
  }

  get(id: string): Promise<RecordingRow | undefined> {
    return this.db
      .selectFrom('recordings')
      .selectAll()
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
  }
}
