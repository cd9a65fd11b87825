import { messageOf } from '../lib/error-message.js';
import { OVER, type Step } from './flow.js';
import type { FlowEvent, RuntimeEvent } from './event.js';

/** What the runtime makes of an event that a flow cannot take: the flow's state stays as it is. */

/** The flow has ended, but some of its effects are still to be carried out. */
export function refusedAfterEnd<S>(state: S): Step<S, never> {
  return { state, effects: [], log: [], refusal: { why: OVER, detail: 'it is over already' } };
}

/** The flow's function has thrown an error. */
export function faulted<S>(state: S, event: FlowEvent | RuntimeEvent, error: unknown): Step<S, never> {
  const message = messageOf(error);
  return {
    state,
    effects: [],
    refusal: { why: 'fault', detail: 'the gateway could not carry it out; its log says why' },
    log: [{ at: event.at, kind: 'fault', data: { event: event.type, message } }],
  };
}
