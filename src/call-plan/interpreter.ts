import type { Flow, FlowSummary, Step } from '../kernel/flow.js';
import { counterAfterCrash } from '../kernel/flow.js';
import { onRecordingEvent } from '../telephony/recording.js';
import type { CallEvent } from '../telephony/domain-events.js';
import { onOverlayEvent, onOverlaysReconciled, overlayTimers, endOverlays, watchedByOverlays } from './overlays.js';
import { arrivedState } from './arrived-state.js';
import { applyCommand, type Reach } from './commands.js';
import { onDialEvent, hangUpRival, requestedState, onRivalEvent, startDialling } from './dial-out.js';
import { isQueueing, queueingOn, type Queueing } from './steps/queueing.js';
import { isTransition, CONTINUE, type Transition } from './actions/action.js';
import { planActions } from './actions/index.js';
import { Call, type PlanEffect } from './call.js';
import type { HandOverContract } from './hand-over-contract.js';
import { callSnapshotOf, ringingOf } from './call-snapshot.js';
import { outcomeOf } from './call-outcome.js';
import { ownChannelParty } from './own-side.js';
import { listAt, ORDERED, type PlanProgram } from './program.js';
import { actionName, type Action } from '../company/plan-schema.js';
import type { ActionState, PlanState, PlanCall } from './state.js';
import { LEASH_EVERY_MS, LEASH_S } from './steps/ringing.js';
import { useOf } from './typed-keys.js';
import type { PlanEvent } from './event.js';
import type { EndedBy } from './call-state.js';

export const PLAN = 'plan';

/** Jumps between parts that one call may make: a plan that goes round in circles ends. */
const MOST_JUMPS = 100;
/** Actions that one event may run through without waiting. */
const MOST_ACTIONS_AT_ONCE = 500;
/** For how long Asterisk may take to hang up. */
const HANG_UP_MS = 10_000;

type PlanFlow = Flow<
  PlanProgram,
  PlanState,
  Exclude<PlanEvent, { type: 'timer' | 'effect_failed' | 'resumed' | 'reconciled' }>,
  PlanEffect,
  CallEvent
>;

