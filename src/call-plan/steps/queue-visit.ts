import type { CallResult } from '../../telephony/domain-events.js';
import type { Instant } from '../../lib/clock.js';
import { supportedLanguageOf } from '../../lib/language.js';
import type { Call } from '../call.js';
import type { QueueOutcome } from '../../company/queue-outcomes.js';
import type { PlanEvent } from '../event.js';
import type { QueueSettings } from '../program.js';
import { expectRecording, shouldRecord, markRecordingStarted } from './recording.js';
import { LONGEST_TALK_S, nextRenewal } from '../../telephony/lease.js';
import { MINUTE_MS } from '../../lib/time.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';

/** Beyond the longest wait and the longest talk, Asterisk has lost the caller. */
const SLACK_MS = MINUTE_MS;
/** How long (seconds) the handset that transferred the caller does not ring: other members come first. */
const TRANSFERRED_SKIP_S = 20;
/** Tolerance for the ring time of a handset. */
const MOMENT_MS = 1000;

/**
 * The caller waits in an Asterisk queue, or talks to a handset there. The channel is outside the application until the
 * visit ends.
 */
export interface QueueVisitState {
  visitId: string;
  queue: number;
  since: Instant;
  /** Asterisk has taken the call into its dialplan. */
  inside: boolean;
  giveUpAt: Instant;
  /** A time-out earlier than this means `busy`: no handset rang for its whole ring time. */
  busyBeforeMs: number;
  /** A handset has answered. */
  answered?: true;
  /** Handsets that ring for the caller. Missing before the first, and in calls that an earlier version stored. */
  ringing?: string[];
}

/** `busy`: registered handsets exist, none is free; `empty`: no handset is registered. */
export interface QueueVisitResult {
  outcome: Exclude<QueueOutcome, 'closed'> | 'busy';
  waitedMs: number;
}

interface QueueVisitOptions {
  queue: number;
  /** Default: the queue's own. */
  waitMs?: number | undefined;
  exitKey?: string | undefined;
  once?: boolean;
  /** Number shown on the handsets; null or left out: the caller's. */
  shownNumber?: string | null;
  /** Ignored when the caller's own priority is higher. */
  priority?: number | undefined;
  /** Shown in the timeline. */
  label?: string | undefined;
}

type VisitOutcome = Outcome<QueueVisitState, QueueVisitResult>;

/** A visit to an Asterisk queue. It ends only when Asterisk returns the caller: stop does nothing. */
export const queueVisit = {
  start,
  reduce,
  stop: () => undefined,
  timers: ({ giveUpAt }) => ({ queue: giveUpAt }),
  watched: () => NOTHING_WATCHED,
} satisfies StepModule<QueueVisitState, QueueVisitResult> & { start: typeof start };

function start(call: Call, options: QueueVisitOptions): VisitOutcome {
  const settings = call.program.queues[String(options.queue)];
  const { queue, once = false, label } = options;
  if (settings === undefined) {
    call.setProvisionalResult('USER_NOT_REGISTERED');
    call.appendLog('queue_left', { queue, result: 'empty', reason: 'the queue does not exist', waited_ms: 0 });
    return { done: { outcome: 'empty', waitedMs: 0 } };
  }
  const waitMs = options.waitMs ?? settings.maxWaitMs;
  const priority = Math.max(options.priority ?? 0, call.program.callerPriority);
  const visitId = requestVisit(call, options, settings, { waitMs, priority });
  call.appendLog('queued', { queue, label, priority: priority > 0 ? priority : undefined, max_wait_ms: waitMs });
  call.state.leashAt = null;
  call.state.label = label ?? null;
  call.setProvisionalResult('ABANDONED');
  call.startWait(queue);
  const giveUpAt = call.at + waitMs + LONGEST_TALK_S * 1000 + SLACK_MS;
  const busyBeforeMs = once ? Math.min(settings.ringTimeoutMs, waitMs) - MOMENT_MS : 0;
  return { waiting: { visitId, queue, since: call.at, inside: false, giveUpAt, busyBeforeMs } };
}

/** Requests the visit. @returns its id */
function requestVisit(
  call: Call,
  options: QueueVisitOptions,
  settings: QueueSettings,
  { waitMs, priority }: { waitMs: number; priority: number },
): string {
  const { queue, exitKey = null, once = false, shownNumber = null } = options;
  const visitId = call.newId('q');
  call.stopMusic();
  const record = shouldRecord(call, settings.record);
  if (record) expectRecording(call, visitId, queue);
  call.request({
    type: 'enqueue',
    channelId: call.state.channelId,
    visitId,
    queue,
    waitS: Math.ceil(waitMs / 1000),
    exitKey,
    once,
    shownNumber,
    record,
    priority,
    rings: settings.rings,
    language: supportedLanguageOf(call.program.line.languages),
    keys: Object.keys(call.program.transferCodes ?? {}).length > 0,
    skip: takeSkippedHandset(call, queue),
  });
  return visitId;
}

