import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { nextRenewal } from '../../telephony/lease.js';
import { NOTHING_WATCHED } from '../steps/step.js';
import { CONTINUE, type ActionModule, type ActionOutcome } from './action.js';

/** The detection takes seconds, a machine's greeting up to 30 more; beyond this, Asterisk has lost the call. */
const LONGEST_MS = 90_000;

export interface DetectMachineState {
  type: 'detect_machine';
  visitId: string;
  giveUpAt: Instant;
}

/** Detects answering machines while Asterisk has the call. An unknown result counts as a person. */
export const detectMachine: ActionModule<ActionOf<'detect_machine'>, DetectMachineState> = {
  start(call, { detect_machine: { waits } }) {
    const visitId = call.newId('d');
    call.request({ type: 'detect_machine', channelId: call.state.channelId, visitId, waits });
    call.state.leashAt = null;
    return { waiting: { type: 'detect_machine', visitId, giveUpAt: call.at + LONGEST_MS } };
  },
  on(call, _action, state, event) {
    switch (event.type) {
      case 'answerer_known':
        return event.visitId === state.visitId ? finishDetection(call, event.result, event.cause) : { waiting: state };
      case 'effect_failed':
        return event.effect === 'detect_machine' ? finishDetection(call, 'FAILED', event.reason) : { waiting: state };
      case 'timer':
        if (event.name !== 'detect') return { waiting: state };
        call.appendLog('answerer', { is: 'lost' });
        return { done: { type: 'hang_up', by: 'limit', cause: 'normal' } };
      default:
        return { waiting: state };
    }
  },
  timers: ({ giveUpAt }) => ({ detect: giveUpAt }),
  openInput: () => null,
  onCallerGone: () => undefined,
  stop: () => undefined,
  isOutside: true,
  watched: () => NOTHING_WATCHED,
};

/** Asterisk has given the call back: the lease is renewed again. */
function finishDetection(call: Call, result: string, cause: string): ActionOutcome<never> {
  const isMachine = result === 'MACHINE';
  call.state.leashAt = nextRenewal(call.at);
  call.appendLog('answerer', { is: isMachine ? 'machine' : 'person', result, cause });
  return { done: isMachine ? { type: 'enter', list: 'detect_machine/machine' } : CONTINUE };
}