/** The flow of one call through the plan of its line. */
export function planFlow(contract: HandOverContract): PlanFlow {
  const actions = planActions(contract);

  /** Runs on from where the innermost frame stands until an action waits or the plan is at its end. */
  const run = (call: PlanCall, leave: Transition | undefined): void => {
    let next = leave === undefined ? (currentAction(call) ?? follow(call, CONTINUE)) : follow(call, leave);
    for (let ran = 0; next !== undefined; ran += 1) {
      if (ran === MOST_ACTIONS_AT_ONCE) {
        hangUp(call, 'limit', 'normal');
        return;
      }
      const outcome = begin(call, next);
      if (!isTransition(outcome)) {
        call.state.action = outcome;
        return;
      }
      next = follow(call, outcome);
    }
  };

  const begin = (call: PlanCall, action: Action): ActionState | Transition => {
    const frame = call.state.frames.at(-1);
    // Whether somebody calls back is asked for every call: only that there is somebody is worth a line.
    if (!(call.state.ordered.length > 0 && 'call_back' in action))
      call.appendLog('action', { action: actionName(action), at: frame && `${frame.list}/${frame.index}` });
    return actions.start(call, action);
  };

  const give = (call: PlanCall, event: PlanEvent): void => {
    const { action: state } = call.state;
    const action = currentAction(call);
    if (state === null || action === undefined) return;
    if (call.state.order !== null) {
      awaitOrdered(call, state, call.state.order.actions, event);
      return;
    }
    const outcome = actions.moduleOf(state).on(call, action, state, event);
    if (!isTransition(outcome)) {
      call.state.action = outcome;
      return;
    }
    call.state.action = null;
    if (call.state.phase === 'settling') call.state.phase = 'over';
    else run(call, outcome);
  };

  const stayOf = ({ phase, action }: PlanState): Queueing | undefined =>
    phase === 'running' && action !== null ? actions.moduleOf(action).stay?.of(action) : undefined;

  const isListenedTo = ({ phase, action }: PlanState): boolean =>
    phase === 'running' && action !== null && actions.moduleOf(action).isOutside === true;

  /** The caller is to be somewhere else, as soon as Asterisk has given the call back. */
  const awaitOrdered = (call: PlanCall, state: ActionState, ordered: Action[], event: PlanEvent): void => {
    const { stay } = actions.moduleOf(state);
    const before = stay?.of(state);
    const now = before && queueingOn(call, before, event);
    if (now !== undefined && isQueueing(now)) {
      call.state.action = stay?.with(state, now) ?? null;
      return;
    }
    // A talk that nobody here saw begin counts as one all the same.
    if (before !== undefined && now?.outcome === 'answered')
      call.state.action = stay?.with(state, { ...before, answered: true }) ?? null;
    reach.stop(call);
    beginOrdered(call, ordered);
  };

  const beginOrdered = (call: PlanCall, ordered: Action[]): void => {
    const frames = [{ list: ORDERED, index: 0 }];
    Object.assign(call.state, { order: null, action: null, typedAhead: '', overflowAt: null, ordered, frames });
    run(call, undefined);
  };

  const reach: Reach = {
    stay: ({ state }) => stayOf(state),
    isListenedTo: ({ state }) => isListenedTo(state),
    ringing: ({ state: { action } }) => (action === null ? undefined : ringingOf(action)),
    stop(call) {
      const { action: state } = call.state;
      const action = currentAction(call);
      if (state !== null && action !== undefined) actions.moduleOf(state).stop(call, action, state);
    },
    begin: beginOrdered,
    hangUp: (call) => hangUp(call, 'operator', 'normal'),
  };

  const hear = (call: PlanCall, event: PlanEvent & { type: 'digit' }): void => {
    const { state } = call;
    const use = useOf(state, state.action !== null && actions.moduleOf(state.action).hears(state.action), event);
    call.appendLog('digit', { digit: event.digit, duration_ms: event.durationMs, use });
    if (use === 'input') give(call, event);
    else if (use === 'ahead') state.typedAhead += event.digit;
  };

  const callerGone = (call: PlanCall, by: EndedBy, data: Record<string, unknown>): void => {
    const { state } = call;
    const action = currentAction(call);
    state.endedAt ??= call.at;
    state.endedBy ??= by;
    call.appendLog('ended', { by: state.endedBy, ...data });
    call.leftQueue();
    call.waitEnds();
    call.talkEnds();
    call.emit('hangup');
    call.reserveRecordingEvents();
    endOverlays(call);
    state.leashAt = state.hangUpBy = state.dialling = state.order = null;
    const left =
      state.phase === 'running' && state.action !== null && action !== undefined
        ? actions.moduleOf(state.action).gone(call, action, state.action)
        : undefined;
    state.action = left ?? null;
    state.phase = left === undefined ? 'over' : 'settling';
  };

  const isOutside = (state: PlanState): boolean => stayOf(state) !== undefined || isListenedTo(state);

  const dialling = (call: PlanCall, event: PlanEvent): void => {
    const became = onDialEvent(call, event);
    if (became === 'answered') run(call, undefined);
    else if (became === 'over') callerGone(call, 'unanswered', {});
  };

  const rivalled = (call: PlanCall, event: PlanEvent): void => {
    if (onRivalEvent(call, event) === 'answered') run(call, undefined);
  };

  /** The call's own channel is a leg of ours. */
  const ownLeg = (call: PlanCall, event: PlanEvent & { legId: string }): void => {
    const { at } = event;
    if (event.type === 'leg_digit') take(call, { type: 'digit', at, digit: event.digit, durationMs: event.durationMs });
    else if (call.state.phase === 'dialling') dialling(call, event);
    else if (event.type === 'leg_left') take(call, { type: 'caller_left', at });
    else if (event.type === 'leg_over' && call.state.phase !== 'settling')
      callerGone(call, ownChannelParty(call.state), { cause: event.cause });
  };

  const reconciled = (call: PlanCall, event: PlanEvent & { type: 'reconciled' }): void => {
    const { state } = call;
    call.noteRecovery(event.after);
    if (state.phase === 'dialling') {
      dialling(call, event);
      return;
    }
    const caller = event.channels[state.channelId];
    const lost = caller === undefined || (caller === 'elsewhere' && !isOutside(state));
    if (state.phase !== 'settling' && lost) {
      const by =
        caller === 'elsewhere' ? 'fallback' : event.after === 'asterisk_restart' ? 'asterisk' : ownChannelParty(state);
      callerGone(call, by, { seen: 'afterwards' });
    } else if (state.phase !== 'hanging_up') {
      onOverlaysReconciled(call, event);
      give(call, event);
    }
  };

  const ring = (call: PlanCall, event: PlanEvent & { type: 'timer' }): void => {
    if (event.name === 'leash') {
      renewLease(call);
      return;
    }
    call.appendLog('timer', { name: event.name });
    if (event.name === 'hang_up') callerGone(call, 'plan', { seen: 'never' });
    else if (event.name === 'dial') onDialTimeout(call);
    else if (event.name === 'order') onWithdrawTimeout(call, reach);
    else give(call, event);
  };

  const resumed = ({ state, at }: PlanCall): void => {
    state.effects = counterAfterCrash(state.effects, state.startedAt, at);
    // Also when no shop steers now: a hand-over may be lost that it has seen, or be over since before the number was stored.
    state.handOverStep = Math.max(state.handOverStep ?? 0, state.effects);
    const { action } = state;
    if (action !== null) state.action = actions.moduleOf(action).resumed?.(action, state.effects) ?? action;
  };

  const take = (call: PlanCall, event: PlanEvent): void => {
    const { phase, channelId } = call.state;
    if (event.type === 'resumed') {
      resumed(call);
      return;
    }
    if (onRecordingEvent(call, event) || onOverlayEvent(call, event)) return;
    if ('legId' in event && event.legId === channelId) {
      ownLeg(call, event);
      return;
    }
    if ('legId' in event && event.legId === call.state.dialling?.rival?.legId) {
      rivalled(call, event);
      return;
    }
    switch (event.type) {
      case 'commanded':
        applyCommand(call, event.command, reach);
        return;
      case 'caller_gone':
        if (phase !== 'settling')
          callerGone(call, ownChannelParty(call.state), { cause: event.cause, q850: event.q850 });
        return;
      case 'caller_left':
        if (isOutside(call.state)) give(call, event);
        else if (phase !== 'settling') callerGone(call, 'fallback', {});
        return;
      case 'reconciled':
        reconciled(call, event);
        return;
      case 'timer':
        ring(call, event);
        return;
      case 'digit':
        if (phase === 'running') hear(call, event);
        return;
      default:
        if (phase !== 'hanging_up') give(call, event);
    }
  };

  const step = (program: PlanProgram, before: PlanState, event: PlanEvent): Step<PlanState, PlanEffect, CallEvent> => {
    if (before.phase === 'over') return { state: before, effects: [], log: [] };
    const call = new Call(program, before, event.at);
    take(call, event);
    return call.toStep();
  };

  return {
    kind: PLAN,

    begin(program, event) {
      if (event.type === 'call_requested') {
        const call = new Call(program, requestedState(event, program), event.at);
        call.appendLog('requested', { line: program.line.number, to: event.to, number: event.party.number });
        call.emit('call_started');
        startDialling(call, event);
        return call.toStep();
      }
      if (event.type !== 'call_arrived')
        throw new Error(`a call begins with its arrival or with our wish, not with ${event.type}`);
      const call = new Call(program, arrivedState(event, program), event.at);
      call.appendLog('arrived', {
        line: program.line.number,
        ...(event.forHandset === undefined
          ? { caller: event.caller.number, name: event.caller.name }
          : { caller: event.forHandset, number: event.caller.number }),
        ...event.sip,
        codec: event.codec,
      });
      call.emit('call_started');
      run(call, undefined);
      return call.toStep();
    },

    step,

    timers(state) {
      if (state.phase === 'hanging_up') return state.hangUpBy === null ? {} : { hang_up: state.hangUpBy };
      return {
        ...(state.dialling !== null && { dial: state.dialling.deadline }),
        ...(state.hangUpBy !== null && { hang_up: state.hangUpBy }),
        ...(state.order !== null && { order: state.order.by }),
        ...overlayTimers(state.asides),
        ...(state.leashAt !== null && { leash: state.leashAt }),
        ...(state.action !== null && actions.moduleOf(state.action).timers(state.action)),
      };
    },

    isOver: (state) => state.phase === 'over',

    summary: (state) => ({
      line: state.line,
      caller: state.caller.number,
      direction: state.direction,
      startedAt: state.startedAt,
      answeredAt: state.answeredAt,
      endedAt: state.endedAt,
      endedBy: state.endedBy,
      at: state.action?.on ?? state.phase,
      ...(state.recordings && { recordings: state.recordings }),
      ...withOutcome(state),
      ...(state.phase !== 'over' && { live: callSnapshotOf(state, stayOf(state)) }),
    }),

    watched(state) {
      const own =
        state.action === null ? { channels: [], playbacks: [] } : actions.moduleOf(state.action).watched(state.action);
      const beside = watchedByOverlays(state.asides);
      return {
        channels: [state.channelId, ...rivalOf(state), ...own.channels, ...beside.channels],
        playbacks: [...own.playbacks, ...beside.playbacks],
      };
    },
  };
}

