import { planSchema } from '../company/plan-schema.js';
import { flowIdOf } from '../kernel/ids.js';
import type { PlanEvent } from './event.js';
import { initialCallState } from './initial-state.js';
import { entryOf, OVERRIDE_PLAN, type PlanProgram } from './program.js';
import type { PlanState } from './state.js';
import { nextRenewal } from '../telephony/lease.js';

const CALL_BACK = planSchema.parse(['call_back']);

/** The state of a call that has just come in. */
export function arrivedCallState(event: PlanEvent & { type: 'call_arrived' }, program: PlanProgram): PlanState {
  const { channelId, caller, codec, forHandset = null, at } = event;
  const arrived: PlanState = {
    ...initialCallState(program, at),
    flowId: flowIdOf(channelId),
    channelId,
    phase: 'running',
    direction: forHandset === null ? 'incoming' : 'outgoing',
    handset: forHandset,
    caller,
    codec,
    leashAt: nextRenewal(at),
  };
  return program.callBack === true ? { ...arrived, ...callBackFirst(program) } : arrived;
}

/** Runs `call_back` before the plan's first action. */
function callBackFirst(program: PlanProgram): Pick<PlanState, 'overridePlan' | 'callStack'> {
  return {
    overridePlan: CALL_BACK,
    callStack: [
      { list: entryOf(program), index: -1 },
      { list: OVERRIDE_PLAN, index: 0 },
    ],
  };
}
