import type { EffectRequest, RuntimeEvent } from '../kernel/event.js';
import type { ResourceLetter } from '../kernel/ids.js';
import type { Instant } from '../lib/clock.js';
import { compact } from '../lib/compact.js';
import { SECOND_MS } from '../lib/time.js';
import type { LegRoute, TelephonyEffect, TelephonyEvent } from './telephony.js';

type Dial = EffectRequest<Extract<TelephonyEffect, { type: 'dial' }>>;
type Event = TelephonyEvent | RuntimeEvent;
type LegOver = Extract<TelephonyEvent, { type: 'leg_over' }>;

/** `silent`: the trunk has said nothing. */
interface Failure {
  cause: LegOver['cause'];
  reason?: string;
  silent?: true;
}

/**
 * How long a trunk may say nothing (ms) while another one is left. Networks ring sooner: 95 % of calls abroad within 11 s (ITU-T E.721).
 */
export const SILENT_TRUNK_MS = 12 * SECOND_MS;
const SILENT_TRUNK = 'silent_trunk';

/** A leg to a number that has not rung yet. */
interface UnansweredLeg {
  /** How to dial it again. */
  dial: Dial;
  /** Asterisk has accepted the leg. */
  accepted?: true;
  route?: LegRoute;
  /** When its trunk is given up unless it has said something. */
  silentAt?: Instant;
  /** Its trunk has failed before its route was known. */
  failed?: Failure;
}

/** In the state of every flow that dials. */
export interface FailoverState {
  /** By the id of the leg. */
  unanswered?: Record<string, UnansweredLeg>;
}

interface FailoverStep {
  readonly state: FailoverState;
  readonly at: Instant;
  request(effect: EffectRequest<TelephonyEffect>): string;
  newId(letter: ResourceLetter): string;
  appendLog(kind: string, data: Record<string, unknown>): void;
}

/** Keeps what is needed to dial a leg over another trunk. */
export function prepareFailover(state: FailoverState, dial: Dial): void {
  if (!('handset' in dial.to)) state.unanswered = { ...state.unanswered, [dial.legId]: { dial } };
}

/**
 * The timer at which the next silent trunk is given up.
 * @param wanted the ids of the legs that the flow still waits for; few states need them
 */
export function failoverTimers(
  { unanswered = {} }: FailoverState,
  wanted: () => readonly string[],
): Record<string, Instant> {
  if (Object.keys(unanswered).length === 0) return {};
  const due = wanted().flatMap((legId) => unanswered[legId]?.silentAt ?? []);
  return due.length === 0 ? {} : { [SILENT_TRUNK]: Math.min(...due) };
}

/**
 * Dials a leg over the next trunk when its trunk has failed or is silent before it rang. The new leg takes the place of the old one in the
 * whole state of the flow.
 *
 * @param wanted the ids of the legs that the flow still waits for; few events need them
 * @returns the event that is left for the flow; undefined for none
 */
export function onTrunkFailure(step: FailoverStep, event: Event, wanted: () => readonly string[]): Event | undefined {
  if (event.type === 'timer' && event.name === SILENT_TRUNK) {
    giveUpSilent(step, wanted());
    return undefined;
  }
  if (event.type === 'reconciled') redialLost(step, event, wanted());
  if (!('legId' in event)) return event;
  const kept = step.state.unanswered?.[event.legId];
  if (kept === undefined) return event;
  switch (event.type) {
    case 'leg_dialling':
      return onAccepted(step, event, kept, wanted);
    case 'leg_progress':
      delete kept.silentAt;
      return event;
    case 'leg_over':
      return onLegOver(step, event, kept, wanted);
    case 'leg_ringing':
    case 'leg_answered':
    case 'leg_left':
      forget(step.state, event.legId);
      return event;
    case 'leg_digit':
    case 'leg_taken':
      return event;
  }
}

