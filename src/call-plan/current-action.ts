import type { Action } from '../company/plan-schema.js';
import { moduleOf } from './actions/plan-actions.js';
import { listAt } from './program.js';
import type { PlanCall, PlanState } from './state.js';
import type { QueueVisitState } from './steps/queue-visit.js';

/** The plan's action at the innermost frame; undefined at the end of the list. */
export function currentAction({ state, program }: PlanCall): Action | undefined {
  const frame = state.callStack.at(-1);
  return frame && listAt(program, frame.list, state.overridePlan)[frame.index];
}

/** The caller's visit to an Asterisk queue. */
export function queueVisitOf({ phase, action }: PlanState): QueueVisitState | undefined {
  return phase === 'running' && action !== null ? moduleOf(action).queueVisit?.of(action) : undefined;
}

/** True during answering machine detection. Until Asterisk reports, such a call can only be ended. */
export function isDetecting({ phase, action }: PlanState): boolean {
  return phase === 'running' && action !== null && moduleOf(action).isOutside === true;
}

/** True while the call's own channel is in Asterisk's dialplan and returns automatically. */
export function isOutside(state: PlanState): boolean {
  return queueVisitOf(state) !== undefined || isDetecting(state);
}

/** Stops the current action. A caller in a queue must have returned from it first. */
export function stopAction(call: PlanCall): void {
  const { action: state } = call.state;
  const action = currentAction(call);
  if (state !== null && action !== undefined) moduleOf(state).stop(call, action, state);
}
