import type { LogEntry } from '../../kernel/flow.js';
import type { Instant } from '../../lib/clock.js';
import type { PlanEffect } from '../../call-plan/call.js';
import type { PlanEvent } from '../../call-plan/event.js';
import type { Command } from '../../telephony/command.js';
import type { FoundOrder } from '../../telephony/telephony.js';

/** What a replayed call waits for; recorded events refer to it, because ids differ between two flows. */
export interface PendingRequests {
  /** The last effect of a type. */
  last<T extends PlanEffect['type']>(type: T): Extract<PlanEffect, { type: T }> | undefined;
  /** The last leg that was dialled to this target. */
  legTo(target: unknown): string | undefined;
  /** The prompts that are being played, with their playback. */
  readonly playing: { playbackId: string; prompts: unknown } | undefined;
}

/** An event that a past call received, as far as its timeline records it. */
export type RecordedEvent = { at: Instant } & (
  | {
      type: 'event';
      /** It is the result of a search for the counterpart of a returned call. */
      findsCounterpart?: boolean;
      resolve: (pending: PendingRequests) => PlanEvent | undefined;
    }
  /** A timer of the flow. */
  | { type: 'timer'; name: string }
  /** Asterisk's queue gave the caller up. */
  | { type: 'queue_timeout' }
);

/** Entries after which events are missing in the timeline: the gateway was down, or the call was redirected by a fault. */
const GAPS: ReadonlySet<string> = new Set(['recovered', 'not_durable', 'fault', 'requested']);
/** The timeline keeps this many characters of a response; a longer one is not known. */
const KEPT_CHARS = 4096;
/** Asterisk's own words for the end of a visit to a queue; other reasons are failures of the request. */
const QUEUE_RESULT = /^[A-Z]+$/;

/** What a timeline does not record about an order that was found. */
export interface OrderFacts {
  /** Of the program that the call had: the prompts of a menu are played together with the status. */
  menus: Partial<Record<string, { prompts: number[] }>>;
  /** Whether the number of the other party was known. */
  hasOther: boolean;
}

/** The events of a past call in order; undefined when its timeline lacks some of them. */
export function recordedEvents(timeline: readonly LogEntry[], facts: OrderFacts): RecordedEvent[] | undefined {
  if (timeline[0]?.kind !== 'arrived' || timeline.some(({ kind }) => GAPS.has(kind))) return undefined;
  const found: RecordedEvent[] = [];
  let action: unknown;
  for (const [index, entry] of timeline.entries()) {
    if (entry.kind === 'action') action = entry.data['action'];
    if (isIncomplete(entry)) return undefined;
    const event = eventOf(entry, timeline.slice(index + 1), facts);
    if (event === undefined) continue;
    // The search before the first action is not logged as one.
    const findsCounterpart = entry.kind === 'order_found' && (action === undefined || action === 'call_back');
    found.push(event.type === 'event' ? { ...event, findsCounterpart } : event);
  }
  return found;
}

function isIncomplete({ kind, data }: LogEntry): boolean {
  if (kind === 'shop_answer') return textOf(data['body']).length >= KEPT_CHARS;
  return kind === 'order_found' && data['of'] !== 1;
}

function eventOf(
  { at, kind, data }: LogEntry,
  rest: readonly LogEntry[],
  facts: OrderFacts,
): RecordedEvent | undefined {
  const event = (resolve: (pending: PendingRequests) => PlanEvent | undefined): RecordedEvent => ({
    at,
    type: 'event',
    resolve,
  });
  const queue = Number(data['queue']);
  switch (kind) {
    case 'timer':
      return { at, type: 'timer', name: textOf(data['name']) };
    case 'digit':
      return event(() => ({
        type: 'digit',
        at,
        digit: textOf(data['digit']),
        durationMs: Number(data['duration_ms'] ?? 0),
      }));
    case 'prompt':
      return event((pending) => promptEnd(at, data, pending));
    case 'prompt_again':
      return event(({ playing }) =>
        playing && data['reason'] === undefined
          ? { type: 'playback_lost', at, playbackId: playing.playbackId }
          : playing && { type: 'playback_finished', at, playbackId: playing.playbackId, failed: true },
      );
    case 'shop_answer':
    case 'shop_no_answer':
      return event((pending) => shopAnswer(at, kind, data, pending));
    case 'queue_joined':
      return event(() => ({
        type: 'queue_joined',
        at,
        queue,
        position: Number(data['position']),
        waiting: Number(data['waiting']),
        joinedAt: at,
      }));
    case 'queue_ringing':
    case 'queue_answered': {
      const { handset } = data;
      return typeof handset === 'string' ? event(() => ({ type: kind, at, queue, handset })) : undefined;
    }
    case 'queue_left':
      return queueLeft(at, textOf(data['reason']), event);
    case 'talking':
      return event((pending) => forLeg(pending.legTo(data['with']), (legId) => ({ type: 'leg_answered', at, legId })));
    case 'leg_over':
      return event((pending) =>
        forLeg(pending.legTo(data['to']), (legId) => ({
          type: 'leg_over',
          at,
          legId,
          cause: data['cause'] as (PlanEvent & { type: 'leg_over' })['cause'],
          reason: textOf(data['reason']),
        })),
      );
    case 'answerer':
      return event((pending) => {
        const visitId = pending.last('detect_machine')?.visitId;
        return data['result'] === undefined || visitId === undefined
          ? undefined
          : { type: 'answerer_known', at, visitId, result: textOf(data['result']), cause: textOf(data['cause']) };
      });
    case 'order_found':
    case 'no_order':
      return event((pending) => ordersFound(at, kind, data, spokenStatus(data, rest, facts), facts, pending));
    case 'commanded':
      return event(() => ({ type: 'commanded', at, command: commandOf(data) }));
    case 'ended':
      return event(() =>
        data['by'] === 'fallback'
          ? { type: 'caller_left', at }
          : {
              type: 'caller_gone',
              at,
              cause: (data['cause'] ?? 'normal') as (PlanEvent & { type: 'caller_gone' })['cause'],
              q850: Number(data['q850'] ?? 16),
            },
      );
    default:
      return undefined;
  }
}

