import { actionName, type Action, type ActionName, type ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import type { ActionModule, Transition, ActionOutcome } from './action.js';
import { announce } from './announce.js';
import { actionModules, type ActionState } from './index.js';

/** Carries out an action that never waits. */
type InstantAction<A> = (call: Call, action: A) => Transition;

/** All actions: a missing row in index.ts does not compile. */
type ActionModules = {
  [N in ActionName]: N extends ActionState['type']
    ? ActionModule<ActionOf<N>, Extract<ActionState, { type: N }>, ActionState>
    : InstantAction<ActionOf<N>>;
};

type AnyActionModule = ActionModule<Action, ActionState>;

const modules: ActionModules = actionModules;
const announcing: AnyActionModule = announce(startAction);

export function startAction(call: Call, action: Action): ActionOutcome<ActionState> {
  // The compiler cannot relate the name of an action to the type of its module.
  const code = modules[actionName(action)] as AnyActionModule | InstantAction<Action>;
  return typeof code === 'function' ? { done: code(call, action) } : code.start(call, action);
}

/** The module of the action that waits in this state. */
export function moduleOf(state: ActionState): AnyActionModule {
  return state.type === 'announce' ? announcing : modules[state.type];
}
