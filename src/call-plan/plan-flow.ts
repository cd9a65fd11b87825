import type { Flow, FlowSummary, Step } from '../kernel/flow.js';
import type { Instant } from '../lib/clock.js';
import type { CallEvent } from '../telephony/domain-events.js';
import { moduleOf } from './actions/plan-actions.js';
import { arrivedCallState } from './arrived-state.js';
import { callSnapshotOf } from './call-snapshot.js';
import { planCallOutcome } from './call-outcome.js';
import { Call, type PlanEffect } from './call.js';
import { queueVisitOf } from './current-action.js';
import { requestedCallState, startDialling } from './dial-out.js';
import { onLineFound } from './enter-line.js';
import type { LineFoundEvent, PlanEvent } from './event.js';
import type { HandOverContract } from './hand-over-contract.js';
import { legsOfTransfer, transferTimers } from './handset-transfer/state.js';
import { run } from './interpreter.js';
import { onEvent } from './on-event.js';
import { overlayTimers, watchedByOverlays } from './overlays.js';
import type { PlanProgram } from './program.js';
import type { PlanState } from './state.js';
import { failoverTimers, onTrunkFailure } from '../telephony/leg-failover.js';
import { pendingTimers } from '../telephony/timers.js';

export const PLAN = 'plan';

type InputEvent = Exclude<PlanEvent, { type: 'timer' | 'effect_failed' | 'resumed' | 'reconciled' }> | LineFoundEvent;
type PlanFlow = Flow<PlanProgram, PlanState, InputEvent, PlanEffect, CallEvent>;
type PlanStep = Step<PlanState, PlanEffect, CallEvent>;

/** The flow of one call through the plan of its line. */
export function planFlow(contract: HandOverContract): PlanFlow {
  return {
    kind: PLAN,
    begin: (program, event) => beginCall(program, event, contract),
    step(program, before, event) {
      if (before.phase === 'over') return { state: before, effects: [], log: [] };
      const call = new Call(program, before, event.at, contract);
      if (event.type === 'line_found') onLineFound(call, event);
      else {
        const left = onTrunkFailure(call, event, () => watchedBy(before).channels);
        if (left !== undefined) onEvent(call, left);
      }
      return call.toStep();
    },
    timers: timersOf,
    isOver: (state) => state.phase === 'over',
    summary: summaryOf,
    watched: watchedBy,
  };
}

function beginCall(program: PlanProgram, event: InputEvent, contract: HandOverContract): PlanStep {
  if (event.type === 'call_requested') {
    const call = new Call(program, requestedCallState(event, program), event.at, contract);
    call.appendLog('requested', { line: program.line.number, to: event.to, number: event.party.number });
    call.emit('call_started');
    startDialling(call, event);
    return call.toStep();
  }
  if (event.type !== 'call_arrived')
    throw new Error(`a call begins with its arrival or with a request, not with ${event.type}`);
  const call = new Call(program, arrivedCallState(event, program), event.at, contract);
  const { caller, forHandset } = event;
  const parties =
    forHandset === undefined
      ? { caller: caller.number, name: caller.name }
      : { caller: forHandset, number: caller.number };
  call.appendLog('arrived', {
    line: program.line.number,
    ...parties,
    ...event.sip,
    codec: event.codec,
  });
  call.emit('call_started');
  run(call);
  return call.toStep();
}

function timersOf(state: PlanState): Record<string, Instant> {
  if (state.phase === 'over') return {};
  if (state.phase === 'hanging_up') return pendingTimers({ hang_up: state.hangUpBy });
  return pendingTimers({
    dial: state.dialling?.deadline,
    hang_up: state.hangUpBy,
    pending_end: state.pendingEnd?.deadline,
    order: state.pendingRedirect?.by,
    ...transferTimers(state.handsetTransfer),
    ...overlayTimers(state.overlays),
    ...failoverTimers(state, () => watchedBy(state).channels),
    leash: state.leashAt,
    ...actionTimers(state),
  });
}

function actionTimers({ action }: PlanState): Record<string, Instant> {
  return action === null ? {} : moduleOf(action).timers(action);
}

function summaryOf(state: PlanState): FlowSummary {
  return {
    line: state.line,
    caller: state.caller.number,
    direction: state.direction,
    startedAt: state.startedAt,
    answeredAt: state.answeredAt,
    endedAt: state.endedAt,
    endedBy: state.endedBy,
    at: state.action?.type ?? state.phase,
    order: state.about?.order,
    recordings: state.recordings,
    outcome: planCallOutcome(state),
    live: state.phase === 'over' ? undefined : callSnapshotOf(state, queueVisitOf(state)),
  };
}

function watchedBy(state: PlanState): { channels: string[]; playbacks: string[] } {
  const own = state.action === null ? { channels: [], playbacks: [] } : moduleOf(state.action).watched(state.action);
  const beside = watchedByOverlays(state.overlays);
  const transfer = legsOfTransfer(state.handsetTransfer);
  const rival = state.dialling?.rival === undefined ? [] : [state.dialling.rival.legId];
  return {
    channels: [state.channelId, ...rival, ...own.channels, ...transfer, ...beside.channels],
    playbacks: [...own.playbacks, ...beside.playbacks],
  };
}
