import { z } from 'zod';
import { maskData } from '../lib/mask.js';
import type { WebhookAttemptRow } from '../storage/schema.js';
import type { DeliveryRecord } from './reader.js';
import { responseInstant } from '../http/instant.js';
import { outboundReasons } from '../http/outbound.js';

export const deliveryStates = ['waiting', 'delivered', 'dropped', 'dead'] as const;

export const deliveryAnswer = z
  .object({
    id: z.number().int(),
    webhook: z.string().describe('The webhook’s name in the company’s document'),
    event_id: z.string(),
    call_id: z.string(),
    seq: z.number().int(),
    event: z.string(),
    state: z.enum(deliveryStates),
    tries: z.number().int().describe('Attempts since it was last queued'),
    created_at: responseInstant,
    expires_at: responseInstant.describe('No attempt starts after this instant'),
    due_at: responseInstant.nullable().describe('Also null while an earlier event of the call waits'),
    finished_at: responseInstant.nullable(),
    body: z
      .record(z.string(), z.unknown())
      .describe('The fields of the event. Numbers are masked without the scope numbers:read'),
  })
  .meta({ id: 'Delivery' });

/** How one request to a webhook ended. */
export const attemptResultAnswer = z.object({
  latency_ms: z.number().int(),
  status: z.number().int().nullable(),
  failed: z.string().nullable().describe('Why there was no response'),
  reason: z
    .enum([...outboundReasons, 'other'])
    .nullable()
    .describe('The kind of `failed`: `connect`: refused or unknown host; `timeout`: no response in time'),
  answer: z.string().describe('The start of the response; digits are masked without the scope numbers:read'),
});

const attemptAnswer = attemptResultAnswer.extend({ number: z.number().int(), at: responseInstant });

export const deliveryWithAttemptsAnswer = deliveryAnswer
  .extend({ attempts: z.array(attemptAnswer) })
  .meta({ id: 'DeliveryWithAttempts' });

/** @param seesNumbers whether the reader has the scope `numbers:read` */
export function presentDelivery(delivery: DeliveryRecord, seesNumbers: boolean): z.output<typeof deliveryAnswer> {
  return {
    id: delivery.id,
    webhook: delivery.hook,
    event_id: delivery.event_id,
    call_id: delivery.flow_id,
    seq: delivery.seq,
    event: delivery.event,
    state: delivery.state,
    tries: delivery.tries,
    created_at: iso(delivery.created_at),
    expires_at: iso(delivery.expires_at),
    due_at: delivery.due_at === null ? null : iso(delivery.due_at),
    finished_at: delivery.finished_at === null ? null : iso(delivery.finished_at),
    body: bodyOf(delivery, seesNumbers),
  };
}

export function presentAttempt(attempt: WebhookAttemptRow, seesNumbers: boolean): z.output<typeof attemptAnswer> {
  const { number, at, latency_ms, status, failed, answer } = attempt;
  const reason = reasonOf(failed);
  return { number, at: iso(at), latency_ms, status, failed, reason, answer: shownAnswer(answer, seesNumbers) };
}

/** The response of a receiver; digits are masked for readers without the scope `numbers:read`. */
export function shownAnswer(answer: string, seesNumbers: boolean): string {
  return seesNumbers ? answer : String(maskData({ answer })['answer']);
}

/** The kind of a failure, with which its text begins. */
export function reasonOf(failed: string | null): z.output<typeof attemptResultAnswer>['reason'] {
  if (failed === null) return null;
  return outboundReasons.find((reason) => failed.startsWith(`${reason}: `)) ?? 'other';
}

/** Ids stay readable; their digits are not a phone number. */
function bodyOf(
  { content_type, body, caller, event_id, flow_id }: DeliveryRecord,
  seesNumbers: boolean,
): Record<string, unknown> {
  const fields =
    content_type === 'application/json'
      ? (JSON.parse(body) as Record<string, unknown>)
      : Object.fromEntries(new URLSearchParams(body));
  if (seesNumbers) return fields;
  const masked = maskData(fields, [caller, caller.replace(/^\+/, '')]);
  const ids = Object.entries(fields).filter(([, value]) => value === event_id || value === flow_id);
  return { ...masked, ...Object.fromEntries(ids) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
