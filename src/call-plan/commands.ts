import type { Action } from '../company/plan-schema.js';
import { canBeAsked, type Command, type TransferTarget } from '../telephony/command.js';
import { keepAfterTalk } from './after-talk.js';
import { connectionOf } from './call-snapshot.js';
import { isDetecting, queueVisitOf, stopAction } from './current-action.js';
import { hangUp } from './ending.js';
import { redirect } from './interpreter.js';
import { abandonTransfer } from './handset-transfer/resources.js';
import { advanceTransfer, consult, park, takeOperatorBack } from './handset-transfer/command.js';
import { TRANSFER_RINGS_MS, type HandsetTransfer } from './handset-transfer/state.js';
import { pickUp } from './parking/on-event.js';
import { injectPrompt, supervise, whisperPrompt } from './overlays.js';
import { redirectTo, WITHDRAW_TIMEOUT_MS } from './redirect.js';
import type { PlanCall } from './state.js';
import { talkingLeg, type ConnectionState } from './steps/connection.js';
import { renewLeases } from '../telephony/lease.js';

/** Applies a command to the call in any state, or refuses it with a reason. */
export function applyCommand(call: PlanCall, command: Command): void {
  const { state } = call;
  const isEnd = command.type === 'reject' || command.type === 'hang_up';
  if (state.phase === 'settling' || state.pendingEnd !== undefined || state.phase === 'hanging_up' || state.rejected) {
    if (!isEnd) call.refuse('not_now', 'the call is over');
    return;
  }
  if (state.phase === 'dialling' && !isEnd) {
    call.refuse('not_now', 'the call has not been answered yet');
    return;
  }
  if (isDetecting(state) && !isEnd) {
    call.refuse('not_now', 'answering machine detection is in progress; try again in a few seconds');
    return;
  }
  if (state.handsetTransfer !== undefined) {
    if (isBlockedByTransfer(call, state.handsetTransfer, command)) return;
    if (isEnd) abandonTransfer(call);
  }
  switch (command.type) {
    case 'reject':
      reject(call, command);
      return;
    case 'hang_up':
      call.appendLog('commanded', { command: 'hang_up', by: command.by });
      call.setProvisionalResult('REJECTED');
      endCall(call);
      return;
    case 'transfer':
      transfer(call, command);
      return;
    case 'consult':
      if (canBeAsked(command.to)) consult(call, command);
      else transfer(call, { type: 'transfer', to: command.to });
      return;
    case 'advance_transfer':
      advanceTransfer(call, command.step);
      return;
    case 'park':
      park(call, command);
      return;
    case 'pick_up':
      pickUp(call, command.handset);
      return;
    case 'play':
      play(call, command);
      return;
    case 'listen':
      supervise(call, command.handset, command.mode ?? 'listen');
      return;
    case 'move':
      move(call, command.position);
  }
}

/** Applies or refuses a command during a transfer by the handset. @returns false when the command is still to be applied */
function isBlockedByTransfer(call: PlanCall, transfer: HandsetTransfer, command: Command): boolean {
  switch (command.type) {
    case 'reject':
    case 'hang_up':
    case 'listen':
    case 'advance_transfer':
      return false;
    case 'transfer':
      if ('handset' in command.to && command.to.handset === transfer.operator.handset)
        return takeOperatorBack(call, transfer);
      break;
    default:
      break;
  }
  call.refuse('not_now', 'the handset is transferring the call');
  return true;
}

function move(call: PlanCall, position: number): void {
  const { state } = call;
  const visit = queueVisitOf(state);
  if (visit === undefined || visit.answered === true || state.pendingRedirect !== null) {
    call.refuse('not_now', 'the caller does not wait in a queue');
    return;
  }
  const { queue } = visit;
  call.appendLog('commanded', { command: 'move', queue, position });
  call.request({ type: 'move_in_queue', channelId: state.channelId, queue, position });
}

function reject(call: PlanCall, { prompt: wanted, by }: Command & { type: 'reject' }): void {
  const { state, program } = call;
  const prompt = wanted ?? program.line.rejectPrompt ?? null;
  call.appendLog('commanded', { command: 'reject', prompt, by });
  call.markRejected();
  if (prompt === null || state.phase === 'dialling' || isDetecting(state)) {
    endCall(call);
    return;
  }
  const answer: Action[] = state.answeredAt === null ? [{ answer: {} }] : [];
  redirectTo(call, [...answer, { play: { prompt } }, { hang_up: { cause: 'normal' } }]);
}

/** Ends the call. A caller in a queue is hung up there; the plan finishes when Asterisk reports the hang-up. */
function endCall(call: PlanCall): void {
  const { state, at } = call;
  if (queueVisitOf(call.state) === undefined) {
    if (state.phase === 'running') stopAction(call);
    hangUp(call, 'operator', 'normal');
    return;
  }
  call.request({ type: 'hang_up', channelId: state.channelId, cause: 'normal' });
  Object.assign(state, { endedBy: 'operator', hangUpBy: at + WITHDRAW_TIMEOUT_MS });
}

