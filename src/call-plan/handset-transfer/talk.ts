import type { DialTarget } from '../../telephony/telephony.js';
import { leaseForTalk } from '../../telephony/lease.js';
import type { Action } from '../../company/plan-schema.js';
import { connectionOf } from '../call-snapshot.js';
import { OVERRIDE_PLAN } from '../program.js';
import type { PlanCall } from '../state.js';
import { stopRecording, type ConnectionState } from '../steps/connection.js';
import { recordBridge, shouldRecord } from '../steps/recording.js';
import { lookUp, proceedToTarget } from './dialling.js';
import { TRANSFER_RINGS_MS, type HandsetTransfer, type Operator } from './state.js';

/*
 * The talk with the outside party during a transfer. It is the connection of a `ring` action, in which the operator's leg stays the
 * talking one, so that the call ends as usual when the operator hangs up.
 */

interface TalkOptions {
  bridgeId: string | null;
  /** Whether talks of this connection are recorded. */
  record?: boolean | undefined;
  recordingId?: string | undefined;
}

/**
 * Continues a queue's talk in the application, once Asterisk has returned the caller.
 * @param hasHandsetLeft the talk was over before: the handset has hung up
 */
export function continueTalkHere(call: PlanCall, transfer: HandsetTransfer, hasHandsetLeft: boolean): void {
  const { operator, phase, keyedTarget } = transfer;
  const { state, program } = call;
  const queue = state.tally?.queue ?? null;
  const record = shouldRecord(call, program.queues[String(queue)]?.record);
  state.pendingRedirect = null;
  call.continueTalk();
  setTalk(call, operator.id, { handset: operator.handset }, { bridgeId: call.newId('b'), record });
  call.startMusic();
  leaseForTalk(call, [state.channelId]);
  if (phase.type !== 'taking') return;
  const isOperatorGone = hasHandsetLeft || phase.isOperatorGone === true;
  if (isOperatorGone && keyedTarget !== undefined) lookUp(call, transfer, keyedTarget, true);
  else if (phase.hasOperator) proceedToTarget(call, transfer);
}

/** Makes the other party's leg the call's own channel, in a call that a handset made. */
export function makeOtherPartyOwn(call: PlanCall, leg: string, operator: Operator): void {
  const { state } = call;
  const before = connectionOf(state.action);
  Object.assign(state, { channelId: leg, handset: null, codec: '', agent: { handset: operator.handset } });
  setTalk(call, operator.id, { handset: operator.handset }, { ...before, bridgeId: before?.bridgeId ?? null });
}

/** Separates the parties: the outside party hears music. */
export function holdTalk(call: PlanCall): void {
  separateTalk(call);
  call.startMusic();
}

/** Removes the bridge of the talk, and ends its recording. */
export function separateTalk(call: PlanCall): void {
  const talk = connectionOf(call.state.action);
  if (talk === undefined) return;
  stopRecording(call, talk);
  call.endRecordings(call.at);
  if (talk.bridgeId !== null) call.request({ type: 'unbridge', bridgeId: talk.bridgeId });
  replaceTalk(call, { ...talk, recordingId: undefined });
}

/** Connects the outside party with the operator again. @param others legs that take part */
export function resumeTalk(call: PlanCall, operator: Operator, others: string[] = []): void {
  const talk = connectionOf(call.state.action);
  if (talk === undefined) return;
  const bridgeId = call.newId('b');
  const agent = { handset: operator.handset };
  const recordingId = bridgeWith(call, [operator.id, ...others], agent, { bridgeId, record: talk.record });
  replaceTalk(call, { ...talk, bridgeId, recordingId });
  call.appendLog('talking', { with: agent });
}

/** Connects the outside party with the target in this bridge, in which the operator may have talked with it. @param record whether to record it */
export function connectWithTarget(
  call: PlanCall,
  legId: string,
  to: DialTarget,
  bridgeId: string,
  record = connectionOf(call.state.action)?.record,
): void {
  call.endTalk();
  const recordingId = bridgeWith(call, [legId], to, { bridgeId, record });
  setTalk(call, legId, to, { bridgeId, record, recordingId });
  call.appendLog('talking', { with: to });
  call.markAnsweredBy(to);
}

/** Lets a target that rings for the operator ring for the outside party. */
export function ringForOutsideParty(
  call: PlanCall,
  legId: string,
  to: DialTarget,
  deadline: number,
  back: Operator,
): void {
  const record = connectionOf(call.state.action)?.record;
  call.endTalk();
  setTalk(call, legId, to, { bridgeId: null, record }, [ringAction({ handset: back.handset })]);
  const talk = connectionOf(call.state.action);
  if (talk === undefined) return;
  const legs = talk.legs.map((leg) => ({ ...leg, stands: 'ringing' as const }));
  replaceTalk(call, { ...talk, legs, deadline });
  call.startWait(null);
}

function bridgeWith(
  call: PlanCall,
  legIds: string[],
  agent: DialTarget,
  { bridgeId, record }: TalkOptions & { bridgeId: string },
): string | undefined {
  const channelIds = [call.state.channelId, ...legIds];
  call.stopMusic();
  leaseForTalk(call, channelIds);
  call.request({ type: 'bridge', bridgeId, channelIds });
  return record === true ? recordBridge(call, bridgeId, agent) : undefined;
}

/** Makes a talk with this leg the call's action, in place of the plan. */
function setTalk(call: PlanCall, legId: string, to: DialTarget, talk: TalkOptions, next: Action[] = []): void {
  const { state, at } = call;
  const { bridgeId, record, recordingId } = talk;
  state.overridePlan = [ringAction(to), ...next];
  state.callStack = [{ list: OVERRIDE_PLAN, index: 0 }];
  state.typedAhead = '';
  state.overflowAt = null;
  const legs: ConnectionState['legs'] = [{ id: legId, to, stands: 'talking', cause: null, known: true }];
  const ringing = { legs, deadline: null, bridgeId, startedAt: at, record: record ?? false, recordingId };
  state.action = { type: 'ring', ringing };
}

/** Puts another channel of the operator in the place of the present one. */
export function replaceOperatorLeg(call: PlanCall, formerId: string, legId: string): void {
  const talk = connectionOf(call.state.action);
  if (talk === undefined) return;
  const legs = talk.legs.map((leg) => (leg.id === formerId ? { ...leg, id: legId } : leg));
  replaceTalk(call, { ...talk, legs });
}

function replaceTalk({ state }: PlanCall, ringing: ConnectionState): void {
  if (state.action?.type === 'ring') state.action = { type: 'ring', ringing };
}

function ringAction(to: DialTarget): Action {
  if ('handset' in to) return { ring: { handset: to.handset, timeout: TRANSFER_RINGS_MS } };
  return { ring: { number: 'number' in to ? to.number : '', timeout: TRANSFER_RINGS_MS } };
}
