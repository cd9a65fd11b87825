import type { Call } from '../call.js';
import { isOpen } from '../hours.js';
import type { EnqueueAction } from '../schema.js';
import {
  isQueueing,
  queueingOn,
  queueingTimers,
  startQueueing,
  type QueueEnd,
  type Queueing,
} from '../steps/queueing.js';
import { announcementDue } from '../steps/recording.js';
import { enterOr, type ActionModule, type Leave } from './action.js';
import { startAnnounce, type AnnounceState } from './announce.js';

export interface EnqueueState {
  on: 'enqueue';
  queueing: Queueing;
}

/** Puts the caller into a queue; who has been answered is hung up on, for the others the plan goes on. */
export const enqueue: ActionModule<EnqueueAction, EnqueueState, EnqueueState | AnnounceState> = {
  start(call, action) {
    if (isClosed(call, action)) return enterOr(action.enqueue.closed, 'enqueue/closed');
    const { queue, timeout: waitMs, exit_key: exitKey, label } = action.enqueue;
    const due = announcementDue(call, call.program.queues[String(queue)]?.record);
    if (due !== undefined) return startAnnounce(call, due);
    return outcome(action, startQueueing(call, { queue, waitMs, exitKey, label }));
  },
  on: (call, action, { queueing }, event) => outcome(action, queueingOn(call, queueing, event)),
  timers: ({ queueing }) => queueingTimers(queueing),
  hears: () => false,
  gone: () => undefined,
  watched: () => ({ channels: [], playbacks: [] }),
  stop: () => undefined,
  stay: { of: ({ queueing }) => queueing, with: (state, queueing) => ({ ...state, queueing }) },
};

function isClosed(call: Call, { enqueue: { hours } }: EnqueueAction): boolean {
  if (hours === undefined) return false;
  const open = isOpen(hours, call.at, call.program.line.timeZone);
  call.note('hours', { open });
  return !open;
}

function outcome({ enqueue }: EnqueueAction, queueing: Queueing | QueueEnd): EnqueueState | Leave {
  if (isQueueing(queueing)) return { on: 'enqueue', queueing };
  const how = queueing.outcome === 'busy' ? 'timed_out' : queueing.outcome;
  if (how === 'answered' && enqueue.answered === undefined) return { leave: 'hang_up', by: 'handset', cause: 'normal' };
  return enterOr(enqueue[how], `enqueue/${how}`);
}
