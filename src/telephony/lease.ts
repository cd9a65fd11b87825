import type { EffectRequest } from '../kernel/event.js';
import type { Instant } from '../lib/clock.js';
import type { TelephonyEffect } from './telephony.js';

/** How long Asterisk keeps a channel whose lease is not renewed. */
const LEASE_S = 60;
const RENEWAL_MS = 20_000;

/** The longest talk before Asterisk ends the call. */
export const LONGEST_TALK_S = 4 * 3600;

/** A step of a flow that holds leases. `leashAt`: when they are renewed next; null: they are not renewed. */
interface LeaseHolder {
  readonly at: Instant;
  readonly state: { leashAt: Instant | null };
  request(effect: EffectRequest<TelephonyEffect>): string;
}

/** Renews the leases of these channels, and schedules the next renewal. */
export function renewLeases(step: LeaseHolder, channelIds: string[]): void {
  setLease(step, channelIds, LEASE_S);
  step.state.leashAt = nextRenewal(step.at);
}

/** Gives these channels a lease for a whole talk, without renewals: a crash of the gateway does not end the talk. */
export function leaseForTalk(step: LeaseHolder, channelIds: string[], seconds = LONGEST_TALK_S): void {
  setLease(step, channelIds, seconds);
  step.state.leashAt = null;
}

/** When a lease that is set at this instant must be renewed. */
export function nextRenewal(at: Instant): Instant {
  return at + RENEWAL_MS;
}

function setLease(step: LeaseHolder, channelIds: string[], seconds: number): void {
  for (const channelId of channelIds) step.request({ type: 'leash', channelId, seconds });
}