function onAccepted(
  step: FailoverStep,
  event: Extract<TelephonyEvent, { type: 'leg_dialling' }>,
  kept: UnansweredLeg,
  wanted: () => readonly string[],
): Event | undefined {
  const { legId, route, at } = event;
  kept.accepted = true;
  if (route !== undefined) kept.route = route;
  if (kept.failed !== undefined)
    return onLegOver(step, { type: 'leg_over', at, legId, ...kept.failed, trunkFailed: true }, kept, wanted);
  if (route !== undefined && route.others.length > 0) kept.silentAt = at + SILENT_TRUNK_MS;
  return event;
}

function onLegOver(
  step: FailoverStep,
  event: LegOver,
  kept: UnansweredLeg,
  wanted: () => readonly string[],
): Event | undefined {
  const { legId, cause, reason, trunkFailed } = event;
  const route = event.route ?? kept.route;
  // A quick refusal can overtake the answer to the dial, which has the route.
  if (trunkFailed === true && route === undefined && kept.accepted !== true) {
    kept.failed = compact({ cause, reason });
    return undefined;
  }
  forget(step.state, legId);
  if (trunkFailed !== true || route === undefined || !wanted().includes(legId)) return event;
  return redial(step, kept.dial, route, compact({ cause, reason })) ? undefined : event;
}

/** Hangs up the legs whose trunks have said nothing for too long, and dials them over the next ones. */
function giveUpSilent(step: FailoverStep, wanted: readonly string[]): void {
  for (const [legId, kept] of Object.entries(step.state.unanswered ?? {})) {
    const { dial, route, silentAt } = kept;
    const isDue = silentAt !== undefined && silentAt <= step.at;
    if (!isDue || route === undefined || !wanted.includes(legId)) continue;
    forget(step.state, legId);
    step.request({ type: 'hang_up', channelId: legId, cause: 'normal' });
    redial(step, dial, route, { cause: 'no_answer', silent: true });
  }
}

/**
 * The gateway was away while a leg ended. If a caller waits for it, and it had not rung, the next trunk is tried: it may ring a second time.
 * Calls without a caller, such as notifications, are not repeated.
 */
function redialLost(
  step: FailoverStep,
  { channels }: Extract<RuntimeEvent, { type: 'reconciled' }>,
  wanted: readonly string[],
): void {
  for (const [legId, kept] of Object.entries(step.state.unanswered ?? {})) {
    const { dial, route } = kept;
    // It may have said something meanwhile.
    delete kept.silentAt;
    if (channels[legId] !== undefined || route === undefined) continue;
    forget(step.state, legId);
    const someoneWaits = dial.originatorId !== null && channels[dial.originatorId] !== undefined;
    if (someoneWaits && wanted.includes(legId)) redial(step, dial, route, { cause: 'unknown' });
  }
}

function redial(step: FailoverStep, dial: Dial, { trunk, others }: LegRoute, why: Failure): boolean {
  const [next] = others;
  if (next === undefined) return false;
  const legId = step.newId('l');
  step.appendLog('trunk_failed', { to: dial.to, trunk, next, ...why });
  replaceId(step.state, dial.legId, legId);
  const trunks = [...(dial.after?.trunks ?? []), trunk];
  const after = compact({ legId: dial.legId, trunks, silent: why.silent });
  const again = { ...dial, legId, after };
  prepareFailover(step.state, again);
  step.request(again);
  return true;
}

function forget(state: FailoverState, legId: string): void {
  const { [legId]: _, ...others } = state.unanswered ?? {};
  if (Object.keys(others).length > 0) state.unanswered = others;
  else delete state.unanswered;
}

/** Replaces the id of a leg wherever a state has it. `known`, beside it, says that Asterisk has accepted the leg. */
function replaceId(place: object, from: string, to: string): void {
  const values = place as Record<string, unknown>;
  for (const [name, value] of Object.entries(values)) {
    if (value === from) {
      values[name] = to;
      if (values['known'] === true) values['known'] = false;
    } else if (typeof value === 'object' && value !== null) replaceId(value, from, to);
  }
}
