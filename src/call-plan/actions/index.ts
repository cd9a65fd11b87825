import type { Call } from '../call.js';
import { isOpen } from '../../company/opening-hours.js';
import { actionName, type Action, type ActionName } from '../../company/plan-schema.js';
import type { ActionState } from '../state.js';
import { enterOr, CONTINUE, type ActionModule, type Transition } from './action.js';
import { announce } from './announce.js';
import { callBack } from './call-back.js';
import { collect } from './collect.js';
import { connect } from './connect.js';
import { detectMachine } from './detect-machine.js';
import { enqueue } from './enqueue.js';
import { handOver } from './hand-over/module.js';
import { menu } from './menu.js';
import { orderStatus } from './order-status.js';
import { play } from './play.js';
import { ring } from './ring.js';

/** Carries out an action that waits for nothing. */
type Instantly<A> = (call: Call, action: A) => Transition;

type ActionOf<N extends ActionName> = Extract<Action, Record<N, unknown>>;
type StateOf<N> = Extract<ActionState, { type: N }>;

/** Every action there is: one that is missing here does not compile. */
type Actions = {
  [N in ActionName]: N extends ActionState['type']
    ? ActionModule<ActionOf<N>, StateOf<N>, ActionState>
    : Instantly<ActionOf<N>>;
};

type AnyActionModule = ActionModule<Action, ActionState>;

const actions: Actions = {
  answer(call) {
    call.answer();
    return CONTINUE;
  },
  play,
  menu,
  collect,
  hand_over: handOver,
  hours(call, action) {
    const open = isOpen(action.hours, call.at, call.program.line.timeZone);
    call.appendLog('hours', { open });
    return open ? enterOr(action.hours.open, 'hours/open') : enterOr(action.hours.closed, 'hours/closed');
  },
  go_to_part: (_call, action) => ({ type: 'part', part: action.go_to_part }),
  ring,
  connect,
  order_status: orderStatus,
  call_back: callBack,
  enqueue,
  detect_machine: detectMachine,
  hang_up: ({ state }, action) => ({
    type: 'hang_up',
    by: state.rejected ? 'operator' : 'plan',
    cause: action.hang_up.cause,
  }),
};

const announcing: AnyActionModule = announce(startAction);

export function startAction(call: Call, action: Action): ActionState | Transition {
  // The table has for each action's name the code for that action; the compiler cannot follow the link.
  const code = actions[actionName(action)] as AnyActionModule | Instantly<Action>;
  return typeof code === 'function' ? code(call, action) : code.start(call, action);
}

/** The module of the action that waits in this state. */
export function moduleOf(state: ActionState): AnyActionModule {
  return state.type === 'announce' ? announcing : actions[state.type];
}
