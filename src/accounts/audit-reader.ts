import type { AuditAction } from '../storage/audit-log.js';
import type { History } from '../storage/database.js';
import type { AuditRow } from '../storage/schema.js';

interface AuditFilter {
  actor?: string | undefined;
  action?: AuditAction | undefined;
  from?: number | undefined;
  /** Exclusive. */
  to?: number | undefined;
}

/** Reads the audit log. */
export class AuditReader {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: `before` of the following page; undefined on the last. */
  async list(
    { actor, action, from, to }: AuditFilter,
    { before, limit }: { before?: number | undefined; limit: number },
  ): Promise<{ entries: AuditRow[]; next: number | undefined }> {
    let query = this.db.selectFrom('audit').selectAll();
    if (actor !== undefined) query = query.where('actor', '=', actor);
    if (action !== undefined) query = query.where('action', '=', action);
    if (from !== undefined) query = query.where('at', '>=', from);
    if (to !== undefined) query = query.where('at', '<', to);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const entries = rows.slice(0, limit);
    return { entries, next: rows.length > limit ? entries.at(-1)?.id : undefined };
  }

  /** All entries, newest first, read page by page. */
  async *all(filter: AuditFilter, pageSize: number): AsyncGenerator<AuditRow> {
    let before: number | undefined;
    do {
      const { entries, next } = await this.list(filter, { before, limit: pageSize });
      yield* entries;
      before = next;
    } while (before !== undefined);
  }
}
