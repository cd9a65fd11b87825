import { z } from 'zod';
import { messageOutcomes } from '../calls/message-call.js';
import { orderStatuses, type OrderStatus } from '../orders/status.js';
import type { NotificationAttemptRow, NotificationRow } from '../storage/schema.js';
import { digitActions } from './schema.js';
import { notificationResults, type DigitAction, type NotificationResult, type NotificationView } from './port.js';
import { responseInstant } from '../http/instant.js';

export const notificationStates = ['waiting', 'calling', 'done'] as const;

const attemptAnswer = z.object({
  number: z.number().int().describe('From 1'),
  call_id: z.string().describe('`/api/v1/calls/{id}` has its timeline'),
  started_at: responseInstant,
  ended_at: responseInstant.nullable(),
  outcome: z
    .enum(messageOutcomes)
    .nullable()
    .describe('Null during the call; `unknown`: the gateway crashed, so the phone may have rung'),
});

export const notificationAnswer = z
  .object({
    notification_id: z.string(),
    external_id: z.string(),
    order_id: z.string(),
    status: z.string().describe('As given in the request'),
    batch: z.string().nullable(),
    state: z.enum(notificationStates),
    result: z.enum(notificationResults).nullable().describe('Set when the state is `done`'),
    attempts: z.array(attemptAnswer),
    next_attempt_at: responseInstant
      .nullable()
      .describe('Set when the state is `waiting`: the earliest time of the next call'),
    answered_at: responseInstant.nullable().describe('When the last call was answered; set when the state is `done`'),
    duration: z.number().int().nullable().describe('Length of that call from the answer, in seconds'),
    digit: z.string().nullable().describe('The pressed key'),
    action: z.enum(digitActions).nullable().describe('The action of the pressed key'),
    created_at: responseInstant,
    expires_at: responseInstant,
    finished_at: responseInstant.nullable(),
  })
  .meta({ id: 'Notification' });

/** A notification in the API. */
export const listedNotification = notificationAnswer.extend({
  known_status: z.enum(orderStatuses).nullable().describe('Which of our statuses it is; null when it is another one'),
  line: z.string().describe('Number of the line that the call is made for'),
  to: z.string().optional().describe('The called number, with `numbers=true`; masked without the scope numbers:read'),
});

/**
 * A notification as the API shows it.
 * @param number how the called number is shown; by default not at all
 */
export function listNotification(
  row: NotificationRow,
  attempts: readonly NotificationAttemptRow[],
  number?: (phone: string) => string,
): z.output<typeof listedNotification> {
  return {
    ...presentNotification(row, attempts),
    known_status: row.status as OrderStatus | null,
    line: row.line,
    to: number?.(row.to_number),
  };
}

/** A notification as webhooks show it. Holds no phone number. */
export function presentNotification(
  row: NotificationRow,
  attempts: readonly NotificationAttemptRow[],
): z.output<typeof notificationAnswer> {
  const { answeredAt, nextAttemptAt, result, action } = viewOf(row, attempts);
  return {
    notification_id: row.id,
    external_id: row.external_id,
    order_id: row.order_id,
    status: row.raw_status,
    batch: row.batch,
    state: row.state,
    result,
    attempts: attempts.map(({ number, flow_id, started_at, ended_at, outcome }) => ({
      number,
      call_id: flow_id,
      started_at: iso(started_at),
      ended_at: isoOrNull(ended_at),
      outcome: outcome as z.output<typeof attemptAnswer>['outcome'],
    })),
    next_attempt_at: isoOrNull(nextAttemptAt),
    answered_at: isoOrNull(answeredAt),
    duration: row.duration_ms === null ? null : Math.round(row.duration_ms / 1000),
    digit: row.digit,
    action,
    created_at: iso(row.created_at),
    expires_at: iso(row.expires_at),
    finished_at: isoOrNull(row.finished_at),
  };
}

export function viewOf(row: NotificationRow, attempts: readonly NotificationAttemptRow[]): NotificationView {
  return {
    id: row.id,
    externalId: row.external_id,
    orderId: row.order_id,
    state: row.state,
    result: row.result as NotificationResult | null,
    attempts: attempts.map(({ number, started_at: startedAt, outcome }) => ({ number, startedAt, outcome })),
    nextAttemptAt: row.state === 'waiting' ? row.due_at : null,
    answeredAt: row.answered_at,
    durationMs: row.duration_ms,
    digit: row.digit,
    action: row.action as DigitAction | null,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
