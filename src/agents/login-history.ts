import type { History } from '../storage/database.js';
import type { LoginEvent } from './membership-store.js';

interface LoginHistoryFilter {
  handset?: string | undefined;
  operator?: string | undefined;
  queue?: number | undefined;
  /** Instant of the first event. */
  since?: number | undefined;
  /** Instant after the last event. */
  until?: number | undefined;
  /** Only events with smaller ids. */
  before?: number | undefined;
  /** Number of the newest events to skip. */
  offset?: number;
  limit: number;
}

/** Reads the history of logins, logouts and pauses. */
export class LoginHistory {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: value of {@link LoginHistoryFilter.before} for the following page; undefined on the last page. */
  async list(
    filter: LoginHistoryFilter,
  ): Promise<{ events: (LoginEvent & { id: number })[]; next: number | undefined }> {
    const { handset, operator, queue, since, until, before, offset = 0, limit } = filter;
    let query = this.db
      .selectFrom('duty_events')
      .select(['id', 'at', 'handset', 'operator', 'queue', 'event', 'reason', 'by']);
    if (handset !== undefined) query = query.where('handset', '=', handset);
    if (operator !== undefined) query = query.where('operator', '=', operator);
    if (queue !== undefined) query = query.where('queue', '=', queue);
    if (since !== undefined) query = query.where('at', '>=', since);
    if (until !== undefined) query = query.where('at', '<', until);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .offset(offset)
      .execute();
    return { events: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.id : undefined };
  }
}