/** Takes the transferring handset out of the call's state: it is skipped in one visit only. */
function takeSkippedHandset({ state }: Call, queue: number): { handset: string; seconds: number } | undefined {
  const { transferredBy } = state;
  state.transferredBy = undefined;
  return transferredBy?.queue === queue ? { handset: transferredBy.handset, seconds: TRANSFERRED_SKIP_S } : undefined;
}

/** The prompt played before the wait in a queue; null when the queue has none. */
export function joinPrompt(call: Call, queue: number): number | null {
  return call.program.queues[String(queue)]?.joinPrompt ?? null;
}

function reduce(call: Call, queueing: QueueVisitState, event: PlanEvent): VisitOutcome {
  switch (event.type) {
    case 'caller_left':
      return { waiting: { ...queueing, inside: true } };
    case 'reconciled':
      return {
        waiting: { ...queueing, inside: queueing.inside || event.channels[call.state.channelId] === 'elsewhere' },
      };
    case 'queue_joined':
      if (event.queue === queueing.queue && queueing.answered !== true) onJoined(call, event);
      return { waiting: queueing };
    case 'queue_ringing':
      onRinging(call, event);
      return { waiting: { ...queueing, ringing: [...ringingExcept(queueing, event.handset), event.handset] } };
    case 'queue_ring_over':
      return { waiting: { ...queueing, ringing: ringingExcept(queueing, event.handset) } };
    case 'queue_answered':
      return { waiting: event.queue === queueing.queue ? markAnswered(call, queueing, event.handset) : queueing };
    case 'queue_left':
      return event.visitId === queueing.visitId
        ? { done: finish(call, queueing, event.result) }
        : { waiting: queueing };
    case 'effect_failed':
      return event.effect === 'enqueue'
        ? { done: finish(call, queueing, 'FAILED', event.reason) }
        : { waiting: queueing };
    case 'timer':
      return event.name === 'queue' ? { done: finish(call, queueing, 'LOST') } : { waiting: queueing };
    default:
      return { waiting: queueing };
  }
}

function ringingExcept({ ringing = [] }: QueueVisitState, handset: string): string[] {
  return ringing.filter((name) => name !== handset);
}

function onJoined(call: Call, { queue: id, position, waiting, joinedAt }: PlanEvent & { type: 'queue_joined' }): void {
  if (call.state.queue !== null) return;
  call.state.queue = { id, name: call.program.queues[String(id)]?.name ?? '', position, waiting, joinedAt };
  call.appendLog('queue_joined', { queue: id, position, waiting });
  call.emit('queue_joined');
}

function onRinging(call: Call, { queue, handset }: PlanEvent & { type: 'queue_ringing' }): void {
  if (call.state.queue?.id !== queue) return;
  call.appendLog('queue_ringing', { queue, handset });
  call.emit('ringing', { handset });
}

/** @param handset null when the gateway missed the answer */
function markAnswered(call: Call, queueing: QueueVisitState, handset: string | null): QueueVisitState {
  if (queueing.answered === true) return queueing;
  const { queue, since } = queueing;
  call.appendLog('queue_answered', { queue, handset: handset ?? undefined, waited_ms: call.at - since });
  const agent = handset === null ? null : { handset };
  markRecordingStarted(call, queueing.visitId, agent);
  call.markAnsweredBy(agent);
  call.leaveQueue();
  return { ...queueing, answered: true };
}

/** Ends the visit: Asterisk has returned the caller, and the lease is renewed again. */
function finish(call: Call, queueing: QueueVisitState, result: string, reason?: string): QueueVisitResult {
  const { queue, since, busyBeforeMs } = queueing;
  const waitedMs = call.at - since;
  const isBusy = result === 'TIMEOUT' && waitedMs < busyBeforeMs;
  const outcome = isBusy ? 'busy' : (OUTCOMES[result] ?? 'empty');
  call.state.leashAt = nextRenewal(call.at);
  if (outcome === 'answered') markAnswered(call, queueing, null);
  call.endWait();
  call.endTalk();
  if (call.state.pendingRedirect === null) call.setProvisionalResult(RESULTS[outcome]);
  else call.clearResult();
  call.leaveQueue();
  call.appendLog('queue_left', { queue, result: outcome, reason: reason ?? result, waited_ms: waitedMs });
  return { outcome, waitedMs };
}

/** The call's result if it ended now. */
const RESULTS: Record<QueueVisitResult['outcome'], CallResult> = {
  answered: 'SUCCESS',
  timed_out: 'NO_ANSWER',
  empty: 'USER_NOT_REGISTERED',
  full: 'USER_BUSY',
  busy: 'USER_BUSY',
  exited: 'ABANDONED',
  rejected: 'REJECTED',
};

/** By Asterisk's result. All other results mean an empty queue. */
const OUTCOMES: Partial<Record<string, QueueVisitResult['outcome']>> = {
  CONTINUE: 'answered',
  TIMEOUT: 'timed_out',
  LOST: 'timed_out',
  FULL: 'full',
  EXITED: 'exited',
  WITHDRAW: 'rejected',
  BUSY: 'busy',
};
