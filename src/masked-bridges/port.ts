/** Masked bridges, as other areas see them: two people are connected, and neither sees the other's number. */

export type PartyRole = 'client' | 'driver';

export interface BridgeRequest {
  orderId: string;
  /** Who asked to be connected, and so is called first. */
  initiator: PartyRole;
  /** Called first. `phone`: in any form in which the company's country writes numbers. */
  a: { phone: string; role: PartyRole };
  /** Called once A has answered. */
  b: { phone: string; role: PartyRole };
  /** Number of the line that both see; default: the company's first. */
  line?: string;
  ringTimeoutAMs?: number;
  ringTimeoutBMs?: number;
  maxDurationMs?: number;
  /** What A hears while B rings. */
  waitAudio?: 'ringback' | 'silence';
  /** B has to press this before they are connected. */
  confirmDigit?: string;
  record?: boolean | { announce?: number };
  /** Told of every state, as well as the webhooks that want to hear of bridges. */
  callbackUrl?: string;
  /** Given back with every telling. */
  metadata?: Record<string, string | number | boolean>;
  /** Chosen by whoever asks, so that asking twice starts one; default: a new one. */
  bridgeId?: string;
}

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

/** `field`: of {@link BridgeRequest}, in the words of the API. */
export interface BridgeRefusal {
  ok: false;
  why: 'bad_request' | 'refused' | 'unavailable';
  field?: string;
  /** What is wrong and what to do about it; holds no number. */
  detail: string;
}

export interface Bridges {
  /** A bridge of the same order and pair that lives is given back, not doubled. */
  start(request: BridgeRequest): Promise<{ ok: true; isNew: boolean; bridge: BridgeStanding } | BridgeRefusal>;
  find(id: string): Promise<BridgeStanding | undefined>;
  /** Hangs up both; one that is over: nothing happens. False when there never was such a bridge. */
  cancel(id: string): Promise<boolean>;
}
