import type { ActionOf } from '../../company/plan-schema.js';
import { pairedOrderSearch, type OrderSearchState, type OrderSearchResult } from '../steps/order-search.js';
import type { Outcome } from '../steps/step.js';
import { CONTINUE, type ActionModule, type ActionOutcome } from './action.js';

export interface CallBackState {
  type: 'call_back';
  finding: OrderSearchState;
}

/**
 * Connects a caller who returns a masked call to the other party of the order; for other callers the plan continues.
 */
export const callBack: ActionModule<ActionOf<'call_back'>, CallBackState> = {
  start: (call) => afterLookup(pairedOrderSearch.start(call)),
  on: (call, _action, { finding }, event) => afterLookup(pairedOrderSearch.reduce(call, finding, event)),
  timers: ({ finding }) => pairedOrderSearch.timers(finding),
  openInput: ({ finding }) => finding.choosing,
  onCallerGone: () => undefined,
  stop: (call, _action, { finding }) => pairedOrderSearch.stop(call, finding),
  watched: ({ finding }) => pairedOrderSearch.watched(finding),
};

function afterLookup(lookup: Outcome<OrderSearchState, OrderSearchResult>): ActionOutcome<CallBackState> {
  if ('waiting' in lookup) return { waiting: { type: 'call_back', finding: lookup.waiting } };
  return { done: lookup.done.order === null ? CONTINUE : { type: 'enter', list: 'call_back/found' } };
}
