import type { Action } from '../company/plan-schema.js';
import { moduleOf } from './actions/plan-actions.js';
import { listAt } from './program.js';
import type { PlanCall, PlanState } from './state.js';
import type { Queueing } from './steps/queueing.js';

/** The plan's action at the innermost frame; undefined when the list has no more. */
export function currentAction({ state, program }: PlanCall): Action | undefined {
  const frame = state.callStack.at(-1);
  return frame && listAt(program, frame.list, state.overridePlan)[frame.index];
}

/** The caller's visit to a queue of Asterisk. */
export function queueVisitOf({ phase, action }: PlanState): Queueing | undefined {
  return phase === 'running' && action !== null ? moduleOf(action).stay?.of(action) : undefined;
}

/** True while Asterisk detects whether a machine has answered. Until it reports, such a call can only be ended. */
export function isDetecting({ phase, action }: PlanState): boolean {
  return phase === 'running' && action !== null && moduleOf(action).isOutside === true;
}

/** True while the call's own channel is in Asterisk's dialplan and comes back by itself. */
export function isOutside(state: PlanState): boolean {
  return queueVisitOf(state) !== undefined || isDetecting(state);
}

/** Ends what the current action does. A caller in a queue must be back from it first. */
export function stopAction(call: PlanCall): void {
  const { action: state } = call.state;
  const action = currentAction(call);
  if (state !== null && action !== undefined) moduleOf(state).stop(call, action, state);
}
