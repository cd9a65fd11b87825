import type { EffectRequest } from '../kernel/event.js';
import type { Instant } from '../lib/clock.js';
import type { TelephonyEffect } from './telephony.js';

/** For how long Asterisk keeps a channel whose lease is not renewed. */
const LEASE_S = 60;
const RENEWAL_MS = 20_000;

/** The longest that two people may talk before Asterisk ends the call. */
export const LONGEST_TALK_S = 4 * 3600;

/** A step of a flow whose state says when the lease has to be renewed next; null: it is not renewed. */
interface LeaseHolder {
  readonly at: Instant;
  readonly state: { leashAt: Instant | null };
  request(effect: EffectRequest<TelephonyEffect>): string;
}

/** Renews the lease of these channels, and goes on doing so. */
export function renewLease(step: LeaseHolder, channelIds: string[]): void {
  setLease(step, channelIds, LEASE_S);
  step.state.leashAt = nextRenewal(step.at);
}

/** Gives these channels a lease for a whole talk, which is not renewed: a gateway that dies cuts no talk short. */
export function leaseForTalk(step: LeaseHolder, channelIds: string[], seconds = LONGEST_TALK_S): void {
  setLease(step, channelIds, seconds);
  step.state.leashAt = null;
}

/** When a lease that was set at this instant is renewed. */
export function nextRenewal(at: Instant): Instant {
  return at + RENEWAL_MS;
}

function setLease(step: LeaseHolder, channelIds: string[], seconds: number): void {
  for (const channelId of channelIds) step.request({ type: 'leash', channelId, seconds });
}
