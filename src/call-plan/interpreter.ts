import { actionName, type Action } from '../company/plan-schema.js';
import { returnAfterTalk } from './after-talk.js';
import { CONTINUE, type ActionOutcome, type Transition } from './actions/action.js';
import { moduleOf, startAction } from './actions/plan-actions.js';
import { currentAction, stopAction } from './current-action.js';
import { causeAtEndOfPlan, hangUp } from './ending.js';
import type { PlanEvent } from './event.js';
import { continueTalkHere } from './handset-transfer/talk.js';
import { OVERRIDE_PLAN } from './program.js';
import type { ActionState, PlanCall, PlanState } from './state.js';
import { queueVisit } from './steps/queue-visit.js';

/** Limit of jumps between parts in one call: ends a plan that loops. */
const MOST_JUMPS = 100;
/** Limit of actions that one event may run without waiting. */
const MOST_ACTIONS_AT_ONCE = 500;

/**
 * Runs actions until one waits for an event or the plan ends.
 *
 * @param transition how the plan leaves the current action; left out: the plan starts at the innermost frame
 */
export function run(call: PlanCall, transition?: Transition): void {
  let next = transition === undefined ? (currentAction(call) ?? follow(call, CONTINUE)) : follow(call, transition);
  for (let ran = 0; next !== undefined; ran += 1) {
    if (ran === MOST_ACTIONS_AT_ONCE) {
      hangUp(call, 'limit', 'normal');
      return;
    }
    const outcome = begin(call, next);
    if ('waiting' in outcome) {
      call.state.action = outcome.waiting;
      return;
    }
    next = follow(call, outcome.done);
  }
}

/** Forwards an event to the current action, and continues the plan when the action is done. */
export function forward(call: PlanCall, event: PlanEvent): void {
  const { action: state } = call.state;
  const action = currentAction(call);
  if (state === null || action === undefined) return;
  if (call.state.pendingRedirect !== null) {
    awaitRedirect(call, state, call.state.pendingRedirect.actions, event);
    return;
  }
  const outcome = moduleOf(state).on(call, action, state, event);
  if ('waiting' in outcome) {
    call.state.action = outcome.waiting;
    return;
  }
  call.state.action = null;
  if (call.state.phase === 'settling') call.state.phase = 'over';
  else run(call, outcome.done);
}

/** Runs `actions` in place of the rest of the plan. The current action must have been stopped. */
export function redirect(call: PlanCall, actions: Action[]): void {
  const { state } = call;
  state.pendingRedirect = state.action = state.overflowAt = null;
  state.typedAhead = '';
  state.overridePlan = actions;
  state.callStack = [{ list: OVERRIDE_PLAN, index: 0 }];
  run(call);
}

function begin(call: PlanCall, action: Action): ActionOutcome<ActionState> {
  const frame = call.state.callStack.at(-1);
  // The automatic call-back check of every call is not logged; a match is logged by the order search.
  if (!(call.state.overridePlan.length > 0 && 'call_back' in action))
    call.appendLog('action', { action: actionName(action), at: frame && `${frame.list}/${frame.index}` });
  return startAction(call, action);
}

/** Redirects the call as soon as Asterisk has returned the caller from the queue. */
function awaitRedirect(call: PlanCall, state: ActionState, actions: Action[], event: PlanEvent): void {
  const { queueVisit: stay } = moduleOf(state);
  const before = stay?.of(state);
  const visit = before && queueVisit.reduce(call, before, event);
  if (visit !== undefined && 'waiting' in visit) {
    call.state.action = stay?.with(state, visit.waiting) ?? null;
    return;
  }
  // The gateway may have missed the start of the talk.
  const isTalkOver = visit?.done.outcome === 'answered';
  if (before !== undefined && isTalkOver) call.state.action = stay?.with(state, { ...before, answered: true }) ?? null;
  stopAction(call);
  if (call.state.handsetTransfer?.phase.type === 'taking')
    continueTalkHere(call, call.state.handsetTransfer, isTalkOver);
  else redirect(call, actions);
}

/** Moves to the next action. @returns undefined when the plan has ended: then the call is being hung up */
function follow(call: PlanCall, transition: Transition): Action | undefined {
  const { state } = call;
  state.action = null;
  switch (transition.type) {
    case 'hang_up':
      hangUp(call, transition.by, transition.cause);
      return undefined;
    case 'talk_over':
      if (!returnAfterTalk(state)) {
        hangUp(call, transition.by, 'normal');
        return undefined;
      }
      enter(state, 'enqueue/answered');
      break;
    case 'part':
    case 'list':
      state.jumps += 1;
      if (state.jumps > MOST_JUMPS) {
        hangUp(call, 'limit', 'normal');
        return undefined;
      }
      if (transition.type === 'list') state.callStack.push({ list: transition.list, index: 0 });
      else state.callStack = [{ list: `parts/${transition.part}`, index: 0 }];
      break;
    case 'enter':
      enter(state, transition.list);
      break;
    case 'next':
      advance(state);
  }
  const next = unwind(call);
  if (next === undefined) hangUp(call, 'plan', causeAtEndOfPlan(state));
  return next;
}

function enter(state: PlanState, list: string): void {
  const frame = state.callStack.at(-1);
  if (frame) state.callStack.push({ list: `${frame.list}/${frame.index}/${list}`, index: 0 });
}

function advance(state: PlanState): void {
  const frame = state.callStack.at(-1);
  if (frame) frame.index += 1;
}

/** Leaves finished lists. @returns the next action of the first unfinished list */
function unwind(call: PlanCall): Action | undefined {
  const { state } = call;
  while (state.callStack.length > 0) {
    const action = currentAction(call);
    if (action !== undefined) return action;
    state.callStack.pop();
    advance(state);
  }
  return undefined;
}
