import { connectionOf } from '../call-snapshot.js';
import { queueVisitOf } from '../current-action.js';
import type { PlanEvent } from '../event.js';
import type { TransferKind } from '../program.js';
import { WITHDRAW_TIMEOUT_MS } from '../redirect.js';
import type { PlanCall } from '../state.js';
import { talkingLeg } from '../steps/connection.js';
import { addToCode } from './codes.js';
import { startDialling } from './dialling.js';
import type { Operator } from './state.js';
import { holdTalk, makeOtherPartyOwn } from './talk.js';

/** Begins a transfer when the handset in the talk has pressed a whole code. @returns true when it has */
export function beginTransfer(call: PlanCall, event: PlanEvent): boolean {
  const { state } = call;
  if (state.phase !== 'running' || state.pendingRedirect !== null || state.pendingEnd !== undefined) return false;
  const pressed = keyOfOperator(call, event);
  const kind = pressed === undefined ? undefined : addToCode(call, pressed.key);
  if (pressed === undefined || kind === undefined) return event.type === 'talk_digit';
  call.appendLog('transfer_code', { kind, handset: pressed.operator.handset });
  if (event.type === 'talk_digit') takeTalk(call, kind, pressed.operator);
  else holdHere(call, kind, pressed.operator);
  return true;
}

/** A key that the company's party in the talk has pressed; undefined for other events, and when that party is no handset. */
function keyOfOperator({ state }: PlanCall, event: PlanEvent): { key: string; operator: Operator } | undefined {
  if (event.type === 'talk_digit') {
    const isTalk = queueVisitOf(state)?.answered === true && state.agent !== null && 'handset' in state.agent;
    return isTalk ? { key: event.digit, operator: { id: event.partyId, handset: handsetOf(state.agent) } } : undefined;
  }
  // Masked parties of an order transfer nobody.
  const talk = state.action?.type === 'ring' ? state.action.ringing : undefined;
  const leg = talk && talkingLeg(talk);
  if (talk === undefined || leg === undefined) return undefined;
  const isOwn = event.type === 'digit' || (event.type === 'leg_digit' && event.legId === state.channelId);
  if (isOwn && state.handset !== null && /[a-z]/.test(state.handset))
    return { key: event.digit, operator: { id: state.channelId, handset: state.handset } };
  const to = talk.legs.find(({ id }) => id === leg)?.to;
  if (event.type !== 'leg_digit' || event.legId !== leg || state.handset !== null || to === undefined) return undefined;
  return 'handset' in to ? { key: event.digit, operator: { id: leg, handset: to.handset } } : undefined;
}

function handsetOf(agent: PlanCall['state']['agent']): string {
  return agent !== null && 'handset' in agent ? agent.handset : '';
}

/** The talk is in Asterisk's queue: both parties are taken out of it. */
function takeTalk(call: PlanCall, kind: TransferKind, operator: Operator): void {
  const { state, at } = call;
  const visit = queueVisitOf(state);
  if (visit === undefined) return;
  const until = at + WITHDRAW_TIMEOUT_MS;
  call.request({ type: 'take_talk', channelId: state.channelId, visitId: visit.visitId, partyId: operator.id });
  state.pendingRedirect = { actions: [], by: until };
  state.handsetTransfer = { kind, operator, phase: { type: 'taking', hasOperator: false, until } };
}

function holdHere(call: PlanCall, kind: TransferKind, operator: Operator): void {
  const talk = connectionOf(call.state.action);
  const leg = talk && talkingLeg(talk);
  if (leg !== undefined && operator.id === call.state.channelId) makeOtherPartyOwn(call, leg, operator);
  holdTalk(call);
  startDialling(call, { kind, operator });
}
