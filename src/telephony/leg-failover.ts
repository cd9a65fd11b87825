import type { EffectRequest, RuntimeEvent } from '../kernel/event.js';
import type { ResourceLetter } from '../kernel/ids.js';
import type { LegRoute, TelephonyEffect, TelephonyEvent } from './telephony.js';

type Dial = EffectRequest<Extract<TelephonyEffect, { type: 'dial' }>>;

/** In the state of every flow that dials. */
export interface FailoverState {
  /** Legs to numbers that have not rung yet, by id: how to dial them again. */
  unanswered?: Record<string, { dial: Dial; route?: LegRoute }>;
}

interface FailoverStep {
  readonly state: FailoverState;
  request(effect: EffectRequest<TelephonyEffect>): string;
  newId(letter: ResourceLetter): string;
  appendLog(kind: string, data: Record<string, unknown>): void;
}

/** Keeps what is needed to dial a leg over another trunk. */
export function prepareFailover(state: FailoverState, dial: Dial): void {
  if (!('handset' in dial.to)) state.unanswered = { ...state.unanswered, [dial.legId]: { dial } };
}

/**
 * Dials a leg over the next trunk when its trunk has failed before it rang. The new leg takes the place of the old one in the whole
 * state of the flow.
 *
 * @param wanted the ids of the legs that the flow still waits for; few events need them
 * @returns true when the event needs no further handling
 */
export function onTrunkFailure(
  step: FailoverStep,
  event: TelephonyEvent | RuntimeEvent,
  wanted: () => readonly string[],
): boolean {
  if (event.type === 'reconciled') {
    redialLost(step, event, wanted());
    return false;
  }
  if (!('legId' in event)) return false;
  const { legId } = event;
  const kept = step.state.unanswered?.[legId];
  if (kept === undefined) return false;
  switch (event.type) {
    case 'leg_dialling':
      if (event.route !== undefined) kept.route = event.route;
      return false;
    case 'leg_over': {
      forget(step.state, legId);
      const route = event.route ?? kept.route;
      if (event.trunkFailed !== true || route === undefined || !wanted().includes(legId)) return false;
      return redial(step, kept.dial, route, { cause: event.cause, reason: event.reason });
    }
    case 'leg_ringing':
    case 'leg_answered':
    case 'leg_left':
      forget(step.state, legId);
      return false;
    case 'leg_digit':
    case 'leg_taken':
      return false;
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
  for (const [legId, { dial, route }] of Object.entries(step.state.unanswered ?? {})) {
    if (channels[legId] !== undefined || route === undefined) continue;
    forget(step.state, legId);
    const someoneWaits = dial.originatorId !== null && channels[dial.originatorId] !== undefined;
    if (someoneWaits && wanted.includes(legId)) redial(step, dial, route, { cause: 'unknown' });
  }
}

function redial(
  step: FailoverStep,
  dial: Dial,
  { trunk, others }: LegRoute,
  why: { cause: string; reason?: string | undefined },
): boolean {
  const [next] = others;
  if (next === undefined) return false;
  const legId = step.newId('l');
  step.appendLog('trunk_failed', { to: dial.to, trunk, next, ...why });
  replaceId(step.state, dial.legId, legId);
  const after = { legId: dial.legId, trunks: [...(dial.after?.trunks ?? []), trunk] };
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
