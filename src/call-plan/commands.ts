import type { Action } from '../company/plan-schema.js';
import type { Command } from '../telephony/command.js';
import { ringingOf } from './call-snapshot.js';
import { isDetecting, queueVisitOf, stopAction } from './current-action.js';
import { hangUp } from './ending.js';
import { redirect } from './interpreter.js';
import { addSupervisor, injectPrompt, whisperPrompt } from './overlays.js';
import { redirectTo, WITHDRAW_TIMEOUT_MS } from './redirect.js';
import type { PlanCall } from './state.js';
import { talkingLeg, type Ringing } from './steps/ringing.js';
import { renewLease } from '../telephony/lease.js';

const TRANSFER_RINGS_MS = 30_000;

/** Does what somebody wants done with the call, whatever state it is in, or says why not. */
export function applyCommand(call: PlanCall, command: Command): void {
  const { state } = call;
  const isEnd = command.type === 'reject' || command.type === 'hang_up';
  if (state.phase === 'settling' || state.pendingEnd !== undefined || state.phase === 'hanging_up' || state.rejected) {
    if (!isEnd) call.refuse('not_now', 'the call is over');
    return;
  }
  if (state.phase === 'dialling' && !isEnd) {
    call.refuse('not_now', 'nobody has answered yet');
    return;
  }
  if (isDetecting(state) && !isEnd) {
    call.refuse('not_now', 'whether a person has answered is not known yet; try again in some seconds');
    return;
  }
  switch (command.type) {
    case 'reject':
      reject(call, command.prompt);
      return;
    case 'hang_up':
      call.appendLog('commanded', { command: 'hang_up' });
      call.setProvisionalResult('REJECTED');
      end(call);
      return;
    case 'transfer':
      transfer(call, command);
      return;
    case 'play':
      play(call, command);
      return;
    case 'listen':
      if (state.overlays.some((overlay) => overlay.type === 'supervisor' && overlay.handset === command.handset))
        return;
      call.appendLog('commanded', { command: 'listen', handset: command.handset });
      addSupervisor(call, command.handset);
  }
}

function reject(call: PlanCall, wanted: number | null): void {
  const { state, program } = call;
  const prompt = wanted ?? program.line.rejectPrompt ?? null;
  call.appendLog('commanded', { command: 'reject', prompt });
  call.markRejected();
  if (prompt === null || state.phase === 'dialling' || isDetecting(state)) {
    end(call);
    return;
  }
  const answer: Action[] = state.answeredAt === null ? [{ answer: {} }] : [];
  redirectTo(call, [...answer, { play: { prompt } }, { hang_up: { cause: 'normal' } }]);
}

/** A caller in a queue is hung up there; what the plan still has to do then, it does when Asterisk says so. */
function end(call: PlanCall): void {
  const { state, at } = call;
  if (queueVisitOf(call.state) === undefined) {
    if (state.phase === 'running') stopAction(call);
    hangUp(call, 'operator', 'normal');
    return;
  }
  call.request({ type: 'hang_up', channelId: state.channelId, cause: 'normal' });
  Object.assign(state, { endedBy: 'operator', hangUpBy: at + WITHDRAW_TIMEOUT_MS });
}

function transfer(call: PlanCall, { to, first }: Command & { type: 'transfer' }): void {
  const { state, program } = call;
  if (first === true && (state.talkedAt !== null || state.direction === 'outgoing')) {
    call.refuse('not_now', 'somebody talks with the caller already');
    return;
  }
  if ('queue' in to && program.queues[String(to.queue)] === undefined) {
    call.refuse('unknown_target', 'the queue was not there when the call began');
    return;
  }
  const actions: Action[] = [
    'queue' in to ? { enqueue: { queue: to.queue } } : { ring: { ...to, timeout: TRANSFER_RINGS_MS } },
    ...(first === true ? planOf(call) : afterFailedTransfer(call, to)),
  ];
  const by = whoTransfers(call);
  const transferredBy = 'queue' in to && by !== undefined && 'handset' in by ? { ...by, queue: to.queue } : undefined;
  if (state.handset === null) {
    call.appendLog('commanded', { command: 'transfer', to });
    state.transferredBy = transferredBy;
    redirectTo(call, actions);
    return;
  }
  const ringing = ringingOf(call.state.action);
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

/**
 * What follows when nobody answers a transfer: back to who talked with the caller, then to the queue that the caller came from; for who
 * has talked to nobody the line's plan, from its beginning.
 */
function afterFailedTransfer(call: PlanCall, to: (Command & { type: 'transfer' })['to']): Action[] {
  const stay = queueVisitOf(call.state);
  const talksWith = whoTransfers(call);
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

/** Undefined while nobody talks with the caller, and for who is connected by an order: that number is known to nobody here. */
function whoTransfers(call: PlanCall): { handset: string } | { number: string } | undefined {
  const { state } = call;
  if (state.handset !== null)
    return state.handset.startsWith('+') ? { number: state.handset } : { handset: state.handset };
  const ringing = ringingOf(call.state.action);
  const talks =
    queueVisitOf(call.state)?.answered === true || (ringing !== undefined && talkingLeg(ringing) !== undefined);
  if (!talks || state.agent === null || 'party' in state.agent) return undefined;
  return state.agent;
}

/** Of a call made for a handset the other one is transferred: that leg is the call's own from now on. */
function keepTalkingLeg(call: PlanCall, { bridgeId }: Ringing, leg: string): void {
  const { state } = call;
  if (bridgeId !== null) call.request({ type: 'unbridge', bridgeId });
  call.request({ type: 'hang_up', channelId: state.channelId, cause: 'normal' });
  renewLease(call, [leg]);
  Object.assign(state, { channelId: leg, handset: null, codec: '' });
}

function play(call: PlanCall, { prompt, side }: Command & { type: 'play' }): void {
  const stay = queueVisitOf(call.state);
  const ringing = ringingOf(call.state.action);
  const other = ringing && talkingLeg(ringing);
  const talks = other !== undefined || stay?.answered === true;
  if (side === 'callee' && !talks) {
    call.refuse('not_now', 'nobody talks with the caller');
    return;
  }
  call.appendLog('commanded', { command: 'play', prompt, side });
  if (stay !== undefined) {
    whisperPrompt(call, prompt, !talks ? 'out' : ({ caller: 'out', callee: 'in', both: 'both' } as const)[side]);
    return;
  }
  if (side !== 'callee') injectPrompt(call, prompt);
  if (side !== 'caller' && other !== undefined) injectPrompt(call, prompt, other);
}
