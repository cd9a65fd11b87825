import type { CallResult } from '../../telephony/domain-events.js';
import type { Instant } from '../../lib/clock.js';
import { supportedLanguageOf } from '../../lib/language.js';
import type { Call } from '../call.js';
import type { QueueOutcome } from '../../company/queue-outcomes.js';
import type { PlanEvent } from '../event.js';
import type { QueueSettings } from '../program.js';
import { expectRecording, mayRecord, recordingBegan } from './recording.js';
import { LONGEST_TALK_S, nextRenewal } from '../../telephony/lease.js';
import { MINUTE_MS } from '../../lib/time.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';

/** Beyond the longest wait and the longest talk, Asterisk has lost the caller. */
const SLACK_MS = MINUTE_MS;
/** For how long the handset that transferred the caller does not ring: others of the queue come first. */
const TRANSFERRED_SKIP_S = 20;
/** Less than a handset's ringing may be off by. */
const MOMENT_MS = 1000;

/** The caller waits in a queue of Asterisk, or talks to a handset there: out of our hands until it is over. */
export interface Queueing {
  visitId: string;
  queue: number;
  since: Instant;
  /** Asterisk has taken the call into its dialplan. */
  inside: boolean;
  giveUpAt: Instant;
  /** Sent away sooner than this, by time-out: nobody rang for as long as handsets ring. */
  busyBeforeMs: number;
  /** A handset has answered. */
  answered?: true;
  /** Handsets that ring for the caller. Missing before the first one, and in calls that an earlier version stored. */
  ringing?: string[];
}

/** `busy`: no handset is free, and one is registered; `empty`: none is registered. */
export interface QueueEnd {
  outcome: Exclude<QueueOutcome, 'closed'> | 'busy';
  waitedMs: number;
}

interface QueueOptions {
  queue: number;
  /** Default: the queue's own. */
  waitMs?: number | undefined;
  exitKey?: string | undefined;
  once?: boolean;
  /** Number that the handsets see; default: the caller's. */
  shownNumber?: string | null;
  /** The caller's own counts where it is more. */
  priority?: number | undefined;
  /** Shown in the timeline. */
  label?: string | undefined;
}

type VisitOutcome = Outcome<Queueing, QueueEnd>;

/** A visit to a queue of Asterisk. A call can leave it only when Asterisk has given the caller back: stop does nothing. */
export const queueVisit = {
  start,
  reduce,
  stop: () => undefined,
  timers: ({ giveUpAt }) => ({ queue: giveUpAt }),
  watched: () => NOTHING_WATCHED,
} satisfies StepModule<Queueing, QueueEnd> & { start: typeof start };

function start(call: Call, options: QueueOptions): VisitOutcome {
  const settings = call.program.queues[String(options.queue)];
  const { queue, once = false, label } = options;
  if (settings === undefined) {
    call.setProvisionalResult('USER_NOT_REGISTERED');
    call.appendLog('queue_left', { queue, result: 'empty', reason: 'there is no such queue', waited_ms: 0 });
    return { done: { outcome: 'empty', waitedMs: 0 } };
  }
  const waitMs = options.waitMs ?? settings.maxWaitMs;
  const priority = Math.max(options.priority ?? 0, call.program.callerPriority);
  const visitId = requestVisit(call, options, settings, { waitMs, priority });
  const noted = { ...(label !== undefined && { label }), ...(priority > 0 && { priority }) };
  call.appendLog('queued', { queue, ...noted, max_wait_ms: waitMs });
  call.state.leashAt = null;
  call.state.label = label ?? null;
  call.setProvisionalResult('ABANDONED');
  call.waitBegins(queue);
  const giveUpAt = call.at + waitMs + LONGEST_TALK_S * 1000 + SLACK_MS;
  const busyBeforeMs = once ? Math.min(settings.ringTimeoutMs, waitMs) - MOMENT_MS : 0;
  return { waiting: { visitId, queue, since: call.at, inside: false, giveUpAt, busyBeforeMs } };
}

/** Asks Asterisk to take the caller into the queue. @returns the id of the visit */
function requestVisit(
  call: Call,
  options: QueueOptions,
  settings: QueueSettings,
  { waitMs, priority }: { waitMs: number; priority: number },
): string {
  const { queue, exitKey = null, once = false, shownNumber = null } = options;
  const visitId = call.newId('q');
  const record = mayRecord(call, settings.record);
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
    skip: takeSkipped(call, queue),
  });
  return visitId;
}

/** Removes the handset that transferred the caller from the call's state: it is skipped in one visit only. */
function takeSkipped({ state }: Call, queue: number): { handset: string; seconds: number } | undefined {
  const { transferredBy } = state;
  state.transferredBy = undefined;
  return transferredBy?.queue === queue ? { handset: transferredBy.handset, seconds: TRANSFERRED_SKIP_S } : undefined;
}

