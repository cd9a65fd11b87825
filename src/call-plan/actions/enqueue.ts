import type { Call } from '../call.js';
import { isOpen } from '../../company/opening-hours.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { joinPrompt, queueVisit, type QueueVisitResult, type QueueVisitState } from '../steps/queue-visit.js';
import { playback, type PlaybackState } from '../steps/playback.js';
import { announcementDue } from '../steps/recording.js';
import { NOTHING_WATCHED, type Outcome } from '../steps/step.js';
import { enterOr, type ActionModule, type ActionOutcome } from './action.js';
import { announceRecording, type AnnounceState } from './announce.js';

export type EnqueueState = { type: 'enqueue' } & EnqueueActivity;

type EnqueueActivity =
  /** The caller hears the queue's join prompt. */
  | { announcing: PlaybackState; queueing?: never }
  /** The caller waits or talks. */
  | { queueing: QueueVisitState; announcing?: never };

/**
 * Puts the caller into a queue. The end of a talk ends the call, unless the plan has `answered` actions. Without a
 * talk the plan continues.
 */
export const enqueue: ActionModule<ActionOf<'enqueue'>, EnqueueState, EnqueueState | AnnounceState> = {
  start(call, action) {
    if (isClosed(call, action)) return { done: enterOr(action.enqueue.closed, 'enqueue/closed') };
    const due = announcementDue(call, call.program.queues[String(action.enqueue.queue)]?.record);
    if (due !== undefined) return announceRecording(call, due);
    const prompt = joinPrompt(call, action.enqueue.queue);
    if (prompt === null) return join(call, action);
    return { waiting: { type: 'enqueue', announcing: playback.start(call, [prompt]) } };
  },
  on(call, action, state, event) {
    if (state.announcing === undefined) return afterVisit(action, queueVisit.reduce(call, state.queueing, event));
    const outcome = playback.reduce(call, state.announcing, event);
    return 'waiting' in outcome ? { waiting: { type: 'enqueue', announcing: outcome.waiting } } : join(call, action);
  },
  timers: ({ announcing, queueing }) =>
    announcing === undefined ? queueVisit.timers(queueing) : playback.timers(announcing),
  openInput: () => null,
  onCallerGone: () => undefined,
  stop(call, _action, { announcing }) {
    if (announcing !== undefined) playback.stop(call, announcing);
  },
  watched: ({ announcing }) => (announcing === undefined ? NOTHING_WATCHED : playback.watched(announcing)),
  queueVisit: { of: ({ queueing }) => queueing, with: (_state, queueing) => ({ type: 'enqueue', queueing }) },
};

function join(call: Call, action: ActionOf<'enqueue'>): ActionOutcome<EnqueueState> {
  const { queue, timeout: waitMs, exit_key: exitKey, label, priority } = action.enqueue;
  return afterVisit(action, queueVisit.start(call, { queue, waitMs, exitKey, label, priority }));
}

function isClosed(call: Call, { enqueue: { hours } }: ActionOf<'enqueue'>): boolean {
  if (hours === undefined) return false;
  const open = isOpen(hours, call.at, call.program.line.timeZone, call.program.publicHolidays);
  call.appendLog('hours', { open });
  return !open;
}

function afterVisit(
  { enqueue }: ActionOf<'enqueue'>,
  visit: Outcome<QueueVisitState, QueueVisitResult>,
): ActionOutcome<EnqueueState> {
  if ('waiting' in visit) return { waiting: { type: 'enqueue', queueing: visit.waiting } };
  // Plans treat a busy queue as an empty one.
  const how = visit.done.outcome === 'busy' ? 'empty' : visit.done.outcome;
  if (how === 'answered' && enqueue.answered === undefined) return { done: { type: 'talk_over', by: 'handset' } };
  return { done: enterOr(enqueue[how], `enqueue/${how}`) };
}
