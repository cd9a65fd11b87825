import { keepAfterTalk } from '../after-talk.js';
import { connectionOf } from '../call-snapshot.js';
import { queueVisitOf } from '../current-action.js';
import type { PlanEvent } from '../event.js';
import { WITHDRAW_TIMEOUT_MS } from '../redirect.js';
import type { PlanCall } from '../state.js';
import { talkingLeg } from '../steps/connection.js';
import { addToCode } from './codes.js';
import { proceedToTarget } from './dialling.js';
import type { HandsetTransfer, Operator } from './state.js';
import { holdTalk, makeOtherPartyOwn } from './talk.js';

/** A transfer that has not begun. */
type NewTransfer = Omit<HandsetTransfer, 'phase'>;

/** Begins a transfer when the handset in the talk has pressed a whole code. @returns true when it has */
export function beginTransfer(call: PlanCall, event: PlanEvent): boolean {
  if (!mayBegin(call)) return false;
  const pressed = keyOfOperator(call, event);
  const kind = pressed === undefined ? undefined : addToCode(call, pressed.key);
  if (pressed === undefined || kind === undefined) return event.type === 'talk_digit';
  const { operator } = pressed;
  call.appendLog('transfer_code', { kind, handset: operator.handset });
  if (event.type === 'talk_digit') takeTalk(call, { kind, operator });
  else holdHere(call, { kind, operator });
  return true;
}

/** Begins a blind transfer to what the phone's transfer key has named, or refuses it. Off where the code for it is off. */
export function beginKeyedTransfer(call: PlanCall, event: PlanEvent & { type: 'transfer_key' }): true {
  const operator = operatorWithKey(call, event);
  const isOn = call.program.transferCodes?.blind !== undefined;
  if (operator === undefined || !isOn || call.state.handsetTransfer !== undefined || !mayBegin(call)) {
    call.appendLog('transfer_refused', { reason: 'not_now' });
    call.request({ type: 'answer_transfer', channelId: event.partyId, isAccepted: false });
    return true;
  }
  call.appendLog('transfer_key', { handset: operator.handset });
  const transfer = { kind: 'blind' as const, operator, keyedTarget: event.to ?? '' };
  if (queueVisitOf(call.state) === undefined) holdHere(call, transfer);
  else takeTalk(call, transfer);
  return true;
}

function operatorWithKey(
  call: PlanCall,
  { partyId, handset }: PlanEvent & { type: 'transfer_key' },
): Operator | undefined {
  const visit = queueVisitOf(call.state);
  if (visit !== undefined)
    return visit.answered === true && handsetOf(call.state.agent) === handset ? { id: partyId, handset } : undefined;
  const operator = operatorHere(call);
  return operator?.id === partyId ? operator : undefined;
}

/** Begins a transfer by a command. @returns false when the handset does not talk in this call */
export function beginCommandedTransfer(call: PlanCall, handset: string, more: Omit<NewTransfer, 'operator'>): boolean {
  if (!mayBegin(call)) return false;
  const { state } = call;
  const visit = queueVisitOf(state);
  if (visit !== undefined) {
    if (visit.answered !== true || handsetOf(state.agent) !== handset) return false;
    const effectId = call.request({ type: 'find_party', channelId: state.channelId, handset });
    state.handsetTransfer = { ...more, operator: { id: '', handset }, phase: { type: 'locating', effectId } };
    return true;
  }
  const operator = operatorHere(call);
  if (operator?.handset !== handset) return false;
  holdHere(call, { ...more, operator });
  return true;
}

/** Takes both parties of a talk out of the queue. */
export function takeTalk(call: PlanCall, transfer: NewTransfer): void {
  const { state, at } = call;
  const visit = queueVisitOf(state);
  if (visit === undefined) return;
  const until = at + WITHDRAW_TIMEOUT_MS;
  const partyId = transfer.operator.id;
  keepAfterTalk(call);
  call.request({ type: 'take_talk', channelId: state.channelId, visitId: visit.visitId, partyId });
  state.pendingRedirect = { actions: [], by: until };
  state.handsetTransfer = { ...transfer, phase: { type: 'taking', hasOperator: false, until } };
}

function mayBegin({ state }: PlanCall): boolean {
  return state.phase === 'running' && state.pendingRedirect === null && state.pendingEnd === undefined;
}

/** A key that the company's party in the talk has pressed; undefined for other events, and when that party is no handset. */
function keyOfOperator(call: PlanCall, event: PlanEvent): { key: string; operator: Operator } | undefined {
  const { state } = call;
  if (event.type === 'talk_digit') {
    const handset = queueVisitOf(state)?.answered === true ? handsetOf(state.agent) : undefined;
    return handset === undefined ? undefined : { key: event.digit, operator: { id: event.partyId, handset } };
  }
  if (event.type !== 'digit' && event.type !== 'leg_digit') return undefined;
  const operator = operatorHere(call);
  const pressing = event.type === 'digit' ? state.channelId : event.legId;
  return operator?.id === pressing ? { key: event.digit, operator } : undefined;
}

/** The company's handset in a talk outside of queues. Masked parties of an order transfer nobody. */
function operatorHere({ state }: PlanCall): Operator | undefined {
  const talk = state.action?.type === 'ring' ? state.action.ringing : undefined;
  const leg = talk && talkingLeg(talk);
  if (talk === undefined || leg === undefined) return undefined;
  if (state.handset !== null)
    return /[a-z]/.test(state.handset) ? { id: state.channelId, handset: state.handset } : undefined;
  const to = talk.legs.find(({ id }) => id === leg)?.to;
  return to !== undefined && 'handset' in to ? { id: leg, handset: to.handset } : undefined;
}

function handsetOf(agent: PlanCall['state']['agent']): string | undefined {
  return agent !== null && 'handset' in agent ? agent.handset : undefined;
}

function holdHere(call: PlanCall, transfer: NewTransfer): void {
  const { state } = call;
  const { operator } = transfer;
  const talk = connectionOf(state.action);
  const leg = talk && talkingLeg(talk);
  if (leg !== undefined && operator.id === state.channelId) makeOtherPartyOwn(call, leg, operator);
  holdTalk(call);
  // The phase is replaced at once.
  proceedToTarget(call, { ...transfer, phase: { type: 'taking', hasOperator: true, until: call.at } });
}
