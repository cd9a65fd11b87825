import type { DialTarget } from '../telephony/telephony.js';
import { causeFor } from '../telephony/leg-failure.js';
import type { Call } from './call.js';
import { initialState } from './initial-state.js';
import type { PlanProgram } from './program.js';
import { isRefusal, LEASH_EVERY_MS, LEASH_S, resultOf } from './steps/ringing.js';
import { flowIdOf } from '../kernel/ids.js';
import type { PlanEvent } from './event.js';
import type { PlanState } from './state.js';

/** Asterisk's own limit on a dialled leg is this much longer than ours, so that ours decides. */
const GUARD_S = 10;

type CallRequestedEvent = PlanEvent & { type: 'call_requested' };

/** A call that we make: its own channel is the leg that we dial first, and its plan begins when that one answers. */
export function requestedState(event: CallRequestedEvent, program: PlanProgram): PlanState {
  const { channelId, to, rival, forHandset = null, party, timeoutMs, at } = event;
  return {
    ...initialState(program, at),
    flowId: flowIdOf(channelId),
    channelId,
    phase: 'dialling',
    direction: 'outgoing',
    dialling: { to, deadline: at + timeoutMs, rang: false, rival },
    handset: 'handset' in to ? to.handset : forHandset,
    caller: party,
  };
}

export function startDialling(call: Call, event: CallRequestedEvent): void {
  const { channelId, to, rival, callerId, timeoutMs, autoAnswer } = event;
  const timeoutS = Math.ceil(timeoutMs / 1000) + GUARD_S;
  const line = call.program.line.number;
  call.request({ type: 'dial', legId: channelId, to, line, callerId, timeoutS, originatorId: null, autoAnswer });
  call.appendLog('dial', { to });
  if (rival !== undefined) {
    // Of a number that is called the network is shown the line's, as always.
    const leg = { legId: rival.legId, to: rival.to, callerId: null };
    call.request({ type: 'dial', ...leg, line, timeoutS, originatorId: null });
    call.appendLog('dial', { to: rival.to });
  }
  if (call.state.handset === null) call.waitBegins(null);
  call.setProvisionalResult('ABANDONED');
}

/** The rival's leg is the call's own from now on. */
function promoteRival({ state }: Call): void {
  const { dialling } = state;
  if (dialling?.rival === undefined) return;
  state.channelId = dialling.rival.legId;
  Object.assign(dialling, { to: dialling.rival.to, rival: undefined });
}

/** What an event makes of the other leg that is called at the same time. */
export function onRivalEvent(call: Call, event: PlanEvent): 'answered' | undefined {
  const { dialling, channelId } = call.state;
  if (dialling?.rival === undefined) return undefined;
  switch (event.type) {
    case 'leg_ringing':
      markRinging(call, dialling.rival.to);
      return undefined;
    case 'leg_answered':
      call.request({ type: 'hang_up', channelId, cause: 'normal' });
      promoteRival(call);
      return markAnswered(call);
    case 'leg_over':
    case 'leg_left':
      call.appendLog('leg_over', {
        to: dialling.rival.to,
        cause: event.type === 'leg_over' ? causeFor(dialling.rival.to, event.cause) : 'unknown',
      });
      dialling.rival = undefined;
      return undefined;
    default:
      return undefined;
  }
}

/**
 * What an event makes of the leg.
 * @returns `answered`: the plan begins; `over`: nobody answered; undefined: it goes on
 */
export function onDialEvent(call: Call, event: PlanEvent): 'answered' | 'over' | undefined {
  const { channelId } = call.state;
  switch (event.type) {
    case 'leg_ringing':
      markRinging(call);
      return undefined;
    case 'leg_answered':
      return markAnswered(call);
    case 'leg_over':
      return onLegOver(call, causeFor(call.state.dialling?.to, event.cause), event.reason);
    case 'leg_left':
      return onLegOver(call, 'unknown');
    case 'reconciled': {
      const rival = call.state.dialling?.rival;
      const stands = rival && event.channels[rival.legId];
      if (stands === 'up' && event.channels[channelId] !== 'up')
        return onRivalEvent(call, { type: 'leg_answered', at: event.at, legId: rival?.legId ?? '' });
      if (call.state.dialling && (stands === undefined || stands === 'elsewhere'))
        call.state.dialling.rival = undefined;
      const leg = event.channels[channelId];
      if (leg === 'ringing') markRinging(call);
      if (leg === 'up') return markAnswered(call);
      return leg === undefined || leg === 'elsewhere' ? onLegOver(call, 'unknown') : undefined;
    }
    default:
      return undefined;
  }
}

function markRinging(call: Call, who: DialTarget | undefined = call.state.dialling?.to): void {
  const { dialling } = call.state;
  if (dialling === null || who === undefined || dialling.rang) return;
  dialling.rang = true;
  call.emit('ringing', who);
}

function markAnswered(call: Call): 'answered' {
  const { state, at } = call;
  const to = state.dialling?.to ?? null;
  hangUpRival(call);
  Object.assign(state, { phase: 'running', dialling: null, answeredAt: at, leashAt: at + LEASH_EVERY_MS });
  call.request({ type: 'leash', channelId: state.channelId, seconds: LEASH_S });
  // Who is called for a handset has not answered yet: only the handset has.
  if (state.handset === null) call.markAnsweredBy(to);
  call.appendLog('dial_answered', { to });
  return 'answered';
}

/** Whoever else is called is called no more. */
export function hangUpRival(call: Call): void {
  const { dialling } = call.state;
  if (dialling?.rival === undefined) return;
  call.request({ type: 'hang_up', channelId: dialling.rival.legId, cause: 'normal' });
  dialling.rival = undefined;
}

function onLegOver(call: Call, cause: string, reason?: string): 'over' | undefined {
  call.appendLog('leg_over', { to: call.state.dialling?.to, cause, ...(reason !== undefined && { reason }) });
  if (call.state.dialling?.rival !== undefined) {
    promoteRival(call);
    return undefined;
  }
  if (isRefusal(cause)) call.isRefused(reason ?? cause);
  call.setProvisionalResult(resultOf([cause]));
  return 'over';
}
