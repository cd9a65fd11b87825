import { flowIdOf } from '../flows/flow.js';
import type { PlanEvent } from './actions/action.js';
import type { Call } from './call.js';
import { blank } from './blank.js';
import type { PlanProgram } from './program.js';
import type { PlanState } from './state.js';
import { LEASH_EVERY_MS, LEASH_S, resultOf } from './steps/ringing.js';

/** Asterisk's own limit on a dialled leg is this much longer than ours, so that ours decides. */
const GUARD_S = 10;

type Requested = PlanEvent & { type: 'call_requested' };

/** A call that we make: its own channel is the leg that we dial first, and its plan begins when that one answers. */
export function requested(event: Requested, program: PlanProgram): PlanState {
  const { channelId, to, party, timeoutMs, at } = event;
  return {
    ...blank(program, at),
    flowId: flowIdOf(channelId),
    channelId,
    phase: 'dialling',
    direction: 'outgoing',
    dialling: { to, deadline: at + timeoutMs, rang: false },
    handset: 'handset' in to ? to.handset : null,
    caller: party,
  };
}

export function startDialling(call: Call, { channelId, to, callerId, timeoutMs, autoAnswer }: Requested): void {
  const timeoutS = Math.ceil(timeoutMs / 1000) + GUARD_S;
  const line = call.program.line.number;
  call.ask({ type: 'dial', legId: channelId, to, line, callerId, timeoutS, originatorId: null, autoAnswer });
  call.note('dial', { to });
  call.came('ABANDONED');
}

/**
 * What an event makes of the leg.
 * @returns `answered`: the plan begins; `over`: nobody answered; undefined: it goes on
 */
export function diallingOn(call: Call, event: PlanEvent): 'answered' | 'over' | undefined {
  const { channelId } = call.state;
  switch (event.type) {
    case 'leg_ringing':
      rings(call);
      return undefined;
    case 'leg_answered':
      return answered(call);
    case 'leg_over':
      return over(call, event.cause, event.reason);
    case 'leg_left':
      return over(call, 'unknown');
    case 'reconciled': {
      const leg = event.channels[channelId];
      if (leg === 'ringing') rings(call);
      if (leg === 'up') return answered(call);
      return leg === undefined || leg === 'elsewhere' ? over(call, 'unknown') : undefined;
    }
    default:
      return undefined;
  }
}

function rings(call: Call): void {
  const { dialling } = call.state;
  if (dialling === null || dialling.rang) return;
  dialling.rang = true;
  call.tell('ringing', dialling.to);
}

function answered(call: Call): 'answered' {
  const { state, at } = call;
  const to = state.dialling?.to ?? null;
  Object.assign(state, { phase: 'running', dialling: null, answeredAt: at, leashAt: at + LEASH_EVERY_MS });
  call.ask({ type: 'leash', channelId: state.channelId, seconds: LEASH_S });
  // Who is called for a handset has not answered yet: only the handset has.
  if (state.handset === null) call.talksWith(to);
  call.note('dial_answered', { to });
  return 'answered';
}

function over(call: Call, cause: string, reason?: string): 'over' {
  call.note('leg_over', { to: call.state.dialling?.to, cause, ...(reason !== undefined && { reason }) });
  call.came(resultOf([cause]));
  return 'over';
}
