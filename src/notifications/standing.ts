import type { NotificationAttemptRow, NotificationRow } from '../storage/schema.js';
import type { DigitAction, NotificationResult, NotificationStanding } from './port.js';

export function standingOf(row: NotificationRow, attempts: readonly NotificationAttemptRow[]): NotificationStanding {
  return {
    ...{ id: row.id, externalId: row.external_id, orderId: row.order_id, state: row.state },
    result: row.result as NotificationResult | null,
    attempts: attempts.map(({ number, started_at: startedAt, outcome }) => ({ number, startedAt, outcome })),
    nextAttemptAt: row.state === 'waiting' ? row.due_at : null,
    ...{ answeredAt: row.answered_at, durationMs: row.duration_ms, digit: row.digit },
    action: row.action as DigitAction | null,
  };
}