/** An interrupted playback was ended by the flow itself, a lost one by its timer. */
function promptEnd(at: Instant, data: LogEntry['data'], { playing }: PendingRequests): PlanEvent | undefined {
  if (playing === undefined || JSON.stringify(playing.prompts) !== JSON.stringify(data['prompts'])) return undefined;
  const { playbackId } = playing;
  switch (data['outcome']) {
    case 'played':
    case 'failed':
      return { type: 'playback_finished', at, playbackId, failed: data['outcome'] === 'failed' };
    case 'refused':
      return { type: 'playback_refused', at, playbackId, reason: textOf(data['reason']) };
    default:
      return undefined;
  }
}

function shopAnswer(
  at: Instant,
  kind: 'shop_answer' | 'shop_no_answer',
  data: LogEntry['data'],
  pending: PendingRequests,
): PlanEvent | undefined {
  const effectId = pending.last('http')?.id;
  if (effectId === undefined) return undefined;
  const { latency_ms: latencyMs, attempts } = data;
  const about = { at, effectId, latencyMs: Number(latencyMs), attempts: Number(attempts) };
  return kind === 'shop_answer'
    ? { type: 'http_answered', ...about, status: Number(data['status']), body: textOf(data['body']) }
    : { type: 'http_failed', ...about, reason: textOf(data['reason']) };
}

function queueLeft(
  at: Instant,
  reason: string,
  event: (resolve: (pending: PendingRequests) => PlanEvent | undefined) => RecordedEvent,
): RecordedEvent | undefined {
  if (reason === 'TIMEOUT') return { at, type: 'queue_timeout' };
  // Its own timer ended the visit.
  if (reason === 'LOST') return undefined;
  return event((pending) => {
    const visit = pending.last('enqueue');
    if (visit === undefined) return undefined;
    return QUEUE_RESULT.test(reason)
      ? { type: 'queue_left', at, visitId: visit.visitId, result: reason }
      : { type: 'effect_failed', at, effectId: visit.id, effect: 'enqueue', reason };
  });
}

/** The prompts that spoke the status of a found order: those that were played next, without the prompts of its menu. */
function spokenStatus({ status }: LogEntry['data'], rest: readonly LogEntry[], facts: OrderFacts): number[] {
  const next = rest.find(({ kind }) => kind === 'prompt' || kind === 'action');
  const played = (next?.kind === 'prompt' ? next.data['prompts'] : []) as number[];
  const usual = facts.hasOther ? 'with_driver' : 'without_driver';
  const { prompts = [] } = facts.menus[textOf(status)] ?? facts.menus[usual] ?? {};
  const spoken = played.slice(0, Math.max(0, played.length - prompts.length));
  return JSON.stringify([...spoken, ...prompts]) === JSON.stringify(played) ? spoken : played;
}

function ordersFound(
  at: Instant,
  kind: 'order_found' | 'no_order',
  { why, order, role, status }: LogEntry['data'],
  says: number[],
  { hasOther }: OrderFacts,
  pending: PendingRequests,
): PlanEvent | undefined {
  const effectId = pending.last('order_lookup')?.id;
  if (effectId === undefined) return undefined;
  if (why === 'failed') return { type: 'effect_failed', at, effectId, effect: 'order_lookup', reason: '' };
  // A withheld number is not looked up, and a late response is that of a timer.
  if (kind === 'no_order') return why === 'none' ? { type: 'orders_found', at, effectId, orders: [] } : undefined;
  const found: FoundOrder = {
    id: textOf(order),
    role: role as FoundOrder['role'],
    status: status as FoundOrder['status'],
    hasOther,
    says,
  };
  return { type: 'orders_found', at, effectId, orders: [found] };
}

function commandOf({ command, prompt, to, side, handset, position, by }: LogEntry['data']): Command {
  switch (command) {
    case 'reject':
      return { type: 'reject', prompt: prompt as number | null, by: by as string | undefined };
    case 'transfer':
      return { type: 'transfer', to: to as (Command & { type: 'transfer' })['to'] };
    case 'play':
      return { type: 'play', prompt: prompt as number, side: side as (Command & { type: 'play' })['side'] };
    case 'listen':
    case 'whisper':
    case 'barge':
      return { type: 'listen', handset: textOf(handset), mode: command };
    case 'move':
      return { type: 'move', position: Number(position) };
    default:
      return { type: 'hang_up', by: by as string | undefined };
  }
}

function forLeg(legId: string | undefined, event: (legId: string) => PlanEvent): PlanEvent | undefined {
  return legId === undefined ? undefined : event(legId);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
