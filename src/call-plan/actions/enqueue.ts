import type { Call } from '../call.js';
import { isOpen } from '../../company/opening-hours.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { joinPrompt, queueVisit, type QueueEnd, type Queueing } from '../steps/queueing.js';
import { playback, type Playing } from '../steps/playing.js';
import { announcementDue } from '../steps/recording.js';
import { NOTHING_WATCHED, type Outcome } from '../steps/step.js';
import { enterOr, type ActionModule, type ActionOutcome } from './action.js';
import { startAnnounce, type AnnounceState } from './announce.js';

export type EnqueueState = { type: 'enqueue' } & Doing;

type Doing =
  /** The caller hears the queue's join prompt. */
  | { announcing: Playing; queueing?: never }
  /** The caller waits, or talks. */
  | { queueing: Queueing; announcing?: never };

/** Puts the caller into a queue. The end of a talk ends the call, unless the plan says what follows; else the plan goes on. */
export const enqueue: ActionModule<ActionOf<'enqueue'>, EnqueueState, EnqueueState | AnnounceState> = {
  start(call, action) {
    if (isClosed(call, action)) return { done: enterOr(action.enqueue.closed, 'enqueue/closed') };
    const due = announcementDue(call, call.program.queues[String(action.enqueue.queue)]?.record);
    if (due !== undefined) return startAnnounce(call, due);
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
  asking: () => null,
  gone: () => undefined,
  stop(call, _action, { announcing }) {
    if (announcing !== undefined) playback.stop(call, announcing);
  },
  watched: ({ announcing }) => (announcing === undefined ? NOTHING_WATCHED : playback.watched(announcing)),
  stay: { of: ({ queueing }) => queueing, with: (_state, queueing) => ({ type: 'enqueue', queueing }) },
};

function join(call: Call, action: ActionOf<'enqueue'>): ActionOutcome<EnqueueState> {
  const { queue, timeout: waitMs, exit_key: exitKey, label, priority } = action.enqueue;
  return afterVisit(action, queueVisit.start(call, { queue, waitMs, exitKey, label, priority }));
}

function isClosed(call: Call, { enqueue: { hours } }: ActionOf<'enqueue'>): boolean {
  if (hours === undefined) return false;
  const open = isOpen(hours, call.at, call.program.line.timeZone);
  call.appendLog('hours', { open });
  return !open;
}

function afterVisit({ enqueue }: ActionOf<'enqueue'>, visit: Outcome<Queueing, QueueEnd>): ActionOutcome<EnqueueState> {
  if ('waiting' in visit) return { waiting: { type: 'enqueue', queueing: visit.waiting } };
  // Plans have one word for both.
  const how = visit.done.outcome === 'busy' ? 'empty' : visit.done.outcome;
  if (how === 'answered' && enqueue.answered === undefined)
    return { done: { type: 'hang_up', by: 'handset', cause: 'normal' } };
  return { done: enterOr(enqueue[how], `enqueue/${how}`) };
}
