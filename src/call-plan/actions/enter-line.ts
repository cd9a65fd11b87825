import type { ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import { NOTHING_WATCHED } from '../steps/step.js';
import { CONTINUE, type ActionModule, type Transition } from './action.js';

export interface EnterLineState {
  type: 'enter_line';
  effectId: string;
}

/** Asks for the plan of another line, which replaces this one: see call-plan/enter-line.ts. */
export const enterLine: ActionModule<ActionOf<'enter_line'>, EnterLineState> = {
  start(call, { enter_line: { line } }) {
    const effectId = call.request({ type: 'find_line', line, caller: call.state.caller.number });
    return { waiting: { type: 'enter_line', effectId } };
  },
  on: (call, _action, state, event) =>
    event.type === 'effect_failed' && event.effectId === state.effectId
      ? { done: giveUpLine(call) }
      : { waiting: state },
  timers: () => ({}),
  openInput: () => null,
  onCallerGone: () => undefined,
  stop: () => undefined,
  watched: () => NOTHING_WATCHED,
};

/** There is no such line any more: the plan continues, and rings the party that has transferred. */
export function giveUpLine(call: Call): Transition {
  call.appendLog('transfer_refused', { reason: 'there is no such line any more' });
  return CONTINUE;
}
