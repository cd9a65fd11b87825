import { pendingTimers } from '../telephony/timers.js';
import { legChange, type LegChange } from '../telephony/leg.js';
import type { CallSnapshot } from '../telephony/call-snapshot.js';
import type { LegCause } from '../telephony/leg-failure.js';
import type { Flow, Step, WatchedResources } from '../kernel/flow.js';
import { counterAfterCrash } from '../kernel/flow.js';
import type { ResourceEvent } from '../telephony/domain-events.js';
import { failoverTimers, onTrunkFailure } from '../telephony/leg-failover.js';
import { onRecordingEvent } from '../telephony/recording.js';
import type { TelephonyEffect, TelephonyEvent } from '../telephony/telephony.js';
import { BridgeStep } from './bridge-step.js';
import {
  cancel,
  finishExplanation,
  onDeadline,
  endAfterLeg,
  onLimit,
  onAsteriskRestart,
  playWarning,
} from './termination.js';
import { dialParty, markPartyAnswered, renewLegLeases, partyOf } from './legs.js';
import { bridgeOutcome } from './outcome.js';
import type { BridgeProgram } from './program.js';
import { onAnnouncementEvent } from './announcements.js';
import { onAAnswered, onBAnswered, onConfirmDigit, onJoinFailed, onAnnouncementEnd } from './setup.js';
import type { BridgeFlowState, Leg, LegName } from './state.js';
import type { RuntimeEvent } from '../kernel/event.js';
import { resourceId } from '../kernel/ids.js';

export const BRIDGE = 'bridge';

type Event = TelephonyEvent | RuntimeEvent;

/**
 * Connects two parties that do not see each other's number: calls A; once A has answered, calls B while A hears
 * ringback;
once B has answered, they talk. When one leg ends, the other is hung up. A hears an announcement when B cannot be reached.
 */
export const bridgeFlow: Flow<BridgeProgram, BridgeFlowState, TelephonyEvent, TelephonyEffect, ResourceEvent> = {
  kind: BRIDGE,

  begin(program, event) {
    if (event.type !== 'bridge_requested') throw new Error(`a bridge begins with a request, not with ${event.type}`);
    const step = new BridgeStep(program, initialBridgeState(program, event), event.at);
    step.appendLog('bridge_requested', { order: event.orderId, line: program.line, initiator: program.a.role });
    step.setState('queued');
    dialParty(step, 'a');
    return step.toStep();
  },

  step(program, before, event): Step<BridgeFlowState, TelephonyEffect, ResourceEvent> {
    if (before.phase === 'over') return { state: before, effects: [], log: [] };
    const step = new BridgeStep(program, before, event.at);
    const left = onTrunkFailure(step, event, () => watchedBy(before).channels);
    if (left !== undefined) onEvent(step, left);
    return step.toStep();
  },

  timers(state) {
    const { phase, deadline, saying, warnAt, limitAt, leashAt } = state;
    if (phase === 'over') return {};
    const own = pendingTimers({ deadline, say: saying?.giveUpAt, warn: warnAt, limit: limitAt, leash: leashAt });
    return { ...own, ...failoverTimers(state, () => watchedBy(state).channels) };
  },

  isOver: ({ phase }) => phase === 'over',

  summary(state) {
    const { standing, phase, recordings } = state;
    return {
      line: standing.line,
      caller: state.phones.a,
      direction: 'outgoing',
      startedAt: standing.createdAt,
      answeredAt: standing.bridgedAt,
      endedAt: standing.endedAt,
      endedBy: standing.endedBy ?? standing.failed?.reason ?? null,
      at: `${BRIDGE} ${standing.state}`,
      order: standing.orderId,
      recordings,
      outcome: bridgeOutcome(state),
      live: phase === 'over' ? undefined : bridgeSnapshotOf(state),
    };
  },

  watched: watchedBy,
};

function watchedBy({ legs, saying }: BridgeFlowState): WatchedResources {
  return {
    channels: Object.values(legs)
      .filter(({ stands }) => stands !== 'idle' && stands !== 'over')
      .map(({ id }) => id),
    playbacks: saying === null ? [] : [saying.playbackId],
  };
}

function bridgeSnapshotOf(state: BridgeFlowState): CallSnapshot {
  const { phase, legs } = state;
  const party = (leg: Leg) => ({ who: partyOf(state, leg), since: leg.since });
  return {
    name: '',
    label: null,
    from: null,
    rings: Object.values(legs)
      .filter(({ stands }) => stands === 'ringing')
      .map(party),
    talk: phase === 'bridged' ? party(legs.b) : null,
  };
}

function onEvent(step: BridgeStep, event: Event): void {
  if (event.type === 'resumed') {
    const { effects, standing } = step.state;
    step.state.effects = counterAfterCrash(effects, standing.createdAt, event.at);
    return;
  }
  if (onRecordingEvent(step, event)) return;
  if (event.type === 'reconciled') {
    onReconciled(step, event);
    return;
  }
  const outcome = onAnnouncementEvent(step, event);
  if (outcome !== undefined) {
    if (step.state.phase === 'explaining') finishExplanation(step);
    else onAnnouncementEnd(step, outcome);
    return;
  }
  switch (event.type) {
    case 'commanded':
      if (event.command.type === 'hang_up' || event.command.type === 'reject') cancel(step);
      else step.refuse('not_now', 'a masked bridge can only be ended');
      return;
    case 'timer':
      onTimer(step, event.name);
      return;
    case 'effect_failed':
      onEffectFailed(step, event);
      return;
    default:
      if ('legId' in event) onLegEvent(step, event);
  }
}

