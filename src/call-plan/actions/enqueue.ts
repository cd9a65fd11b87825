import type { Call } from '../call.js';
import { isOpen } from '../../company/opening-hours.js';
import type { ActionOf } from '../../company/plan-schema.js';
import {
  isQueueing,
  joinPrompt,
  queueingOn,
  queueingTimers,
  startQueueing,
  type QueueEnd,
  type Queueing,
} from '../steps/queueing.js';
import { isPlaying, playingOn, startPlaying, stopPlaying, type Playing } from '../steps/playing.js';
import { announcementDue } from '../steps/recording.js';
import { enterOr, type ActionModule, type Transition } from './action.js';
import { startAnnounce, type AnnounceState } from './announce.js';

export type EnqueueState = { type: 'enqueue' } & Doing;

type Doing =
  /** The caller hears the queue's join prompt. */
  | { announcing: Playing; queueing?: never }
  /** The caller waits, or talks. */
  | { queueing: Queueing; announcing?: never };

/** Puts the caller into a queue; who has been answered is hung up on, for the others the plan goes on. */
export const enqueue: ActionModule<ActionOf<'enqueue'>, EnqueueState, EnqueueState | AnnounceState> = {
  start(call, action) {
    if (isClosed(call, action)) return enterOr(action.enqueue.closed, 'enqueue/closed');
    const due = announcementDue(call, call.program.queues[String(action.enqueue.queue)]?.record);
    if (due !== undefined) return startAnnounce(call, due);
    const prompt = joinPrompt(call, action.enqueue.queue);
    return prompt === null ? join(call, action) : { type: 'enqueue', announcing: startPlaying(call, [prompt]) };
  },
  on(call, action, state, event) {
    if (state.announcing === undefined) return outcome(action, queueingOn(call, state.queueing, event));
    const announcing = playingOn(call, state.announcing, event);
    return isPlaying(announcing) ? { type: 'enqueue', announcing } : join(call, action);
  },
  timers: ({ announcing, queueing }) =>
    announcing === undefined ? queueingTimers(queueing) : { play: announcing.giveUpAt },
  asking: () => null,
  gone: () => undefined,
  stop(call, _action, { announcing }) {
    if (announcing !== undefined) stopPlaying(call, announcing);
  },
  watched: ({ announcing }) => ({ channels: [], playbacks: announcing === undefined ? [] : [announcing.playbackId] }),
  stay: { of: ({ queueing }) => queueing, with: (_state, queueing) => ({ type: 'enqueue', queueing }) },
};

function join(call: Call, action: ActionOf<'enqueue'>): EnqueueState | Transition {
  const { queue, timeout: waitMs, exit_key: exitKey, label, priority } = action.enqueue;
  return outcome(action, startQueueing(call, { queue, waitMs, exitKey, label, priority }));
}

function isClosed(call: Call, { enqueue: { hours } }: ActionOf<'enqueue'>): boolean {
  if (hours === undefined) return false;
  const open = isOpen(hours, call.at, call.program.line.timeZone);
  call.appendLog('hours', { open });
  return !open;
}

function outcome({ enqueue }: ActionOf<'enqueue'>, queueing: Queueing | QueueEnd): EnqueueState | Transition {
  if (isQueueing(queueing)) return { type: 'enqueue', queueing };
  // Plans have one word for both.
  const how = queueing.outcome === 'busy' ? 'empty' : queueing.outcome;
  if (how === 'answered' && enqueue.answered === undefined) return { type: 'hang_up', by: 'handset', cause: 'normal' };
  return enterOr(enqueue[how], `enqueue/${how}`);
}