function withOutcome(state: PlanState): Pick<FlowSummary, 'outcome'> {
  const outcome = outcomeOf(state);
  return outcome === undefined ? {} : { outcome };
}

function currentAction({ state, program }: PlanCall): Action | undefined {
  const frame = state.frames.at(-1);
  return frame && listAt(program, frame.list, state.ordered)[frame.index];
}

/** The next action, or none when the plan has ended: then the call is being hung up. */
function follow(call: PlanCall, leave: Transition): Action | undefined {
  const { state, program } = call;
  state.action = null;
  switch (leave.leave) {
    case 'hang_up':
      hangUp(call, leave.by, leave.cause);
      return undefined;
    case 'part':
      state.jumps += 1;
      if (state.jumps > MOST_JUMPS) {
        hangUp(call, 'limit', 'normal');
        return undefined;
      }
      state.frames = [{ list: `parts/${leave.part}`, index: 0 }];
      break;
    case 'list':
      state.jumps += 1;
      if (state.jumps > MOST_JUMPS) {
        hangUp(call, 'limit', 'normal');
        return undefined;
      }
      state.frames.push({ list: leave.list, index: 0 });
      break;
    case 'enter': {
      const frame = state.frames.at(-1);
      if (frame) state.frames.push({ list: `${frame.list}/${frame.index}/${leave.list}`, index: 0 });
      break;
    }
    case 'next':
      advance(state);
  }
  while (state.frames.length > 0) {
    const frame = state.frames.at(-1);
    const action = frame && listAt(program, frame.list, state.ordered)[frame.index];
    if (action !== undefined) return action;
    state.frames.pop();
    advance(state);
  }
  hangUp(call, 'plan', 'normal');
  return undefined;
}

