import type { FieldCode } from '../http/problem-codes.js';
import type { BridgeRequest } from './request.js';

/** Interface of masked bridges for other features: two parties talk, neither sees the other's number. */

export type { BridgeRequest };
export type PartyRole = 'client' | 'driver';

export type BridgeState = 'queued' | 'dialing_a' | 'a_answered' | 'dialing_b' | 'bridged' | 'ended' | 'failed';
export type BridgeFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable' | 'canceled';

/**
 * - `unknown_outcome`: lost in a crash of the gateway; the phone may have rung, so it is not dialled again.
 * - `refused`: by the dial policy. `asterisk_restart`: Asterisk restarted and lost its calls.
 * - `not_confirmed`: answered without pressing the key.
 */
export type BridgeFailureDetail =
  'unknown_outcome' | 'refused' | 'provider_refused' | 'no_such_number' | 'asterisk_restart' | 'not_confirmed';

interface BridgePerson {
  /** E.164. */
  phone: string;
  role: PartyRole;
}

export type BridgePeople = Record<'a' | 'b', BridgePerson>;

/** The status of a bridge; contains no number of its parties. */
export interface BridgeStatus {
  id: string;
  orderId: string;
  state: BridgeState;
  /** Set in state `failed`: the leg, the reason and its details. */
  failed: { leg: 'a' | 'b'; reason: BridgeFailure; detail: BridgeFailureDetail | null } | null;
  /** Set in state `ended`: the party, limit, command or fault that ended the talk. */
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
  /** Kind of the error in the field; default: `invalid`. */
  code?: FieldCode;
  /** The problem and its remedy; contains no number. */
  detail: string;
}

export interface Bridges {
  /** Starts a bridge; a running one of the same order and pair is returned instead.
   *
   * @param bridgeId chosen by the client, so that a repeated request starts one bridge; default: a new id
   */
  start(
    request: BridgeRequest,
    bridgeId?: string,
  ): Promise<{ ok: true; isNew: boolean; bridge: BridgeStatus } | BridgeRefusal>;
  find(id: string): Promise<BridgeStatus | undefined>;
  /** Hangs up both legs; does nothing for an ended bridge. `unavailable`: the gateway that runs it did not answer. */
  cancel(id: string): Promise<'canceled' | 'not_found' | 'unavailable'>;
}
