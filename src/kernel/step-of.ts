import { messageOf } from '../lib/error-message.js';
import { OVER, type Step } from './flow.js';
import type { Effect, FlowEvent, RuntimeEvent } from './event.js';
import type { RunningFlow } from './running-flow.js';

/** What a flow makes of an event. One that it cannot take leaves its state as it is. */
export function stepOf<E extends FlowEvent, F extends Effect>(
  { flow, program, state }: Pick<RunningFlow<E, F>, 'flow' | 'program' | 'state'>,
  event: E | RuntimeEvent,
  onError: (where: string, error: unknown) => void,
): Step<unknown, F> {
  try {
    // The first event of a flow is one of its own.
    if (state === undefined) return flow.begin(program.body, event as E);
    return flow.isOver(state) ? refusedAfterEnd(state) : flow.step(program.body, state, event);
  } catch (error) {
    onError(`flow ${flow.kind}`, error);
    return faulted(state, event, error);
  }
}

/** The flow has ended, but some of its effects are still to be carried out. */
function refusedAfterEnd<S>(state: S): Step<S, never> {
  return { state, effects: [], log: [], refusal: { why: OVER, detail: 'it is over already' } };
}

/** The flow's function has thrown an error. */
function faulted<S>(state: S, event: FlowEvent | RuntimeEvent, error: unknown): Step<S, never> {
  const message = messageOf(error);
  return {
    state,
    effects: [],
    refusal: { why: 'fault', detail: 'the gateway could not carry it out; its log says why' },
    log: [{ at: event.at, kind: 'fault', data: { event: event.type, message } }],
  };
}