/** The prompt that the caller hears before waiting in a queue, if it has one. */
export function joinPrompt(call: Call, queue: number): number | null {
  return call.program.queues[String(queue)]?.joinPrompt ?? null;
}

function reduce(call: Call, queueing: Queueing, event: PlanEvent): VisitOutcome {
  switch (event.type) {
    case 'caller_left':
      return { waiting: { ...queueing, inside: true } };
    case 'reconciled':
      return {
        waiting: { ...queueing, inside: queueing.inside || event.channels[call.state.channelId] === 'elsewhere' },
      };
    case 'queue_joined':
      if (event.queue === queueing.queue && queueing.answered !== true) joined(call, event);
      return { waiting: queueing };
    case 'queue_ringing':
      rings(call, event);
      return { waiting: { ...queueing, ringing: [...ringingBut(queueing, event.handset), event.handset] } };
    case 'queue_ring_over':
      return { waiting: { ...queueing, ringing: ringingBut(queueing, event.handset) } };
    case 'queue_answered':
      return { waiting: event.queue === queueing.queue ? answered(call, queueing, event.handset) : queueing };
    case 'queue_left':
      return event.visitId === queueing.visitId ? { done: left(call, queueing, event.result) } : { waiting: queueing };
    case 'effect_failed':
      return event.effect === 'enqueue'
        ? { done: left(call, queueing, 'FAILED', event.reason) }
        : { waiting: queueing };
    case 'timer':
      return event.name === 'queue' ? { done: left(call, queueing, 'LOST') } : { waiting: queueing };
    default:
      return { waiting: queueing };
  }
}

function ringingBut({ ringing = [] }: Queueing, handset: string): string[] {
  return ringing.filter((name) => name !== handset);
}

function joined(call: Call, { queue: id, position, waiting, joinedAt }: PlanEvent & { type: 'queue_joined' }): void {
  if (call.state.queue !== null) return;
  call.state.queue = { id, name: call.program.queues[String(id)]?.name ?? '', position, waiting, joinedAt };
  call.appendLog('queue_joined', { queue: id, position, waiting });
  call.emit('queue_joined');
}

function rings(call: Call, { queue, handset }: PlanEvent & { type: 'queue_ringing' }): void {
  if (call.state.queue?.id !== queue) return;
  call.appendLog('queue_ringing', { queue, handset });
  call.emit('ringing', { handset });
}

/** @param handset null when it was answered while nobody here could see by whom */
function answered(call: Call, queueing: Queueing, handset: string | null): Queueing {
  if (queueing.answered === true) return queueing;
  const { queue, since } = queueing;
  call.appendLog('queue_answered', { queue, ...(handset !== null && { handset }), waited_ms: call.at - since });
  const agent = handset === null ? null : { handset };
  recordingBegan(call, queueing.visitId, agent);
  call.markAnsweredBy(agent);
  call.leftQueue();
  return { ...queueing, answered: true };
}

/** Asterisk has given the caller back: the lease is renewed again. */
function left(call: Call, queueing: Queueing, result: string, reason?: string): QueueEnd {
  const { queue, since, busyBeforeMs } = queueing;
  const waitedMs = call.at - since;
  const rejected = result === 'TIMEOUT' && waitedMs < busyBeforeMs;
  const outcome = rejected ? 'busy' : (OUTCOMES[result] ?? 'empty');
  call.state.leashAt = nextRenewal(call.at);
  if (outcome === 'answered') answered(call, queueing, null);
  call.waitEnds();
  call.talkEnds();
  if (call.state.pendingRedirect === null) call.setProvisionalResult(RESULTS[outcome]);
  else call.clearResult();
  call.leftQueue();
  call.appendLog('queue_left', { queue, result: outcome, reason: reason ?? result, waited_ms: waitedMs });
  return { outcome, waitedMs };
}

/** The call's result if it ended now. */
const RESULTS: Record<QueueEnd['outcome'], CallResult> = {
  answered: 'SUCCESS',
  timed_out: 'NO_ANSWER',
  empty: 'USER_NOT_REGISTERED',
  full: 'USER_BUSY',
  busy: 'USER_BUSY',
  exited: 'ABANDONED',
  rejected: 'REJECTED',
};

/** By Asterisk's word for it. What is not here is an empty queue in one way or another. */
const OUTCOMES: Partial<Record<string, QueueEnd['outcome']>> = {
  CONTINUE: 'answered',
  TIMEOUT: 'timed_out',
  LOST: 'timed_out',
  FULL: 'full',
  EXITED: 'exited',
  WITHDRAW: 'rejected',
  BUSY: 'busy',
};
