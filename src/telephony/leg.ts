import type { ChannelStatus, EffectRequest, RuntimeEvent } from '../kernel/event.js';
import { prepareFailover, type FailoverState } from './leg-failover.js';
import type { LegCause } from './leg-failure.js';
import type { TelephonyEffect, TelephonyEvent } from './telephony.js';

/** Asterisk's limit on a leg is this much longer than the gateway's, so that the gateway decides. */
const GUARD_S = 10;

interface Requester {
  readonly state: FailoverState;
  request(effect: EffectRequest<TelephonyEffect>): string;
}

type DialRequest = Omit<EffectRequest<Extract<TelephonyEffect, { type: 'dial' }>>, 'type' | 'timeoutS'>;

/** The change of a dialled leg by an event. `left`: the leg has left the application for Asterisk's dialplan. */
export type LegChange =
  | { type: 'dialling' }
  | { type: 'ringing' }
  | { type: 'answered' }
  | { type: 'left' }
  | { type: 'over'; cause: LegCause; reason?: string | undefined };

/** Asterisk's limit (seconds) for something that the gateway ends after `ms`. */
export function guardedSeconds(ms: number): number {
  return Math.ceil(ms / 1000) + GUARD_S;
}

/** Dials a leg. @param ringMs how long it may ring. @returns the effect's id */
export function dialLeg(step: Requester, { ringMs, ...request }: DialRequest & { ringMs: number }): string {
  const dial = { type: 'dial', ...request, timeoutS: guardedSeconds(ringMs) } as const;
  prepareFailover(step.state, dial);
  return step.request(dial);
}

/** Hangs up a leg that was dialled and is not over. */
export function hangUpLeg(step: Requester, { id, stands }: { id: string; stands: string }): void {
  if (stands !== 'idle' && stands !== 'over') step.request({ type: 'hang_up', channelId: id, cause: 'normal' });
}

/** The change of a leg by an event; undefined for no change and for unrelated events. */
export function legChange(legId: string, event: TelephonyEvent | RuntimeEvent): LegChange | undefined {
  if (event.type === 'reconciled') return reconciledChange(event.channels[legId]);
  if (!('legId' in event) || event.legId !== legId) return undefined;
  switch (event.type) {
    case 'leg_dialling':
      return { type: 'dialling' };
    case 'leg_ringing':
      return { type: 'ringing' };
    case 'leg_answered':
      return { type: 'answered' };
    case 'leg_left':
      return { type: 'left' };
    case 'leg_over':
      return { type: 'over', cause: event.cause, reason: event.reason };
    case 'leg_progress':
    case 'leg_digit':
    case 'leg_taken':
      return undefined;
  }
}

/** A leg that a reconcile does not find, or finds in the dialplan, has ended with an unknown cause. */
function reconciledChange(status: ChannelStatus | undefined): LegChange | undefined {
  switch (status) {
    case 'down':
      return undefined;
    case 'ringing':
      return { type: 'ringing' };
    case 'up':
      return { type: 'answered' };
    case 'elsewhere':
    case undefined:
      return { type: 'over', cause: 'unknown' };
  }
}