function advance(state: PlanState): void {
  const frame = state.frames.at(-1);
  if (frame) frame.index += 1;
}

function rivalOf({ dialling }: PlanState): string[] {
  return dialling?.rival === undefined ? [] : [dialling.rival.legId];
}

function hangUp(call: PlanCall, by: EndedBy, cause: 'normal' | 'busy' | 'congestion'): void {
  const { state, at } = call;
  hangUpRival(call);
  call.request({ type: 'hang_up', channelId: state.channelId, cause });
  call.appendLog('hang_up', { by, cause });
  Object.assign(state, { phase: 'hanging_up', action: null, endedBy: by, leashAt: null, hangUpBy: at + HANG_UP_MS });
}

function onDialTimeout(call: PlanCall): void {
  call.setProvisionalResult('NO_ANSWER');
  hangUp(call, 'unanswered', 'normal');
}

/** Asterisk does not give the caller back. */
function onWithdrawTimeout(call: PlanCall, reach: Reach): void {
  const { state } = call;
  state.order = null;
  if (!state.rejected) return;
  reach.stop(call);
  reach.hangUp(call);
}

function renewLease(call: PlanCall): void {
  const { state, at } = call;
  call.request({ type: 'leash', channelId: state.channelId, seconds: LEASH_S });
  state.leashAt = at + LEASH_EVERY_MS;
}