function onLegEvent(step: BridgeStep, event: Extract<TelephonyEvent, { legId: string }>): void {
  const name = legNameOf(step.state, event.legId);
  if (name === undefined) return;
  const leg = step.leg(name);
  if (leg.stands === 'idle' || leg.stands === 'over') return;
  if (event.type === 'leg_digit') {
    step.appendLog('digit', { digit: event.digit, duration_ms: event.durationMs, leg: name });
    if (name === 'b') onConfirmDigit(step, event.digit);
    return;
  }
  const change = legChange(leg.id, event);
  if (change !== undefined) applyChange(step, name, change);
}

function applyChange(step: BridgeStep, name: LegName, change: LegChange): void {
  const leg = step.leg(name);
  switch (change.type) {
    case 'dialling':
      leg.known = true;
      markDialing(step);
      return;
    case 'ringing':
      if (leg.stands === 'dialling') Object.assign(leg, { stands: 'ringing', known: true, since: step.at });
      markDialing(step);
      return;
    case 'answered':
      if (leg.stands !== 'up') onAnswered(step, name);
      return;
    case 'over':
      onLegOver(step, name, change.cause, change.reason);
      return;
    case 'left':
      onLegOver(step, name, 'normal');
  }
}

/** Sets the state `dialing_a` once Asterisk calls A. */
function markDialing(step: BridgeStep): void {
  if (step.state.standing.state === 'queued') step.setState('dialing_a');
}

function onAnswered(step: BridgeStep, name: LegName): void {
  markDialing(step);
  markPartyAnswered(step, name);
  if (name === 'a') onAAnswered(step);
  else onBAnswered(step);
}

function onLegOver(step: BridgeStep, name: LegName, cause: LegCause, reason?: string): void {
  markDialing(step);
  const to = partyOf(step.state, step.leg(name));
  step.appendLog('leg_over', { to, cause, reason });
  endAfterLeg(step, name, cause);
}

function onTimer(step: BridgeStep, name: string): void {
  switch (name) {
    case 'leash':
      renewLegLeases(step);
      return;
    case 'warn':
      playWarning(step);
      return;
    case 'limit':
      step.appendLog('timer', { name });
      onLimit(step);
      return;
    case 'deadline':
      step.appendLog('timer', { name: step.state.phase === 'confirming' ? 'confirm' : 'ring' });
      onDeadline(step);
      return;
    default:
  }
}

function onEffectFailed(
  step: BridgeStep,
  { effectId, effect, reason }: Extract<Event, { type: 'effect_failed' }>,
): void {
  const undialled = (['a', 'b'] as const).find((name) => step.leg(name).dialEffect === effectId);
  if (undialled !== undefined && step.leg(undialled).stands !== 'over') onLegOver(step, undialled, 'failed', reason);
  else if (effect === 'bridge') onJoinFailed(step, reason);
  else if (effect === 'play' && step.state.saying?.accepted === false) {
    step.state.saying = null;
    if (step.state.phase === 'explaining') finishExplanation(step);
    else onAnnouncementEnd(step, 'failed');
  }
}

/** Reconciles the legs and the announcement with what exists in Asterisk. */
function onReconciled(step: BridgeStep, event: Extract<Event, { type: 'reconciled' }>): void {
  step.appendLog('recovered', { after: event.after });
  const before = { a: step.leg('a').stands, b: step.leg('b').stands };
  for (const name of ['a', 'b'] as const) {
    const leg = step.leg(name);
    // A leg that this reconcile has dialled has no known status yet.
    if (step.state.phase === 'over' || before[name] === 'idle' || leg.stands === 'over' || !leg.known) continue;
    const change = legChange(leg.id, event);
    if (event.after === 'asterisk_restart' && event.channels[leg.id] === undefined) onAsteriskRestart(step);
    else if (change !== undefined) applyChange(step, name, change);
  }
  if (step.state.phase === 'over') return;
  const outcome = onAnnouncementEvent(step, event);
  if (outcome === undefined) return;
  if (step.state.phase === 'explaining') finishExplanation(step);
  else onAnnouncementEnd(step, outcome);
}

function legNameOf({ legs }: BridgeFlowState, id: string): LegName | undefined {
  return (['a', 'b'] as const).find((name) => legs[name].id === id);
}

function initialBridgeState(
  program: BridgeProgram,
  event: Extract<Event, { type: 'bridge_requested' }>,
): BridgeFlowState {
  const { bridgeId, orderId, phones, callbackUrl, metadata, at } = event;
  const { line } = program;
  const leg = (name: LegName): Leg => ({
    id: resourceId(bridgeId, name),
    role: program[name].role,
    stands: 'idle',
    known: false,
    dialEffect: null,
    since: at,
  });
  return {
    flowId: bridgeId,
    phase: 'dialing_a',
    standing: {
      orderId,
      state: 'queued',
      failed: null,
      endedBy: null,
      line,
      metadata,
      createdAt: at,
      bridgedAt: null,
      endedAt: null,
    },
    phones,
    callbackUrl,
    legs: { a: leg('a'), b: leg('b') },
    saying: null,
    deadline: null,
    warnAt: null,
    limitAt: null,
    leashAt: null,
    mayRecord: program.record !== null,
    recordings: [],
    told: 0,
    effects: 0,
  };
}
