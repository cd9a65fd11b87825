import type { BridgeRequest } from './request.js';

/** Masked bridges, as other areas see them: two people are connected, and neither sees the other's number. */

export type { BridgeRequest };
export type PartyRole = 'client' | 'driver';

export type BridgeState = 'queued' | 'dialing_a' | 'a_answered' | 'dialing_b' | 'bridged' | 'ended' | 'failed';
export type BridgeFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable' | 'canceled';

/**
 * - `unknown_outcome`: lost in a crash of the gateway; it may have rung, and is not tried again.
 * - `refused`: by the dial policy. `asterisk_restart`: Asterisk ended with all its calls.
 * - `not_confirmed`: answered, and did not press the key.
 */
export type BridgeFailureDetail =
  'unknown_outcome' | 'refused' | 'provider_refused' | 'no_such_number' | 'asterisk_restart' | 'not_confirmed';

/** How a bridge stands; holds no number of a person. */
export interface BridgeStanding {
  id: string;
  orderId: string;
  state: BridgeState;
  /** With `failed`: whose leg it was. `detail`: what the reason alone does not tell. */
  failed: { leg: 'a' | 'b'; reason: BridgeFailure; detail: BridgeFailureDetail | null } | null;
  /** With `ended`: who, or what, ended the talk. */
  endedBy: 'a' | 'b' | 'limit' | 'canceled' | 'asterisk' | 'fault' | null;
  line: string;
  createdAt: number;
  bridgedAt: number | null;
  endedAt: number | null;
  metadata: Record<string, string | number | boolean>;
}

/** `field`: of {@link BridgeRequest}, such as `a.phone`. */
export interface BridgeRefusal {
  ok: false;
  why: 'bad_request' | 'refused' | 'unavailable';
  field?: string;
  /** What is wrong and what to do about it; holds no number. */
  detail: string;
}

export interface Bridges {
  /**
   * A running bridge of the same order and pair is returned instead of a second one.
   *
   * @param bridgeId chosen by the client, so that a repeated request starts one bridge; default: a new id
   */
  start(
    request: BridgeRequest,
    bridgeId?: string,
  ): Promise<{ ok: true; isNew: boolean; bridge: BridgeStanding } | BridgeRefusal>;
  find(id: string): Promise<BridgeStanding | undefined>;
  /** Hangs up both; one that is over: nothing happens. False when there never was such a bridge. */
  cancel(id: string): Promise<boolean>;
}
