import type { DialTarget } from '../telephony/telephony.js';
import { causeFor } from '../telephony/leg-failure.js';
import type { Call } from './call.js';
import { initialCallState } from './initial-state.js';
import type { PlanProgram } from './program.js';
import { isDialRefusal, unansweredResult } from './steps/connection.js';
import { dialLeg, legChange } from '../telephony/leg.js';
import { renewLeases } from '../telephony/lease.js';
import { flowIdOf } from '../kernel/ids.js';
import type { PlanEvent } from './event.js';
import type { PlanState } from './state.js';

type CallRequestedEvent = PlanEvent & { type: 'call_requested' };

/**
 * The state of an outgoing call: its own channel is the first dialled leg, and its plan starts when that leg answers.
 */
export function requestedCallState(event: CallRequestedEvent, program: PlanProgram): PlanState {
  const { channelId, to, rival, forHandset = null, party, timeoutMs, at } = event;
  return {
    ...initialCallState(program, at),
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
  const { channelId, to, rival, callerId, timeoutMs, autoAnswer, trunk } = event;
  const shared = { line: call.program.line.number, ringMs: timeoutMs, originatorId: null };
  dialLeg(call, { ...shared, legId: channelId, to, callerId, autoAnswer, trunk });
  call.appendLog('dial', { to });
  if (rival !== undefined) {
    // An outside number always sees the line's caller ID.
    dialLeg(call, { ...shared, legId: rival.legId, to: rival.to, callerId: null });
    call.appendLog('dial', { to: rival.to });
  }
  if (call.state.handset === null) call.startWait(null);
  call.setProvisionalResult('ABANDONED');
}

/** Makes the rival's leg the call's own channel. */
function promoteRival({ state }: Call): void {
  const { dialling } = state;
  if (dialling?.rival === undefined) return;
  state.channelId = dialling.rival.legId;
  Object.assign(dialling, { to: dialling.rival.to, rival: undefined });
}

/** Applies an event to the rival: the leg that rings at the same time. */
export function onRivalEvent(call: Call, event: PlanEvent): 'answered' | undefined {
  const { dialling, channelId } = call.state;
  const rival = dialling?.rival;
  const change = rival && legChange(rival.legId, event);
  switch (change?.type) {
    case 'ringing':
      markRinging(call, rival?.to);
      return undefined;
    case 'answered':
      call.request({ type: 'hang_up', channelId, cause: 'normal' });
      promoteRival(call);
      return markAnswered(call);
    case 'over':
      removeRival(call, causeFor(rival?.to, change.cause));
      return undefined;
    case 'left':
      removeRival(call, 'unknown');
      return undefined;
    case 'dialling':
    case undefined:
      return undefined;
  }
}

/**
 * Applies an event to the leg.
 * @returns `answered`: the plan starts; `over`: no leg has answered; undefined: still dialling
 */
export function onDialEvent(call: Call, event: PlanEvent): 'answered' | 'over' | undefined {
  if (event.type === 'reconciled' && onRivalReconciled(call, event) === 'answered') return 'answered';
  const change = legChange(call.state.channelId, event);
  switch (change?.type) {
    case 'ringing':
      markRinging(call);
      return undefined;
    case 'answered':
      return markAnswered(call);
    case 'over':
      return onLegOver(call, causeFor(call.state.dialling?.to, change.cause), change.reason);
    case 'left':
      return onLegOver(call, 'unknown');
    case 'dialling':
    case undefined:
      return undefined;
  }
}

/** Reconciles the rival. If both legs were answered while the gateway was down, the call's own leg takes the call. */
function onRivalReconciled(call: Call, event: PlanEvent & { type: 'reconciled' }): 'answered' | undefined {
  const { dialling, channelId } = call.state;
  const change = dialling?.rival && legChange(dialling.rival.legId, event);
  if (change?.type === 'answered' && event.channels[channelId] !== 'up') return onRivalEvent(call, event);
  if (change?.type === 'ringing' && event.channels[channelId] !== 'ringing') return onRivalEvent(call, event);
  if (dialling && change?.type === 'over') dialling.rival = undefined;
  return undefined;
}

function removeRival(call: Call, cause: string): void {
  const { dialling } = call.state;
  if (dialling?.rival === undefined) return;
  call.appendLog('leg_over', { to: dialling.rival.to, cause });
  dialling.rival = undefined;
}

function markRinging(call: Call, target: DialTarget | undefined = call.state.dialling?.to): void {
  const { dialling } = call.state;
  if (dialling === null || target === undefined || dialling.rang) return;
  dialling.rang = true;
  call.emit('ringing', target);
}

function markAnswered(call: Call): 'answered' {
  const { state, at } = call;
  const to = state.dialling?.to ?? null;
  hangUpRival(call);
  Object.assign(state, { phase: 'running', dialling: null, answeredAt: at });
  renewLeases(call, [state.channelId]);
  // In a call that a handset makes, the handset has answered, the called number has not.
  if (state.handset === null) call.markAnsweredBy(to);
  call.appendLog('dial_answered', { to });
  return 'answered';
}

/** Hangs up the rival, if there is one. */
export function hangUpRival(call: Call): void {
  const { dialling } = call.state;
  if (dialling?.rival === undefined) return;
  call.request({ type: 'hang_up', channelId: dialling.rival.legId, cause: 'normal' });
  dialling.rival = undefined;
}

function onLegOver(call: Call, cause: string, reason?: string): 'over' | undefined {
  call.appendLog('leg_over', { to: call.state.dialling?.to, cause, reason });
  if (call.state.dialling?.rival !== undefined) {
    promoteRival(call);
    return undefined;
  }
  if (isDialRefusal(cause)) call.setRefusal(reason ?? cause);
  call.setProvisionalResult(unansweredResult([cause]));
  return 'over';
}
