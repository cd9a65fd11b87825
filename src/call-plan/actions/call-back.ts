import type { ActionOf } from '../../company/plan-schema.js';
import {
  findingOn,
  findingPlaybacks,
  findingTimers,
  isFinding,
  startFinding,
  stopFinding,
  type Finding,
  type Found,
} from '../steps/finding.js';
import { CONTINUE, type ActionModule, type Transition } from './action.js';

export interface CallBackState {
  type: 'call_back';
  finding: Finding;
}

/** Connects somebody who calls back the number that the other one of an order was shown; for anybody else the plan goes on. */
export const callBack: ActionModule<ActionOf<'call_back'>, CallBackState> = {
  start: (call) => outcome(startFinding(call, 'pair')),
  on: (call, _action, { finding }, event) => outcome(findingOn(call, finding, 'pair', event)),
  timers: ({ finding }) => findingTimers(finding),
  asking: ({ finding }) => finding.choosing,
  gone: () => undefined,
  stop: (call, _action, { finding }) => stopFinding(call, finding),
  watched: ({ finding }) => ({ channels: [], playbacks: findingPlaybacks(finding) }),
};

function outcome(finding: Finding | Found): CallBackState | Transition {
  if (isFinding(finding)) return { type: 'call_back', finding };
  return finding.order === null ? CONTINUE : { type: 'enter', list: 'call_back/found' };
}
