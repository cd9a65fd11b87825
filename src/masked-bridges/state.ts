import type { BridgeRequestData } from '../telephony/telephony.js';
import type { FailoverState } from '../telephony/leg-failover.js';
import type { CallRecording } from '../telephony/recording.js';
import type { Instant } from '../lib/clock.js';
import type { BridgeStatus, PartyRole } from './port.js';

/**
 * One bridge. `phase`:
 * - `dialing_a`: A is called;
 * - `announcing_a`: A hears that the talk will be recorded;
 * - `dialing_b`: A waits, B is called;
 * - `confirming`: B has answered and must press a key;
 * - `announcing_b`: B hears that the talk will be recorded;
 * - `bridged`: they talk;
 * - `explaining`: A hears why B cannot be reached;
 * - `over`.
 */
export interface BridgeFlowState extends FailoverState {
  flowId: string;
  phase: 'dialing_a' | 'announcing_a' | 'dialing_b' | 'confirming' | 'announcing_b' | 'bridged' | 'explaining' | 'over';
  /** The published status. */
  standing: Omit<BridgeStatus, 'id'>;
  /** E.164, by leg. For dialling, and for readers that may see numbers. */
  phones: BridgeRequestData['phones'];
  callbackUrl: string | null;
  legs: Record<LegName, Leg>;
  /** The announcement whose end the bridge waits for. */
  saying: Announcement | null;
  /** Deadline for the ringing leg to answer, or for B to press the key. */
  deadline: Instant | null;
  /** When both hear the warning; null when there is none, or it has played. */
  warnAt: Instant | null;
  /** When the talk reaches its limit. */
  limitAt: Instant | null;
  /** When the leases are renewed next; null during the talk. */
  leashAt: Instant | null;
  /** False once a recording announcement failed, or when no recording was requested. */
  mayRecord: boolean;
  recordings: CallRecording[];
  /** A hung up before the talk. */
  leftBy?: 'a';
  /** Number of the last domain event. */
  told: number;
  /** Number of the last effect. */
  effects: number;
}

export type LegName = 'a' | 'b';

export interface Leg {
  /** Of the channel. */
  id: string;
  role: PartyRole;
  stands: 'idle' | 'dialling' | 'ringing' | 'up' | 'over';
  /** Asterisk has accepted the leg, so its absence at a reconcile means that it has ended. */
  known: boolean;
  /** Id of the effect that dials the leg. */
  dialEffect: string | null;
  since: Instant;
}

export interface Announcement {
  playbackId: string;
  leg: LegName;
  what: string;
  prompt: number | null;
  sounds: string[];
  /** Asterisk has accepted the playback. */
  accepted: boolean;
  giveUpAt: Instant;
  /** The playback has failed once: the second failure is final. */
  isRetry?: boolean;
}