export function transfer(call: PlanCall, { to, first }: Command & { type: 'transfer' }): void {
  const { state, program } = call;
  if (first === true && (state.talkedAt !== null || state.direction === 'outgoing')) {
    call.refuse('not_now', 'the caller already talks with an agent');
    return;
  }
  if ('queue' in to && program.queues[String(to.queue)] === undefined) {
    call.refuse('unknown_target', 'the queue did not exist when the call began');
    return;
  }
  const actions: Action[] = [actionOf(to), ...(first === true ? planOf(call) : afterFailedTransfer(call, to))];
  const by = transferringParty(call);
  const transferredBy = 'queue' in to && by !== undefined && 'handset' in by ? { ...by, queue: to.queue } : undefined;
  state.dialsFor = by !== undefined && 'handset' in by ? by.handset : undefined;
  if (state.handset === null) {
    call.appendLog('commanded', { command: 'transfer', to });
    state.transferredBy = transferredBy;
    keepAfterTalk(call);
    redirectTo(call, actions);
    return;
  }
  const ringing = connectionOf(call.state.action);
  const leg = ringing && talkingLeg(ringing);
  if (ringing === undefined || leg === undefined) {
    call.refuse('not_now', 'the number has not answered yet');
    return;
  }
  call.appendLog('commanded', { command: 'transfer', to });
  state.transferredBy = transferredBy;
  keepTalkingLeg(call, ringing, leg);
  redirect(call, actions);
}

function actionOf(to: TransferTarget): Action {
  if ('queue' in to) return { enqueue: { queue: to.queue } };
  return 'line' in to ? { enter_line: { line: to.line } } : { ring: { ...to, timeout: TRANSFER_RINGS_MS } };
}

/**
 * The actions after an unanswered transfer: ring the transferring party, then return to the caller's queue. A caller
without a talk or a queue gets the line's plan from its beginning.
 */
function afterFailedTransfer(call: PlanCall, to: TransferTarget): Action[] {
  const stay = queueVisitOf(call.state);
  const talksWith = transferringParty(call);
  if (talksWith === undefined && stay === undefined) return call.state.direction === 'incoming' ? planOf(call) : [];
  const isSame = JSON.stringify(talksWith) === JSON.stringify(to);
  return [
    ...(talksWith === undefined || isSame ? [] : [{ ring: { ...talksWith, timeout: TRANSFER_RINGS_MS } }]),
    ...(stay === undefined || ('queue' in to && to.queue === stay.queue) ? [] : [{ enqueue: { queue: stay.queue } }]),
  ];
}

function planOf({ program }: PlanCall): Action[] {
  return program.lines[program.line.number]?.plan ?? [];
}

/**
 * The party that talks with the caller; undefined without a talk, and for a party of an order, whose number the call
 * does not have.
 */
function transferringParty(call: PlanCall): { handset: string } | { number: string } | undefined {
  const { state } = call;
  if (state.handset !== null)
    return state.handset.startsWith('+') ? { number: state.handset } : { handset: state.handset };
  const ringing = connectionOf(call.state.action);
  const isTalking =
    queueVisitOf(call.state)?.answered === true || (ringing !== undefined && talkingLeg(ringing) !== undefined);
  if (!isTalking || state.agent === null || 'party' in state.agent) return undefined;
  return state.agent;
}

/** Makes the talking leg the call's own channel: in a call that a handset made, the other party is transferred. */
function keepTalkingLeg(call: PlanCall, { bridgeId }: ConnectionState, leg: string): void {
  const { state } = call;
  if (bridgeId !== null) call.request({ type: 'unbridge', bridgeId });
  call.request({ type: 'hang_up', channelId: state.channelId, cause: 'normal' });
  renewLeases(call, [leg]);
  Object.assign(state, { channelId: leg, handset: null, codec: '' });
}

function play(call: PlanCall, { prompt, side }: Command & { type: 'play' }): void {
  const stay = queueVisitOf(call.state);
  const ringing = connectionOf(call.state.action);
  const other = ringing && talkingLeg(ringing);
  const isTalking = other !== undefined || stay?.answered === true;
  if (side === 'callee' && !isTalking) {
    call.refuse('not_now', 'the caller is not in a talk');
    return;
  }
  call.appendLog('commanded', { command: 'play', prompt, side });
  if (stay !== undefined) {
    whisperPrompt(call, prompt, !isTalking ? 'out' : ({ caller: 'out', callee: 'in', both: 'both' } as const)[side]);
    return;
  }
  if (side !== 'callee') injectPrompt(call, prompt);
  if (side !== 'caller' && other !== undefined) injectPrompt(call, prompt, other);
}
