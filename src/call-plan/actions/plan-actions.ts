import { actionName, type Action, type ActionName, type ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import type { ActionModule, Transition, ActionOutcome } from './action.js';
import { announce } from './announce.js';
import { actionModules, type ActionState } from './index.js';

/** Carries out an action that waits for nothing. */
type Instantly<A> = (call: Call, action: A) => Transition;

/** Every action there is: one that is missing in index.ts does not compile. */
type ActionModules = {
  [N in ActionName]: N extends ActionState['type']
    ? ActionModule<ActionOf<N>, Extract<ActionState, { type: N }>, ActionState>
    : Instantly<ActionOf<N>>;
};

type AnyActionModule = ActionModule<Action, ActionState>;

const modules: ActionModules = actionModules;
const announcing: AnyActionModule = announce(startAction);

export function startAction(call: Call, action: Action): ActionOutcome<ActionState> {
  // The table has for each action's name the code for that action; the compiler cannot follow the link.
  const code = modules[actionName(action)] as AnyActionModule | Instantly<Action>;
  return typeof code === 'function' ? { done: code(call, action) } : code.start(call, action);
}

/** The module of the action that waits in this state. */
export function moduleOf(state: ActionState): AnyActionModule {
  return state.type === 'announce' ? announcing : modules[state.type];
}
