import type { ActionOf } from '../../company/plan-schema.js';
import { pairedOrder, type Finding, type Found } from '../steps/finding.js';
import type { Outcome } from '../steps/step.js';
import { CONTINUE, type ActionModule, type ActionOutcome } from './action.js';

export interface CallBackState {
  type: 'call_back';
  finding: Finding;
}

/** Connects a caller who returns a masked call to the other party of the order; for other callers the plan goes on. */
export const callBack: ActionModule<ActionOf<'call_back'>, CallBackState> = {
  start: (call) => afterLookup(pairedOrder.start(call)),
  on: (call, _action, { finding }, event) => afterLookup(pairedOrder.reduce(call, finding, event)),
  timers: ({ finding }) => pairedOrder.timers(finding),
  asking: ({ finding }) => finding.choosing,
  gone: () => undefined,
  stop: (call, _action, { finding }) => pairedOrder.stop(call, finding),
  watched: ({ finding }) => pairedOrder.watched(finding),
};

function afterLookup(lookup: Outcome<Finding, Found>): ActionOutcome<CallBackState> {
  if ('waiting' in lookup) return { waiting: { type: 'call_back', finding: lookup.waiting } };
  return { done: lookup.done.order === null ? CONTINUE : { type: 'enter', list: 'call_back/found' } };
}
