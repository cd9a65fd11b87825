import type { Call } from '../../call.js';
import type { QueueVisitResult } from '../../steps/queue-visit.js';
import { shopRequest, type ShopRequestState } from '../../steps/shop-request.js';
import type { BridgeResult } from '../../steps/connection.js';
import { failHandOver, type HandOverOutcome, type HandOverState, type HandOverAction } from './state.js';
import { MINUTE_MS } from '../../../lib/time.js';

/** Limits of one hand-over; they stop a shop that loops. */
const MOST_REQUESTS = 30;
const LONGEST_MS = 10 * MINUTE_MS;

/** Telfa's values for the result of a transfer. */
export const BRIDGE_RESULTS: Record<QueueVisitResult['outcome'], BridgeResult> = {
  answered: 'SUCCESS',
  timed_out: 'NO_ANSWER',
  exited: 'NO_ANSWER',
  rejected: 'NO_ANSWER',
  busy: 'USER_BUSY',
  full: 'USER_BUSY',
  empty: 'USER_NOT_REGISTERED',
};

/** Sends the next request; a hand-over that exceeds its limits fails. */
export function sendRequest(call: Call, action: HandOverAction, state: HandOverState): HandOverOutcome {
  const isTooLong = requestsOf(state) + 1 > MOST_REQUESTS || call.at - state.startedAt > LONGEST_MS;
  if (isTooLong)
    return failHandOver(
      call,
      action,
      state,
      `more than ${MOST_REQUESTS} requests or ${LONGEST_MS / MINUTE_MS} minutes`,
    );
  return { waiting: send(call, action, state, false) };
}

/**
 * Sends the last request: the caller has hung up, or the call was taken out of the hand-over. The request contains the
digits or the talk result of the interrupted activity. Its response is ignored.
 */
export function sendLastRequest(call: Call, action: HandOverAction, state: HandOverState): HandOverState {
  const { doing } = state;
  const digits = doing.type === 'ask' ? doing.asking.digits : state.digits;
  const hasTalked = doing.type === 'queue' && doing.queueing.answered === true;
  const bridgeResult = hasTalked ? BRIDGE_RESULTS.answered : state.bridgeResult;
  return send(call, action, { ...state, digits, bridgeResult }, true);
}

export function requestsOf({ step, requests = step }: HandOverState): number {
  return requests;
}

function send(call: Call, action: HandOverAction, state: HandOverState, last: boolean): HandOverState {
  const step = Math.max(state.step, call.state.handOverStep ?? 0) + 1;
  call.state.handOverStep = step;
  const requesting = startHttpRequest(call, action, state, step, last);
  const doing = { type: 'request' as const, requesting, last, callerGone: last };
  return { ...state, step, requests: requestsOf(state) + 1, fresh: null, doing };
}

function startHttpRequest(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  step: number,
  last: boolean,
): ShopRequestState {
  const { url, profile, filler_prompt, filler_after } = action.hand_over;
  const { contentType, body } = call.contract.request(
    {
      callId: call.state.flowId,
      step,
      callerNumber: call.state.caller.number,
      calledNumber: call.program.line.number,
      country: call.program.country,
      digits: state.digits,
      hangup: last,
      bridgeResult: state.bridgeResult,
      fresh: state.fresh ?? null,
      echo: state.echo,
    },
    call.program.profiles[profile],
  );
  const filler = last || filler_prompt === undefined ? null : { prompt: filler_prompt, afterMs: filler_after };
  return shopRequest.start(call, { url, contentType, body, step, filler });
}
